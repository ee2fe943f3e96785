/** Live video: what this node sends and watches, what others offer, and a player. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, path, Problem, text, Unreachable } from '../../api';
import { ofModule, useLive } from '../../live';
import { plain } from '../../plain';
import { useMay } from '../../session';
import { ask, Await, Button, Card, Copy, Empty, Failure, Field, State, wordOf } from '../../ui';
import { video } from './video.lang';

const BASE = '/v1/modules/peerstreamer';
const CHANGES = [...ofModule('peerstreamer'), 'service'];

interface Channel {
  channel: string;
  title: string;
  kind: string;
  state: string;
  evidence: string;
  hls?: string;
}

interface Offer {
  node: string;
  service: string;
  title: string;
  address: string;
  port: number;
  health: string;
}

export function VideoPanel() {
  const t = video();
  const live = useLive<{ missing?: string; channels: Channel[]; catalogue: Offer[] }>(
    `${BASE}/channels`,
    CHANGES,
  );
  const operator = useMay('operator');
  const [playing, play] = useState<Channel>();
  const run = async (deed: string, body: unknown) => {
    await call('POST', `${BASE}/${deed}`, body);
    await live.reload();
  };
  const stop = async (channel: Channel) => {
    if (await ask(t.stop, t.stopLoses(channel.title), t.stop)) {
      await call('DELETE', BASE + path`/channels/${channel.channel}`);
      await live.reload();
    }
  };
  const place = (offer: Offer) =>
    offer.service
      ? { node: offer.node, service: offer.service }
      : { address: offer.address, port: offer.port, title: offer.title };
  return (
    <>
      {playing?.hls && <Player channel={playing} key={playing.channel} />}
      <Await live={live}>
        {({ missing, channels, catalogue }) => (
          <>
            <Card title={t.channels} more={<Button onClick={live.reload}>↻</Button>}>
              {missing && <p class="remedy">{missing}</p>}
              {channels.length === 0 ? (
                <Empty title={t.none} />
              ) : (
                <ul class="list">
                  {channels.map((channel) => (
                    <li key={channel.channel}>
                      <span class="grow">
                        <strong>{plain(channel.title)}</strong>{' '}
                        <span class="dim">
                          {t.kinds[channel.kind] ?? channel.kind}, {channel.evidence}
                        </span>
                      </span>
                      <State
                        state={channel.state === 'flowing' ? 'ok' : 'degraded'}
                        word={wordOf(channel.state)}
                      />
                      {channel.hls && channel.state === 'flowing' && (
                        <Button kind="primary" onClick={() => play(channel)}>
                          {t.play}
                        </Button>
                      )}
                      {operator && (
                        <Button kind="danger" onClick={() => stop(channel)}>
                          {t.stop}
                        </Button>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </Card>
            <Card title={t.others}>
              {catalogue.length === 0 ? (
                <Empty title={t.noOthers} />
              ) : (
                <ul class="list">
                  {catalogue.map((offer) => (
                    <li key={`${offer.address}:${offer.port}`}>
                      <span class="grow">
                        <strong>{plain(offer.title)}</strong> <span class="dim">{offer.node}</span>
                      </span>
                      <State state={offer.health} />
                      {operator && (
                        <>
                          <Button kind="primary" onClick={() => run('join', place(offer))}>
                            {t.join}
                          </Button>
                          <Button onClick={() => run('relay', place(offer))}>{t.relay}</Button>
                        </>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </>
        )}
      </Await>
      {operator && <Publish run={run} />}
    </>
  );
}

function Publish({ run }: { run: (deed: string, body: unknown) => Promise<void> }) {
  const t = video();
  const form = useRef<HTMLFormElement>(null);
  const publish = async () => {
    if (!form.current!.reportValidity()) return;
    const data = new FormData(form.current!);
    const text = (name: string) => String(data.get(name) ?? '');
    await run('publish', {
      channel: text('channel'),
      source: text('source'),
      ...(text('title') ? { title: text('title') } : {}),
      ...(text('kbit') ? { kbit: Number(text('kbit')) } : {}),
    });
    form.current!.reset();
  };
  return (
    <Card title={t.publish}>
      <form ref={form} onSubmit={(event) => event.preventDefault()}>
        <Field label={t.id}>
          <input name="channel" required pattern="[a-z0-9\-]{1,27}" />
        </Field>
        <Field label={t.title}>
          <input name="title" maxLength={60} />
        </Field>
        <Field label={t.source} hint={t.sourceHint}>
          <input name="source" required autocomplete="off" />
        </Field>
        <Field label={t.kbit}>
          <input name="kbit" type="number" min="1" max="100000" />
        </Field>
        <Button kind="primary" type="submit" onClick={publish}>
          {t.publish}
        </Button>
      </form>
    </Card>
  );
}

const HLS = 'application/vnd.apple.mpegurl';
const PATIENCE_MILLIS = 60_000;
const AGAIN_MILLIS = 1_000;

/** Waits for the playlist: a channel that has only begun has none for some seconds. */
async function playlist(url: string, left: AbortSignal): Promise<void> {
  for (const end = Date.now() + PATIENCE_MILLIS; ; ) {
    try {
      await text(url);
      return;
    } catch (error) {
      const may =
        error instanceof Unreachable || (error instanceof Problem && error.status === 404);
      if (left.aborted || !may || Date.now() >= end) throw error;
    }
    await new Promise((over) => setTimeout(over, AGAIN_MILLIS));
  }
}

/** `late`: nothing comes to play; `cannot`: this browser does not know how. */
type Course = 'waits' | 'plays' | 'late' | 'cannot';

/** Plays a channel by HLS; what a browser needs for that which does not know it comes only then. */
function Player({ channel }: { channel: Channel }) {
  const t = video();
  const screen = useRef<HTMLVideoElement>(null);
  const [known, know] = useState(() => document.createElement('video').canPlayType(HLS) !== '');
  const [course, take] = useState<Course>('waits');
  const [problem, tell] = useState<unknown>();
  const url = channel.hls!;
  useEffect(() => {
    if (course !== 'waits') return;
    const left = new AbortController();
    playlist(url, left.signal).then(
      () => {
        if (left.signal.aborted) return;
        tell(undefined);
        take('plays');
      },
      (error) => {
        if (left.signal.aborted) return;
        tell(error instanceof Problem && error.status === 404 ? undefined : error);
        take('late');
      },
    );
    return () => left.abort();
  }, [course, url]);
  useEffect(() => {
    if (known || course !== 'plays') return;
    let over = false;
    let stop = () => {};
    import('../../ui/hls')
      .then(({ play }) => {
        if (!over) stop = play(screen.current!, url, take);
      })
      .catch(() => take('cannot'));
    return () => {
      over = true;
      stop();
    };
  }, [known, course, url]);
  return (
    <Card title={channel.title} wide>
      {course === 'waits' && (
        <p class="loading" role="status">
          {t.waits}
        </p>
      )}
      {course === 'late' && <Failure error={problem ?? t.late} retry={() => take('waits')} />}
      {course === 'cannot' && (
        <p class="row">
          {t.cannotPlay} <code class="wrap">{location.origin + url}</code>
          <Copy text={location.origin + url} />
        </p>
      )}
      {course === 'plays' && (
        <video
          key={String(known)}
          ref={screen}
          class="player"
          aria-label={channel.title}
          {...(known ? { src: url, onError: () => know(false) } : {})}
          controls
          autoplay
          muted
          playsInline
        />
      )}
    </Card>
  );
}
