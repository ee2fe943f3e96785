/** The apps that can be installed, by a form made from what each says it needs. */
import { useRef, useState } from 'preact/hooks';
import { call, path } from '../api';
import { common } from '../common.lang';
import { bytes, language } from '../i18n';
import { begin } from '../jobs';
import { useLive } from '../live';
import { link, onwards, type Place } from '../router';
import { useMay } from '../session';
import type { Stack } from '../types';
import { ask, Await, Back, Button, Card, Empty, Facts, Field, Page, Tabs, Search } from '../ui';
import { AppControl, type AppField, filledIn } from './appform';
import { apps } from './apps.lang';
import { Backups, Schedules } from './backups';

interface App {
  id: string;
  catalogue: string;
  version: string;
  title: string;
  tagline: string;
  category: string;
  memory: number;
  disk: number;
  fits: boolean;
  icon: boolean;
}

interface AppDetail extends App {
  description: string;
  licence: string;
  homepage?: string;
  fields: AppField[];
  announces: { type: string; name: string }[];
}

export function Apps({ place }: { place: Place }) {
  const t = apps();
  const [, tab = 'shelf', catalogue, id] = place.parts;
  const admin = useMay('admin');
  if (tab === 'of' && catalogue && id) return <One catalogue={catalogue} id={id} />;
  const tabs: [string, string][] = [
    ['shelf', t.shelf],
    ['backups', t.backups],
    ['schedules', t.schedules],
    ...(admin ? [['catalogues', t.catalogues] as [string, string]] : []),
  ];
  return (
    <Page title={t.title} lead={t.lead}>
      <Tabs page="apps" label={t.title} tabs={tabs} now={tab} />
      {tab === 'backups' ? (
        <Backups />
      ) : tab === 'schedules' ? (
        <Schedules />
      ) : tab === 'catalogues' && admin ? (
        <Catalogues />
      ) : (
        <Shelf />
      )}
    </Page>
  );
}

function AppIcon({ app }: { app: App }) {
  return app.icon ? (
    <img
      class="app-icon"
      src={path`/v1/apps/${app.id}/icon?catalogue=${app.catalogue}`}
      alt=""
      width="48"
      height="48"
      loading="lazy"
    />
  ) : null;
}

function Shelf() {
  const t = apps();
  const live = useLive<{ apps: App[] }>(`/v1/apps?lang=${language()}`);
  const [wanted, setWanted] = useState('');
  return (
    <>
      <Search label={common().search} words={wanted} change={setWanted} />
      <Await live={live}>
        {(found) => {
          const fits = found.apps.filter((app) =>
            `${app.title} ${app.tagline} ${app.category}`
              .toLowerCase()
              .includes(wanted.toLowerCase()),
          );
          return fits.length === 0 ? (
            <Empty title={t.none} />
          ) : (
            <ul class="tiles">
              {fits.map((app) => (
                <li class="tile" key={`${app.catalogue}/${app.id}`}>
                  <div class="row">
                    <AppIcon app={app} />
                    <a class="tile-name" href={link('apps', 'of', app.catalogue, app.id)}>
                      {app.title}
                    </a>
                  </div>
                  <p>{app.tagline}</p>
                  <p class="meta">
                    <span class="chip">{app.category}</span>
                    <span>{t.memory(bytes(app.memory))}</span>
                    <span>{t.disk(bytes(app.disk))}</span>
                    {!app.fits && <span class="chip">{t.unfit}</span>}
                  </p>
                </li>
              ))}
            </ul>
          );
        }}
      </Await>
    </>
  );
}

function One({ catalogue, id }: { catalogue: string; id: string }) {
  const t = apps();
  const operator = useMay('operator');
  const live = useLive<AppDetail>(path`/v1/apps/${id}?catalogue=${catalogue}&lang=${language()}`);
  return (
    <>
      <Back to={['apps']}>{t.back}</Back>
      <Await live={live} title={id}>
        {(app) => (
          <Page title={app.title} lead={app.tagline}>
            <div class="grid">
              <Card title={app.title} more={<AppIcon app={app} />}>
                <p class="prose">{app.description}</p>
                <Facts
                  facts={[
                    [t.version, app.version],
                    [t.licence, app.licence],
                    [t.needs, `${t.memory(bytes(app.memory))}, ${t.disk(bytes(app.disk))}`],
                    [t.announces, app.announces.map((one) => one.type).join(', ') || '–'],
                  ]}
                />
                {app.homepage?.startsWith('https://') && (
                  <a href={app.homepage} target="_blank" rel="noopener noreferrer">
                    {t.homepage}
                  </a>
                )}
              </Card>
              <InstalledAs app={app} />
              {operator && <Install app={app} />}
            </div>
          </Page>
        )}
      </Await>
    </>
  );
}

/** The stacks that came of an app; nothing if there is none, or no engine to ask. */
function InstalledAs({ app }: { app: AppDetail }) {
  const t = apps();
  const live = useLive<{ stacks: Stack[] }>('/v1/stacks', ['job']);
  const found = (live.value?.stacks ?? []).filter(
    (stack) => stack.app?.id === app.id && stack.app.catalogue === app.catalogue,
  );
  if (found.length === 0) return null;
  return (
    <Card title={t.installedAs}>
      <ul class="list">
        {found.map((stack) => (
          <li key={stack.name}>
            <a class="grow" href={link('stacks', 'of', stack.name)}>
              {stack.name}
            </a>
            <span>{stack.app!.version}</span>
            {stack.app!.newest && <span class="chip">{t.available(stack.app!.newest)}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Install({ app }: { app: AppDetail }) {
  const t = apps();
  const form = useRef<HTMLFormElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const install = async () => {
    const go = onwards();
    if (!form.current!.reportValidity()) return;
    await begin('POST', path`/v1/apps/${app.id}/install`, {
      catalogue: app.catalogue,
      ...(name.current!.value ? { name: name.current!.value } : {}),
      values: filledIn(form.current!, app.fields),
    });
    go('stacks');
  };
  return (
    <Card title={t.install}>
      <form ref={form} onSubmit={(event) => event.preventDefault()}>
        {app.fields.map((field) => (
          <AppControl field={field} key={field.name} />
        ))}
        <Field label={t.stackName}>
          <input ref={name} pattern="[a-z0-9][a-z0-9_\-]{0,62}" placeholder={app.id} />
        </Field>
        <Button kind="primary" type="submit" disabled={!app.fits} onClick={install}>
          {t.install}
        </Button>
      </form>
    </Card>
  );
}

interface Catalogue {
  name: string;
  version: number;
  expires: string;
  apps: number;
  source: string;
}

function Catalogues() {
  const t = apps();
  const live = useLive<{ catalogues: Catalogue[] }>('/v1/catalogues', ['job']);
  const source = useRef<HTMLInputElement>(null);
  const add = async () => {
    if (source.current!.reportValidity()) {
      await begin('POST', '/v1/catalogues', { source: source.current!.value });
    }
  };
  const forget = async (name: string) => {
    if (await ask(t.forget, t.forgetLoses(name), t.forget)) {
      await call('DELETE', path`/v1/catalogues/${name}`);
      await live.reload();
    }
  };
  return (
    <Card title={t.catalogues} wide>
      <Await live={live}>
        {({ catalogues }) =>
          catalogues.length === 0 ? (
            <Empty title={t.noCatalogues} />
          ) : (
            <ul class="list">
              {catalogues.map((one) => (
                <li key={one.name}>
                  <span class="grow">
                    <strong>{one.name}</strong>{' '}
                    <span class="dim">
                      {one.source}, {one.apps}
                    </span>
                  </span>
                  <Button onClick={() => begin('POST', path`/v1/catalogues/${one.name}/refresh`)}>
                    {t.refresh}
                  </Button>
                  <Button kind="danger" onClick={() => forget(one.name)}>
                    {t.forget}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Await>
      <Field label={t.source}>
        <input ref={source} type="url" required />
      </Field>
      <Button onClick={add}>{t.add}</Button>
    </Card>
  );
}
