/** What containers write, as they write it, with a search. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { containers } from '../pages/containers.lang';
import { useStream } from '../live';
import { plain } from '../plain';
import { Card, Search } from './index';

const KEPT = 1_000;

interface Line {
  at: string;
  service?: string;
  stream: string;
  text: string;
}

/** `path` streams lines; the last thousand are kept, and the newest stay in sight. */
export function Log({ path }: { path: string }) {
  const t = containers();
  const [lines, setLines] = useState<Line[]>([]);
  const [wanted, setWanted] = useState('');
  const box = useRef<HTMLPreElement>(null);
  const waiting = useRef<Line[]>([]);
  useStream<Line>(path, 'line', (line) => {
    if (waiting.current.push(line) > 1) return;
    setTimeout(() => {
      const news = waiting.current;
      waiting.current = [];
      setLines((before) => [...before, ...news].slice(-KEPT));
    }, 100);
  });
  useEffect(() => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [lines, wanted]);
  const shown = lines.filter((line) => line.text.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Card
      title={t.log}
      wide
      more={<Search label={t.find} words={wanted} change={setWanted} short />}
    >
      <pre class="log" ref={box} tabIndex={0} aria-label={t.log}>
        {shown.length === 0
          ? t.logEmpty
          : shown.map((line) => (
              <span class={line.stream === 'stderr' ? 'removed' : ''}>
                {`${line.at.slice(11, 19)} ${line.service ? `${line.service}: ` : ''}${plain(line.text)}\n`}
              </span>
            ))}
      </pre>
    </Card>
  );
}
