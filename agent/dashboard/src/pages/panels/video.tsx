/** Live video: what this node sends and watches, what others offer, and a player. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, path } from '../../api';
import { ofModule, useLive } from '../../live';
import { plain } from '../../plain';
import { useMay } from '../../session';
import { ask, Await, Button, Card, Copy, Empty, Field, State } from '../../ui';
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
                        word={channel.state}
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

/** Plays a channel by HLS; what a browser needs for that which does not know it comes only then. */
function Player({ channel }: { channel: Channel }) {
  const t = video();
  const screen = useRef<HTMLVideoElement>(null);
  const [known, know] = useState(() => document.createElement('video').canPlayType(HLS) !== '');
  const [failed, fail] = useState(false);
  const url = channel.hls!;
  useEffect(() => {
    if (known) return;
    let over = false;
    let stop = () => {};
    import('../../ui/hls')
      .then(({ play }) => {
        if (!over) stop = play(screen.current!, url, () => fail(true));
      })
      .catch(() => fail(true));
    return () => {
      over = true;
      stop();
    };
  }, [known, url]);
  return (
    <Card title={channel.title} wide>
      {failed ? (
        <p class="row">
          {t.cannotPlay} <code class="wrap">{location.origin + url}</code>
          <Copy text={location.origin + url} />
        </p>
      ) : (
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
