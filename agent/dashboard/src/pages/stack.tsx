/** One stack: how its services are, its file, its versions, its log. */
import { useRef, useState } from 'preact/hooks';
import { call, path } from '../api';
import { common } from '../common.lang';
import { begin, Running, useWorkOn } from '../jobs';
import { useLive } from '../live';
import { link, onwards } from '../router';
import { useMay } from '../session';
import type { Stack } from '../types';
import { Ago, ask, Await, Back, Button, Card, Empty, Page, State, Table } from '../ui';
import { Log } from '../ui/log';
import { containers } from './containers.lang';
import { AppCard } from './stackapp';

export interface Refusal {
  key: string;
  file?: string;
  line?: number;
  reason: string;
  remedy: string;
}

/** Asks the policy about a stack's files, and keeps what it said of them last. */
export function useCheck(): [
  found: Refusal[] | undefined,
  check: (name: string, files: object) => Promise<boolean>,
] {
  const [found, setFound] = useState<Refusal[]>();
  const check = async (name: string, files: object) => {
    const answer = await call<{ allowed: boolean; refusals: Refusal[] }>(
      'POST',
      path`/v1/stacks/${name}/validate`,
      { files },
    );
    setFound(answer.refusals);
    return answer.allowed;
  };
  return [found, check];
}

/** What the policy says of a file, with the lines it means; nothing before it was asked. */
export function Refusals({ found, text }: { found: Refusal[] | undefined; text: string }) {
  const t = containers();
  if (!found) return null;
  if (found.length === 0) {
    return (
      <p role="status">
        <State state="ok" word={t.allowed} />
      </p>
    );
  }
  const lines = text.split('\n');
  return (
    <ul class="needs" role="alert">
      {found.map((one) => (
        <li key={one.key + one.line}>
          <State state="refused" word={one.line ? `${one.file ?? ''}:${one.line}` : one.key} />
          <div>
            {one.line && <code class="wrap">{lines[one.line - 1]}</code>}
            <p>
              {one.key}: {one.reason}
            </p>
          </div>
          <p class="remedy">{one.remedy}</p>
        </li>
      ))}
    </ul>
  );
}

export function StackPage({ name }: { name: string }) {
  const t = containers();
  const live = useLive<Stack>(path`/v1/stacks/${name}`, ['container', 'job']);
  const operator = useMay('operator');
  const work = useWorkOn(name);
  return (
    <>
      <Back to={['stacks']}>{t.back}</Back>
      <Await live={live} title={name}>
        {(stack) => (
          <Page
            title={stack.name}
            lead={stack.problem}
            actions={operator && work.length === 0 && <Deeds stack={stack} reload={live.reload} />}
          >
            {work.map((job) => (
              <Running key={job.id} job={job} />
            ))}
            <div class="grid">
              <Card title={t.services} more={<State state={stack.state} />} wide>
                <Table
                  caption={t.services}
                  rows={(stack.services ?? []).flatMap((service) =>
                    service.containers.map((container) => ({ service, container })),
                  )}
                  id={({ container }) => container.id}
                  columns={[
                    { title: common().name, cell: ({ service }) => service.name },
                    {
                      title: common().state,
                      cell: ({ container }) => (
                        <State
                          state={
                            container.health && container.health !== 'none'
                              ? container.health
                              : container.state
                          }
                        />
                      ),
                    },
                    { title: t.image, cell: ({ container }) => <code>{container.image}</code> },
                    {
                      title: t.single,
                      cell: ({ container }) => (
                        <a href={link('stacks', 'container', container.id)}>{container.name}</a>
                      ),
                    },
                  ]}
                />
              </Card>
              {stack.app && <AppCard stack={stack} app={stack.app} busy={work.length > 0} />}
              {operator && stack.managed && (
                <Editor key={stack.version} name={name} busy={work.length > 0} />
              )}
              {stack.managed && <Versions stack={stack} />}
              {stack.managed && <Exceptions name={name} />}
              {operator && (
                <Log
                  key={(stack.services ?? [])
                    .flatMap((service) => service.containers)
                    .filter((container) => container.state === 'running')
                    .map((container) => container.id)
                    .join()}
                  path={path`/v1/stacks/${name}/logs?tail=200`}
                />
              )}
            </div>
          </Page>
        )}
      </Await>
    </>
  );
}

function Deeds({ stack, reload }: { stack: Stack; reload: () => Promise<void> }) {
  const t = containers();
  const admin = useMay('admin');
  const { name } = stack;
  const run = (deed: string) => begin('POST', path`/v1/stacks/${name}/${deed}`);
  const down = async () => {
    if (await ask(t.bringDown, t.downLoses(name), t.bringDown)) await run('down');
  };
  const remove = async (data: 'keep' | 'remove') => {
    const go = onwards();
    const loses = data === 'keep' ? t.removeStackLoses(name) : t.removeDataLoses(name);
    const word = data === 'keep' ? t.remove : t.removeData;
    if (await ask(word, loses, word)) {
      await begin('DELETE', path`/v1/stacks/${name}` + `?data=${data}`, undefined);
      go('stacks');
    }
  };
  const adopt = async () => {
    await call('POST', path`/v1/stacks/${name}/adopt`, {});
    await reload();
  };
  if (!stack.managed) {
    return admin ? (
      <Button kind="primary" onClick={adopt}>
        {t.adopt}
      </Button>
    ) : null;
  }
  return (
    <>
      {stack.changed && (
        <Button kind="primary" onClick={() => run('apply')}>
          {t.apply}
        </Button>
      )}
      {stack.desired === 'up' ? (
        <>
          <Button onClick={() => run('restart')}>{t.restart}</Button>
          <Button onClick={down}>{t.bringDown}</Button>
        </>
      ) : (
        <Button kind="primary" onClick={() => run('up')}>
          {t.bringUp}
        </Button>
      )}
      <Button onClick={() => run('pull')}>{t.pull}</Button>
      <Button kind="danger" onClick={() => remove('keep')}>
        {t.remove}
      </Button>
      <Button kind="danger" onClick={() => remove('remove')}>
        {t.removeData}
      </Button>
    </>
  );
}

interface StackFile {
  path: string;
  text?: string;
}

function Editor({ name, busy }: { name: string; busy: boolean }) {
  const t = containers();
  const live = useLive<{ files: StackFile[] }>(path`/v1/stacks/${name}/files`);
  return (
    <Card title={t.files} wide>
      <Await live={live}>
        {({ files }) => (
          <EditorForm key={JSON.stringify(files)} name={name} files={files} busy={busy} />
        )}
      </Await>
    </Card>
  );
}

function EditorForm({ name, files, busy }: { name: string; files: StackFile[]; busy: boolean }) {
  const t = containers();
  const main = files.find((file) => file.text !== undefined && /^compose\.ya?ml$/.test(file.path));
  const others = files.filter((file) => file !== main && file.text !== undefined);
  const [text, setText] = useState(main?.text ?? '');
  const [refusals, check] = useCheck();
  if (!main) return null;
  const wanted = Object.fromEntries(
    [{ ...main, text }, ...others].map((file) => [file.path, file.text ?? '']),
  );
  const save = async () => {
    if (await check(name, wanted)) await begin('PUT', path`/v1/stacks/${name}`, { files: wanted });
  };
  return (
    <>
      <textarea
        class="code"
        rows={Math.min(24, text.split('\n').length + 2)}
        spellcheck={false}
        aria-label={t.files}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Refusals found={refusals} text={text} />
      <div class="row end">
        <Button onClick={() => check(name, wanted)}>{t.check}</Button>
        <Button kind="primary" disabled={busy || text === main.text} onClick={save}>
          {t.saveStack}
        </Button>
      </div>
    </>
  );
}

interface Version {
  version: number;
  at: string;
  by: string;
  outcome: string;
}

function Versions({ stack }: { stack: Stack }) {
  const t = containers();
  const operator = useMay('operator');
  const live = useLive<{ versions: Version[] }>(path`/v1/stacks/${stack.name}/versions`, ['job']);
  const back = async (version: number) => {
    if (await ask(t.rollback, t.rollbackLoses(version), t.rollback)) {
      await begin('POST', path`/v1/stacks/${stack.name}/rollback`, { version });
    }
  };
  return (
    <Card title={t.versions}>
      <Await live={live}>
        {({ versions }) => (
          <ul class="list">
            {[...versions].reverse().map((one) => (
              <li key={one.version}>
                <span class="grow">
                  <strong>{one.version}</strong>{' '}
                  <span class="dim">
                    {one.by}, <Ago time={one.at} />{' '}
                    {one.outcome === 'applied' ? t.applied : one.outcome}
                  </span>
                </span>
                {one.version === stack.version ? (
                  <State state="ok" word={t.current} />
                ) : (
                  operator && <Button onClick={() => back(one.version)}>{t.rollback}</Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Await>
    </Card>
  );
}

function Exceptions({ name }: { name: string }) {
  const t = containers();
  const admin = useMay('admin');
  const live = useLive<{ exceptions: { exception: string; by: string; at: string }[] }>(
    path`/v1/stacks/${name}/exceptions`,
  );
  const wanted = useRef<HTMLInputElement>(null);
  const allow = async () => {
    await call('POST', path`/v1/stacks/${name}/exceptions`, { exception: wanted.current!.value });
    wanted.current!.value = '';
    await live.reload();
  };
  const revoke = async (exception: string) => {
    await call('DELETE', path`/v1/stacks/${name}/exceptions?exception=${exception}`);
    await live.reload();
  };
  return (
    <Card title={t.exceptions}>
      <Await live={live}>
        {({ exceptions }) =>
          exceptions.length === 0 ? (
            <Empty title={t.noExceptions} />
          ) : (
            <ul class="list">
              {exceptions.map((one) => (
                <li key={one.exception}>
                  <span class="grow">
                    <code>{one.exception}</code>{' '}
                    <span class="dim">
                      {one.by}, <Ago time={one.at} />
                    </span>
                  </span>
                  {admin && <Button onClick={() => revoke(one.exception)}>{t.revoke}</Button>}
                </li>
              ))}
            </ul>
          )
        }
      </Await>
      {admin && (
        <>
          <div class="row">
            <input class="short" ref={wanted} aria-label={t.exceptions} />
            <Button onClick={allow}>{t.allow}</Button>
          </div>
          <p class="dim">{t.allowHint}</p>
        </>
      )}
    </Card>
  );
}
