/** The nodes of the community: how far, how well, and what each offers. */
import { useState } from 'preact/hooks';
import { call } from '../api';
import { common } from '../common.lang';
import { number } from '../i18n';
import { type NodeEvent, useLive } from '../live';
import { plain } from '../plain';
import { link, onwards, type Place } from '../router';
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
  Search,
} from '../ui';
import type { Coordinate } from './map';
import { Maps } from './maps';
import { network } from './network.lang';
import { overview } from './overview.lang';

const PAGE = 50;
const NONE: Coordinate[] = [];
/** Events that are a node's history. */
const TOLD = ['member-join', 'member-leave', 'member-failed', 'member-update', 'member-reap'];

export function Network({ place }: { place: Place }) {
  const t = network();
  const name = place.parts[1];
  const live = useLive<{ members: Member[] }>('/v1/members?limit=10000', ['member']);
  const where = useLive<{ coordinates: Coordinate[] }>(name ? undefined : '/v1/coordinates', [
    'member',
  ]);
  return (
    <Await live={live} title={name ?? t.title}>
      {({ members }) =>
        name ? (
          <One name={name} member={members.find((one) => one.name === name)} />
        ) : (
          <Page title={t.title} lead={t.lead(members.length)}>
            <Maps members={members} coordinates={where.value?.coordinates ?? NONE} />
            <Members members={members} />
          </Page>
        )
      }
    </Await>
  );
}

function Members({ members }: { members: Member[] }) {
  const t = network();
  const [words, setWords] = useState('');
  const [status, setStatus] = useState('');
  const [most, setMost] = useState(PAGE);
  const wanted = words.trim().toLowerCase();
  const fits = members.filter(
    (one) =>
      (!status || one.status === status) &&
      [one.name, one.address].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <Card title={t.members} wide>
      <div class="filters" role="search">
        <Search label={t.search} words={words} change={setWords} />
        <select
          aria-label={common().state}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
        >
          <option value="">{t.allStates}</option>
          {(['alive', 'leaving', 'left', 'failed'] as const).map((one) => (
            <option value={one}>{common()[one]}</option>
          ))}
        </select>
      </div>
      <p class="dim" role="status">
        {t.shown(fits.length)}
      </p>
      <Table
        caption={t.members}
        rows={fits.slice(0, most)}
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
          { title: t.version, cell: version },
          { title: t.address, cell: (member) => <code>{member.address}</code> },
        ]}
      />
      {fits.length > most && <Button onClick={() => setMost(most + PAGE)}>{t.more}</Button>}
    </Card>
  );
}

/** What a node speaks, in which version: no node says which release it is. */
function version({ tags, protocol }: Member) {
  const cloudy = /^\d{1,4}(?=\.)/.exec(tags.cloudy ?? '')?.[0];
  const serf = `Serf ${protocol.serf_current}`;
  return cloudy ? `Cloudy ${cloudy}, ${serf}` : serf;
}

function distance(member: Member) {
  return member.rtt_ms === undefined ? '–' : `${number(member.rtt_ms, 1)} ms`;
}

function One({ name, member }: { name: string; member: Member | undefined }) {
  const t = network();
  const mayForget = useMay('admin');
  const services = useLive<{ services: Service[] }>(
    member && `/v1/services?node=${encodeURIComponent(name)}`,
    ['service'],
  );
  const events = useLive<{ events: NodeEvent[] }>(
    `/v1/events?${TOLD.map((type) => `type=${type}`).join('&')}`,
    ['member'],
  );
  const forget = async () => {
    const go = onwards();
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
                  [t.version, version(member)],
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
                  <code class="wrap">{plain(value)}</code>,
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
