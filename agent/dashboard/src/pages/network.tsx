/** The nodes of the community: how far, how well, and what each offers. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { call } from '../api';
import { common } from '../common.lang';
import { number } from '../i18n';
import { type NodeEvent, useLive } from '../live';
import { go, link, type Place } from '../router';
import { useMay } from '../session';
import type { Member, Service } from '../types';
import {
  Ago,
  ask,
  Await,
  Back,
  Button,
  Card,
  Empty,
  Facts,
  Page,
  State,
  Table,
  toneOf,
} from '../ui';
import { type Coordinate, layOut } from './map';
import { network } from './network.lang';
import { overview } from './overview.lang';

const HEIGHT = 380;

/** Events that are a node's history. */
const TOLD = ['member-join', 'member-leave', 'member-failed', 'member-update', 'member-reap'];

export function Network({ place }: { place: Place }) {
  const t = network();
  const live = useLive<{ members: Member[] }>('/v1/members?limit=10000', ['member']);
  const name = place.parts[1];
  return (
    <Await live={live} title={name ?? t.title}>
      {({ members }) =>
        name ? (
          <One name={name} member={members.find((one) => one.name === name)} />
        ) : (
          <Page title={t.title} lead={t.lead(members.length)}>
            <Map members={members} />
            <Card title={t.members} wide>
              <Table
                caption={t.members}
                rows={members}
                id={(member) => member.name}
                columns={[
                  {
                    title: common().name,
                    cell: (member) => (
                      <a class="clip" href={link('network', member.name)}>
                        {member.name}
                      </a>
                    ),
                  },
                  { title: common().state, cell: (member) => <State state={member.status} /> },
                  { title: t.distance, end: true, cell: distance },
                  { title: t.address, cell: (member) => <code>{member.address}</code> },
                ]}
              />
            </Card>
          </Page>
        )
      }
    </Await>
  );
}

function distance(member: Member) {
  return member.rtt_ms === undefined ? '–' : `${number(member.rtt_ms, 1)} ms`;
}

function Map({ members }: { members: Member[] }) {
  const t = network();
  const live = useLive<{ coordinates: Coordinate[] }>('/v1/coordinates', ['member']);
  const coordinates = live.value?.coordinates ?? [];
  const radius = Math.max(5, Math.min(16, 160 / Math.sqrt(coordinates.length + 1)));
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  const spots = useMemo(
    () =>
      width > 0 && coordinates.length > 1 ? layOut(coordinates, width, HEIGHT, radius * 1.6) : [],
    [live.value, width],
  );
  const status = new globalThis.Map(members.map((member) => [member.name, member.status]));
  const named = spots.length <= 40;
  return (
    <Card title={t.map} wide>
      <div ref={box}>
        {spots.length === 0 ? (
          <Empty title={t.mapNone} />
        ) : (
          <>
            <p class="dim">{t.mapHow}</p>
            <svg
              class="map"
              height={HEIGHT}
              viewBox={`0 0 ${width} ${HEIGHT}`}
              role="group"
              aria-label={t.map}
            >
              {spots.map((spot) => (
                <a
                  href={link('network', spot.node)}
                  key={spot.node}
                  aria-label={`${spot.node}, ${status.get(spot.node) ?? ''}`}
                  class={toneOf(status.get(spot.node) ?? '')}
                >
                  <title>{spot.node}</title>
                  <circle cx={spot.x} cy={spot.y} r={radius} />
                  {named && (
                    <text
                      x={Math.min(Math.max(spot.x, 60), width - 60)}
                      y={spot.y + radius + 14 > HEIGHT ? spot.y - radius - 6 : spot.y + radius + 14}
                    >
                      {spot.node.length > 18 ? `${spot.node.slice(0, 17)}…` : spot.node}
                    </text>
                  )}
                </a>
              ))}
            </svg>
          </>
        )}
      </div>
    </Card>
  );
}

function One({ name, member }: { name: string; member: Member | undefined }) {
  const t = network();
  const mayForget = useMay('admin');
  const services = useLive<{ services: Service[] }>(
    `/v1/services?node=${encodeURIComponent(name)}`,
    ['service'],
  );
  const events = useLive<{ events: NodeEvent[] }>(
    `/v1/events?${TOLD.map((type) => `type=${type}`).join('&')}`,
    ['member'],
  );
  const forget = async () => {
    if (await ask(t.forget, t.forgetLoses(name), t.forget)) {
      await call('POST', '/v1/force-leave', { node: name });
      go('network');
    }
  };
  const history = (events.value?.events ?? [])
    .filter((event) => event.data.name === name)
    .slice(-10)
    .reverse();
  return (
    <>
      <Back to={['network']}>{t.back}</Back>
      {!member ? (
        <Page title={name}>
          <Empty title={t.unknownNode(name)} />
        </Page>
      ) : (
        <Page
          title={member.name}
          actions={
            mayForget &&
            member.status === 'failed' && (
              <Button kind="danger" onClick={forget}>
                {t.forget}
              </Button>
            )
          }
        >
          <div class="grid">
            <Card title={common().state} more={<State state={member.status} />}>
              <Facts
                facts={[
                  [t.address, <code>{member.address}</code>],
                  [t.distance, distance(member)],
                ]}
              />
            </Card>
            <Card title={t.services}>
              <Await live={services}>
                {({ services }) =>
                  services.length === 0 ? (
                    <Empty title={t.noServices} />
                  ) : (
                    <ul class="list">
                      {services.map((one) => (
                        <li key={one.id}>
                          <a class="grow clip" href={link('services', one.node, one.id)}>
                            {one.name}
                          </a>
                          <State state={one.health.state} />
                        </li>
                      ))}
                    </ul>
                  )
                }
              </Await>
            </Card>
            <Card title={t.tags}>
              <Facts
                facts={Object.entries(member.tags).map(([key, value]) => [
                  key,
                  <code class="wrap">{value}</code>,
                ])}
              />
            </Card>
            <Card title={t.history}>
              {history.length === 0 ? (
                <Empty title={t.noHistory} />
              ) : (
                <ul class="list">
                  {history.map((event) => (
                    <li key={event.id}>
                      <span class="grow">
                        {overview().events[event.type]?.(name) ?? event.type}
                      </span>
                      <span class="dim">
                        <Ago time={event.time} />
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </div>
        </Page>
      )}
    </>
  );
}
