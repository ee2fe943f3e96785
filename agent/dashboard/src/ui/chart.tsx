/** A chart over time that can be zoomed into. */
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { Button } from '.';
import { common } from '../common.lang';
import { language, moment, number } from '../i18n';

export interface Curve {
  name: string;
  values: (number | null)[];
  area?: boolean;
  tone: 1 | 2 | 3 | 4;
}

/** A number with the prefix that fits, such as 1.2 M. */
function prefixed(value: number, unit: string): string {
  const sizes = ['', 'k', 'M', 'G', 'T'];
  let size = 0;
  while (Math.abs(value) >= 1000 && size < sizes.length - 1) {
    value /= 1000;
    size++;
  }
  const digits = Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 || value === 0 ? 1 : 3;
  return `${number(value, digits)} ${sizes[size]}${unit}`;
}

/** What one turn of the buttons beneath a chart does to the part of time that is shown. */
const CLOSER = 0.5;
const ASIDE = 0.5;
const LEAST_SECONDS = 60;

type Part = [from: number, to: number];

/** `times` are seconds since 1970, the same for all curves; null is unknown and drawn as a gap. */
export function Chart({
  title,
  times,
  curves,
  unit,
}: {
  title: string;
  times: number[];
  curves: Curve[];
  unit: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot>();
  const [part, setPart] = useState<Part>();
  const data = [times, ...curves.map((curve) => curve.values)] as uPlot.AlignedData;
  const names = curves.map((curve) => curve.name).join('\n');
  useEffect(() => {
    const element = box.current!;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--dim'), grid: { stroke: colour('--line'), width: 1 } };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: 220,
        // The last date must not be cut.
        padding: [null, 30, null, null],
        cursor: { drag: { x: true, y: false } },
        scales: { y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.05 : 1] } },
        axes: [
          { ...axis, values: (_, ticks) => dates(ticks) },
          {
            ...axis,
            size: 76,
            values: (_, ticks) => ticks.map((tick) => prefixed(tick, unit)),
          },
        ],
        series: [
          {
            label: '\u00a0',
            value: (_: uPlot, at: number | null) => (at ? moment(at * 1000) : ''),
          },
          ...curves.map((curve) => ({
            label: curve.name,
            stroke: colour(`--curve-${curve.tone}`),
            width: 1.5,
            ...(curve.area ? { fill: `${colour(`--curve-${curve.tone}`)}44` } : {}),
            value: (_: uPlot, value: number | null) =>
              value === null || value === undefined ? '–' : prefixed(value, unit),
          })),
        ],
        hooks: { setScale: [(plot, key) => key === 'x' && setPart(partOf(plot))] },
      },
      data,
      element,
    );
    drawn.current = plot;
    const resize = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: 220 }),
    );
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [names, unit]);
  useEffect(() => show(drawn.current!, data), [times, curves]);
  return (
    <>
      <div class="chart" ref={box} role="img" aria-label={title} />
      <div class="row" role="group" aria-label={title}>
        <Zoom plot={() => drawn.current!} />
        {part && (
          <span class="dim">
            {moment(part[0] * 1000)} – {moment(part[1] * 1000)}
          </span>
        )}
      </div>
    </>
  );
}

/** What one does to a chart with neither a mouse nor a finger that could mark a part of it. */
function Zoom({ plot }: { plot: () => uPlot }) {
  const t = common();
  const look = (closer: number, aside: number) => {
    const { min, max } = plot().scales.x!;
    const middle = (min! + max!) / 2 + (max! - min!) * aside;
    zoom(plot(), middle, (max! - min!) * closer);
  };
  return (
    <>
      <Button kind="quiet" aria-label={t.earlier} onClick={() => look(1, -ASIDE)}>
        ‹
      </Button>
      <Button kind="quiet" aria-label={t.closer} onClick={() => look(CLOSER, 0)}>
        +
      </Button>
      <Button kind="quiet" aria-label={t.farther} onClick={() => look(1 / CLOSER, 0)}>
        −
      </Button>
      <Button kind="quiet" aria-label={t.later} onClick={() => look(1, ASIDE)}>
        ›
      </Button>
    </>
  );
}

/** Shows so many seconds around a time, as far as there is something. */
function zoom(plot: uPlot, middle: number, seconds: number) {
  const [first, last] = ends(plot);
  const length = Math.min(Math.max(seconds, LEAST_SECONDS), last - first);
  const min = Math.min(Math.max(middle - length / 2, first), last - length);
  plot.setScale('x', { min, max: min + length });
}

function ends(plot: uPlot): Part {
  const [times] = plot.data;
  return [times[0]!, times[times.length - 1]!];
}

/** The part of time that is shown, unless that is all, or nothing yet. */
function partOf(plot: uPlot): Part | undefined {
  const [first, last] = ends(plot);
  const { min, max } = plot.scales.x!;
  if (typeof min !== 'number' || typeof max !== 'number') return undefined;
  return min > first || max < last ? [min, max] : undefined;
}

/** Shows newer values; whoever has zoomed in stays where they are. */
function show(plot: uPlot, data: uPlot.AlignedData) {
  const part = partOf(plot);
  plot.setData(data, !part);
  if (part) plot.setScale('x', { min: part[0], max: part[1] });
}

/** The words below a time axis: the time of day within two days, with seconds where it is short. */
function dates(ticks: number[]): string[] {
  const length = (ticks[ticks.length - 1] ?? 0) - (ticks[0] ?? 0);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat(
    language(),
    length > 2 * 86_400
      ? { day: 'numeric', month: 'short' }
      : length > 900
        ? time
        : { ...time, second: '2-digit' },
  );
  return ticks.map((tick) => format.format(new Date(tick * 1000)));
}
