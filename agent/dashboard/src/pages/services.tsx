/** What the community offers, and one service with the reasons for what is said of it. */
import { useMemo, useState } from 'preact/hooks';
import { path } from '../api';
import { common } from '../common.lang';
import { ago, number } from '../i18n';
import { useLive } from '../live';
import { link, type Place } from '../router';
import type { Endpoint, Service } from '../types';
import { Await, Back, Button, Card, Copy, Empty, Facts, Icon, Page, State, Search } from '../ui';
import { services } from './services.lang';

const PAGE = 100;

export function Services({ place }: { place: Place }) {
  const [, node, id] = place.parts;
  return node && id ? <One node={node} id={id} /> : <All place={place} />;
}

function All({ place }: { place: Place }) {
  const t = services();
  const live = useLive<{ services: Service[] }>('/v1/services?limit=10000', ['service', 'member']);
  const [words, setWords] = useState(place.query.get('text') ?? '');
  const [type, setType] = useState('');
  const [health, setHealth] = useState('');
  const [verified, setVerified] = useState(false);
  const [most, setMost] = useState(PAGE);
  const all = live.value?.services ?? [];
  const types = useMemo(() => [...new Set(all.map((one) => one.type))].sort(), [all]);
  const wanted = words.trim().toLowerCase();
  const fits = all.filter(
    (one) =>
      (!type || one.type === type) &&
      (!health || one.health.state === health) &&
      (!verified || one.trust === 'own' || one.trust === 'verified') &&
      (!wanted ||
        [one.name, one.type, one.node, one.description].some((text) =>
          text.toLowerCase().includes(wanted),
        )),
  );
  return (
    <Page title={t.title} lead={t.lead}>
      <div class="filters" role="search">
        <Search label={t.search} words={words} change={setWords} />
        <select
          aria-label={t.type}
          value={type}
          onChange={(event) => setType(event.currentTarget.value)}
        >
          <option value="">{t.allTypes}</option>
          {types.map((name) => (
            <option value={name}>{name}</option>
          ))}
        </select>
        <select
          aria-label={t.health}
          value={health}
          onChange={(event) => setHealth(event.currentTarget.value)}
        >
          <option value="">{t.allStates}</option>
          <option value="ok">{common().ok}</option>
          <option value="failing">{common().failing}</option>
          <option value="unknown">{common().unknown}</option>
        </select>
        <label class="tick">
          <input
            type="checkbox"
            checked={verified}
            onChange={(event) => setVerified(event.currentTarget.checked)}
          />
          {t.verified}
        </label>
      </div>
      <Await live={live}>
        {() =>
          fits.length === 0 ? (
            <Empty title={all.length === 0 ? t.none : t.noneFit}>
              {all.length === 0 && t.noneHow}
            </Empty>
          ) : (
            <>
              <p class="dim" role="status">
                {t.shown(fits.length)}
              </p>
              <ul class="tiles">
                {fits.slice(0, most).map((one) => (
                  <Tile key={`${one.node}/${one.id}`} service={one} />
                ))}
              </ul>
              {fits.length > most && <Button onClick={() => setMost(most + PAGE)}>{t.more}</Button>}
            </>
          )
        }
      </Await>
    </Page>
  );
}

function Tile({ service }: { service: Service }) {
  const t = services();
  return (
    <li class="tile">
      <div class="tile-head">
        <a class="tile-name" href={link('services', service.node, service.id)}>
          {service.name}
        </a>
        <State state={service.health.state} />
      </div>
      <p class="dim clip">{service.description}</p>
      <p class="meta">
        <span class="chip">{service.type}</span>
        <Trust service={service} />
        {service.elsewhere && <span class="chip">{t.elsewhere}</span>}
        <a class="clip" href={link('network', service.node)}>
          {service.node}
        </a>
        {service.rtt_ms !== undefined && <span>{number(service.rtt_ms, 1)} ms</span>}
      </p>
      <div class="row">
        <Use service={service} />
        <a class="button quiet" href={link('services', service.node, service.id)}>
          {t.details}
        </a>
      </div>
    </li>
  );
}

function Trust({ service }: { service: Service }) {
  const name = services().trusts[service.trust] ?? service.trust;
  return (
    <span class={`chip ${service.trust === 'verified' || service.trust === 'own' ? 'good' : ''}`}>
      {service.trust === 'verified' && <Icon name="verified" />}
      {name}
    </span>
  );
}

/** The endpoint as an address a browser may be sent to; nothing but http and https. */
function page(endpoint: Endpoint): string | undefined {
  try {
    const url = new URL(endpoint.url);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** The one click by which a service is used. */
function Use({ service }: { service: Service }) {
  const t = services();
  const first = service.endpoints[0];
  const module: Record<string, string> = { syncthing: 'Syncthing', peerstreamer: t.watch };
  if (Object.hasOwn(module, service.type) && service.trust !== 'own') {
    return (
      <a class="button primary" href={link('modules', service.type)}>
        {module[service.type]}
      </a>
    );
  }
  const url = service.endpoints.map(page).find((found) => found !== undefined);
  if (url && service.type !== 'proxy3') {
    return (
      <a class="button primary" href={url} target="_blank" rel="noopener noreferrer">
        <Icon name="open" />
        {t.open}
      </a>
    );
  }
  return first ? <Copy text={`${first.host}:${first.port}`} label={t.copyAddress} /> : null;
}

function One({ node, id }: { node: string; id: string }) {
  const t = services();
  const live = useLive<Service>(path`/v1/services/${node}/${id}`, ['service', 'member']);
  return (
    <>
      <Back to={['services']}>{t.back}</Back>
      <Await live={live} title={id}>
        {(service) => (
          <Page title={service.name} lead={service.description} actions={<Use service={service} />}>
            <div class="grid">
              <Card title={common().state} more={<State state={service.health.state} />}>
                <Facts
                  facts={[
                    [t.evidence, service.health.evidence],
                    [t.type, service.type],
                    [
                      t.announcedBy,
                      <>
                        <a href={link('network', service.node)}>{service.node}</a>{' '}
                        <Trust service={service} />
                      </>,
                    ],
                    [
                      t.near,
                      service.rtt_ms === undefined ? '–' : `${number(service.rtt_ms, 1)} ms`,
                    ],
                    [t.age, ago(service.age_seconds)],
                  ]}
                />
              </Card>
              <Card title={t.reasons}>
                <ul class="plain">
                  {(service.reasons ?? []).map((reason) => (
                    <li>{reason}</li>
                  ))}
                </ul>
              </Card>
              <Card title={t.endpoints}>
                {service.elsewhere && <p>{t.elsewhereMeans(service.node)}</p>}
                <ul class="list">
                  {service.endpoints.map((endpoint) => (
                    <li>
                      <code class="grow clip">{endpoint.url}</code>
                      <Copy text={endpoint.url} />
                    </li>
                  ))}
                </ul>
              </Card>
              {Object.keys(service.attributes).length > 0 && (
                <Card title={t.attributes}>
                  <Facts
                    facts={Object.entries(service.attributes).map(([key, value]) => [
                      key,
                      <code class="wrap">{value}</code>,
                    ])}
                  />
                </Card>
              )}
            </div>
          </Page>
        )}
      </Await>
    </>
  );
}
