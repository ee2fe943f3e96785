/** The nodes of the community: how far, how well, and what each offers. */
import { call } from '../api';
import { common } from '../common.lang';
import { number } from '../i18n';
import { type NodeEvent, useLive } from '../live';
import { plain } from '../plain';
import { go, link, type Place } from '../router';
import { useMay } from '../session';
import type { Member, Service } from '../types';
import { Ago, ask, Await, Back, Button, Card, Empty, Facts, Page, State, Table } from '../ui';
import { Maps } from './maps';
import { network } from './network.lang';
import { overview } from './overview.lang';

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
            <Maps members={members} />
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
