/** The community and this node at a glance, and what needs somebody. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../api';
import { told } from '../checks';
import { language, span } from '../i18n';
import { isOver } from '../jobs';
import { type Live, type NodeEvent, useEvents, useLive } from '../live';
import { plain } from '../plain';
import { link } from '../router';
import { useMay } from '../session';
import type { Agent, Announcement, Check, Module, Service } from '../types';
import { Ago, Await, Card, Empty, Facts, Outcome, Page, State } from '../ui';
import { overview } from './overview.lang';

const RECENT = 12;

export function Overview() {
  const agent = useLive<Agent>('/v1/agent', ['member']);
  const mayLook = useMay('operator');
  const checks = useLive<{ checks: Check[] }>(mayLook ? '/v1/doctor' : undefined, [
    'module',
    'job',
  ]);
  const services = useLive<{ services: Service[] }>('/v1/services?limit=10000', [
    'service',
    'member',
  ]);
  const own = useLive<{ announcements: Announcement[] }>('/v1/announcements', ['service']);
  const t = overview();
  return (
    <Await live={agent} title={t.title}>
      {(node) => (
        <Page title={t.title} lead={t.lead(node.name, node.community)}>
          <div class="grid">
            <Needs checks={checks.value?.checks ?? []} own={own.value?.announcements ?? []} />
            <Card title={t.community}>
              <ul class="tally">
                <Tally
                  state="alive"
                  count={node.members.alive}
                  text={t.membersAlive}
                  to="network"
                />
                <Tally
                  state="failed"
                  count={node.members.failed}
                  text={t.membersFailed}
                  to="network"
                />
                <Health services={services.value?.services ?? []} />
              </ul>
            </Card>
            <Card title={t.thisNode}>
              <Facts
                facts={[
                  [t.uptime, span(node.uptime_seconds)],
                  [t.version, node.version],
                  [t.address, node.gossip_address],
                  [t.encryption, node.encrypted ? t.encrypted : t.open],
                  ...room(t.disk, 'disk', checks.value?.checks),
                  ...room(t.memory, 'memory', checks.value?.checks),
                  [t.key, <code class="cut">{node.key_fingerprint}</code>],
                ]}
              />
            </Card>
            <Announced own={own} />
            <Recent />
          </div>
        </Page>
      )}
    </Await>
  );
}

/** How much there is left of something, as a fact; none where nobody may know. */
function room(title: string, name: string, checks: Check[] = []): [string, ComponentChildren][] {
  return checks
    .filter((check) => check.name === name)
    .map((check) => [
      title,
      <>
        <State state={check.state} />
        <p>{told(check).evidence}</p>
      </>,
    ]);
}

function Tally({
  state,
  count,
  text,
  to,
}: {
  state: string;
  count: number;
  text: (count: number) => string;
  to: string;
}) {
  if (count === 0) return null;
  return (
    <li>
      <a href={link(to)}>
        <State state={state} word={text(count)} />
      </a>
    </li>
  );
}

function Health({ services }: { services: Service[] }) {
  const t = overview();
  const count = (state: string) => services.filter((one) => one.health.state === state).length;
  return (
    <>
      <Tally state="ok" count={count('ok')} text={t.servicesOk} to="services" />
      <Tally state="failing" count={count('failing')} text={t.servicesFailing} to="services" />
      <Tally state="unknown" count={count('unknown')} text={t.servicesUnknown} to="services" />
    </>
  );
}

/** What is wrong here, with what to do: of the checks, the modules and the own announcements. */
function Needs({ checks, own }: { checks: Check[]; own: Announcement[] }) {
  const t = overview();
  const modules = useLive<{ modules: Module[] }>('/v1/modules', ['module']);
  const bad = checks.filter((check) => check.state !== 'ok').map(told);
  // The doctor looks at modules too, for those who may ask it.
  const ill =
    checks.length > 0
      ? []
      : (modules.value?.modules ?? []).filter((module) => module.enabled && module.health !== 'ok');
  const down = own.filter((one) => one.health?.state === 'failing');
  return (
    <Card title={t.needs} wide>
      {bad.length + ill.length + down.length === 0 ? (
        <Empty title={t.needsNothing} />
      ) : (
        <ul class="needs">
          {bad.map((check) => (
            <li key={check.name + check.evidence}>
              <State state={check.state} word={check.name} />
              <p>{check.evidence}</p>
              {check.remedy && <p class="remedy">{check.remedy}</p>}
            </li>
          ))}
          {ill.map((module) => (
            <li key={module.id}>
              <State state={module.health} word={module.title[language()] ?? module.id} />
              <p>{module.evidence}</p>
            </li>
          ))}
          {down.map((one) => (
            <li key={one.id}>
              <State state="failing" word={one.name} />
              <p>{one.health?.evidence}</p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Announced({ own }: { own: Live<{ announcements: Announcement[] }> }) {
  const t = overview();
  return (
    <Card title={t.announced}>
      <Await live={own}>
        {({ announcements }) =>
          announcements.length === 0 ? (
            <Empty title={t.announcedNone}>{t.announcedHow}</Empty>
          ) : (
            <ul class="list">
              {announcements.map((one) => (
                <li key={one.id}>
                  <span class="grow">
                    <strong>{one.name}</strong>
                    <span class="dim"> {one.type}</span>
                  </span>
                  {one.health && <State state={one.health.state} />}
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </Card>
  );
}

function Recent() {
  const t = overview();
  const [events, set] = useState<NodeEvent[]>([]);
  const told = (event: NodeEvent) =>
    Object.hasOwn(t.events, event.type) &&
    (event.type !== 'container' || deedOf(event) !== undefined) &&
    (event.type !== 'job' || isOver(event.data));
  const read = async () => {
    const kept = await get<{ events: NodeEvent[] }>('/v1/events');
    set(kept.events.filter(told).slice(-RECENT).reverse());
  };
  useEffect(() => void read().catch(() => {}), []);
  useEvents([''], (event) => {
    if (event === null) void read().catch(() => {});
    else if (told(event)) set((before) => [event, ...before].slice(0, RECENT));
  });
  return (
    <Card title={t.recent}>
      {events.length === 0 ? (
        <Empty title={t.recentNone} />
      ) : (
        <ul class="list">
          {events.map((event) => (
            <li key={event.id}>
              <span class="grow">
                {t.events[event.type]!(nameIn(event))} {deedOf(event)}
              </span>
              <StateIn event={event} />
              <span class="dim">
                <Ago time={event.time} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What became of a container; undefined of what is no news, such as that one was made. */
function deedOf(event: NodeEvent): string | undefined {
  const action = String(event.data.action).replace(/^health_status: /, '');
  const { deeds } = overview();
  return event.type === 'container' && Object.hasOwn(deeds, action) ? deeds[action] : undefined;
}

function StateIn({ event }: { event: NodeEvent }) {
  const { health, state } = event.data;
  if (typeof health === 'string') return <State state={health} />;
  return event.type === 'job' ? <Outcome outcome={String(state)} /> : null;
}

function nameIn(event: NodeEvent): string {
  const { name, node, action, object } = event.data;
  return plain(String(name ?? node ?? `${action ?? ''} ${object ?? ''}`));
}
