/** The services that this node manages, and how each is set. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { call, path } from '../api';
import { language, number } from '../i18n';
import { ofModule, useLive } from '../live';
import { plain } from '../plain';
import { link, type Place } from '../router';
import { useMay } from '../session';
import type { Module } from '../types';
import { Ago, ask, Await, Back, Button, Card, Empty, Facts, Page, State, toast } from '../ui';
import { differences, type Json, type Schema, SchemaFields } from '../ui/schema';
import { modules } from './modules.lang';

type Config = { [key: string]: Json };

/** Modules that can tell of themselves even while what they manage does not answer. */
const BY_THEMSELVES = ['graphs', 'peerstreamer'];

/** What modules show of their own beside what all have. */
const PANELS: Record<string, () => Promise<ComponentType>> = {
  syncthing: () => import('./panels/syncthing').then((panel) => panel.SyncthingPanel),
  squid: () => import('./panels/squid').then((panel) => panel.SquidPanel),
  bind: () => import('./panels/bind').then((panel) => panel.BindPanel),
  graphs: () => import('./panels/graphs').then((panel) => panel.GraphsPanel),
  peerstreamer: () => import('./panels/video').then((panel) => panel.VideoPanel),
};

export function Modules({ place }: { place: Place }) {
  const id = place.parts[1];
  return id ? <One id={id} key={id} /> : <All />;
}

export function titleOf(module: Module): string {
  return module.title[language()] ?? module.id;
}

function All() {
  const t = modules();
  const live = useLive<{ modules: Module[]; refused_plugins: { file: string; reason: string }[] }>(
    '/v1/modules',
    ['module'],
  );
  return (
    <Page title={t.title} lead={t.lead}>
      <Await live={live}>
        {(found) => (
          <>
            <ul class="tiles">
              {found.modules.map((module) => (
                <li class="tile" key={module.id}>
                  <div class="tile-head">
                    <a class="tile-name" href={link('modules', module.id)}>
                      {titleOf(module)}
                    </a>
                    {module.enabled ? (
                      <State state={module.health} />
                    ) : (
                      <State state="off" word={t.off} />
                    )}
                  </div>
                  <p class="dim">{module.summary[language()] ?? ''}</p>
                  {module.enabled && <p>{module.evidence}</p>}
                  <div class="row">
                    <a class="button" href={link('modules', module.id)}>
                      {t.manage}
                    </a>
                  </div>
                </li>
              ))}
            </ul>
            {found.refused_plugins.length > 0 && (
              <Card title={t.plugins}>
                <Facts facts={found.refused_plugins.map((one) => [one.file, one.reason])} />
              </Card>
            )}
          </>
        )}
      </Await>
    </Page>
  );
}

function One({ id }: { id: string }) {
  const t = modules();
  const live = useLive<Module>(path`/v1/modules/${id}`, ofModule(id));
  const operator = useMay('operator');
  return (
    <>
      <Back to={['modules']}>{t.back}</Back>
      <Await live={live} title={id}>
        {(module) => (
          <Page
            title={titleOf(module)}
            lead={module.summary[language()]}
            actions={operator && module.enabled && <Deeds module={module} reload={live.reload} />}
          >
            <div class="grid">
              <Status module={module} />
              {module.phase === 'running' &&
                (module.health === 'ok' || BY_THEMSELVES.includes(id)) && <Panel id={id} />}
              {operator && module.enabled && <Log id={id} />}
              {operator && <Settings id={id} reload={live.reload} />}
            </div>
          </Page>
        )}
      </Await>
    </>
  );
}

function Panel({ id }: { id: string }) {
  const [View, set] = useState<ComponentType>();
  useEffect(() => {
    void PANELS[id]?.().then((panel) => set(() => panel));
  }, [id]);
  return View ? <View /> : null;
}

function Deeds({ module, reload }: { module: Module; reload: () => Promise<void> }) {
  const t = modules();
  const run = async (deed: string) => {
    await call('POST', path`/v1/modules/${module.id}/${deed}`, {});
    await reload();
  };
  const stop = async () => {
    if (await ask(t.stop, t.stopLoses(titleOf(module)), t.stop)) await run('stop');
  };
  return module.phase === 'stopped' ? (
    <Button kind="primary" onClick={() => run('start')}>
      {t.start}
    </Button>
  ) : (
    <>
      <Button onClick={() => run('restart')}>{t.restart}</Button>
      <Button kind="danger" onClick={stop}>
        {t.stop}
      </Button>
    </>
  );
}

function Status({ module }: { module: Module }) {
  const t = modules();
  return (
    <Card
      title={t.status}
      more={module.enabled ? <State state={module.health} /> : <State state="off" word={t.off} />}
    >
      <p class="wrap">{module.evidence}</p>
      <Facts
        facts={[[t.since, <Ago time={module.since} />], ...Object.entries(module.facts ?? {})]}
      />
      {Object.keys(module.metrics ?? {}).length > 0 && (
        <details>
          <summary class="button quiet">{t.figures}</summary>
          <Facts
            facts={Object.entries(module.metrics).map(([name, value]): [string, string] => [
              name,
              number(value, 2),
            ])}
          />
        </details>
      )}
    </Card>
  );
}

function Log({ id }: { id: string }) {
  const t = modules();
  const live = useLive<{ lines: string[] }>(path`/v1/modules/${id}/logs`, ofModule(id));
  return (
    <Card title={t.log} more={<Button onClick={live.reload}>↻</Button>}>
      <Await live={live}>
        {({ lines }) =>
          lines.length === 0 ? (
            <Empty title={t.logNone} />
          ) : (
            <pre class="log" tabIndex={0}>
              {lines.map(plain).join('\n')}
            </pre>
          )
        }
      </Await>
    </Card>
  );
}

function Settings({ id, reload }: { id: string; reload: () => Promise<void> }) {
  const t = modules();
  const schema = useLive<Schema>(path`/v1/modules/${id}/schema`);
  const config = useLive<Config>(path`/v1/modules/${id}/config`, ofModule(id));
  const admin = useMay('admin');
  const done = async () => {
    await Promise.all([reload(), config.reload()]);
  };
  return (
    <Card title={t.settings} wide>
      <p class="dim">{admin ? t.settingsWhere : t.mayNot}</p>
      <Await live={schema}>
        {(schema) => (
          <Await live={config}>
            {(config) => (
              <SettingsForm
                key={JSON.stringify(config)}
                id={id}
                schema={schema}
                config={config}
                mayChange={admin}
                done={done}
              />
            )}
          </Await>
        )}
      </Await>
    </Card>
  );
}

function SettingsForm({
  id,
  schema,
  config,
  mayChange,
  done,
}: {
  id: string;
  schema: Schema;
  config: Config;
  mayChange: boolean;
  done: () => Promise<void>;
}) {
  const t = modules();
  const [value, setValue] = useState(config);
  const [reviewing, review] = useState(false);
  const changes = differences(config, value);
  const apply = async () => {
    const wanted = Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
    await call('PUT', path`/v1/modules/${id}/config`, wanted);
    // What is changed from now on must not be taken for what was before.
    await done();
    toast(t.applied);
    review(false);
  };
  return (
    <form
      class="schema"
      onSubmit={(event) => {
        event.preventDefault();
        review(true);
      }}
    >
      <fieldset class="bare" disabled={!mayChange}>
        <SchemaFields schema={schema} value={value} change={setValue} />
      </fieldset>
      {mayChange && !reviewing && (
        <Button type="submit" kind="primary" disabled={changes.length === 0}>
          {t.apply} {changes.length > 0 && `(${t.changes(changes.length)})`}
        </Button>
      )}
      {reviewing && (
        <section aria-label={t.review}>
          <h3>{t.review}</h3>
          {changes.length === 0 && <p>{t.nothing}</p>}
          <pre class="log" tabIndex={0}>
            {changes.map(({ path, before, after }) => (
              <>
                <span class="removed">{`- ${path}: ${show(before)}\n`}</span>
                <span class="added">{`+ ${path}: ${show(after)}\n`}</span>
              </>
            ))}
          </pre>
          <div class="row end">
            <Button kind="primary" disabled={changes.length === 0} onClick={apply}>
              {t.applyNow}
            </Button>
          </div>
        </section>
      )}
    </form>
  );
}

function show(value: Json | undefined): string {
  return value === undefined || value === null ? modules().empty : JSON.stringify(value);
}
