/** Single containers: what each uses, what it writes, and what can be done to it. */
import { useState } from 'preact/hooks';
import { call, path } from '../api';
import { common } from '../common.lang';
import { bytes, number } from '../i18n';
import { useLive, useStream } from '../live';
import { link, onwards } from '../router';
import { useMay } from '../session';
import type { Container } from '../types';
import { Ago, ask, Await, Back, Button, Card, Empty, Facts, Page, State, Table } from '../ui';
import { Log } from '../ui/log';
import { containers } from './containers.lang';

export function Containers() {
  const t = containers();
  const live = useLive<{ containers: Container[] }>('/v1/containers', ['container']);
  const [used, setUsed] = useState<Record<string, Stats>>({});
  const running = (live.value?.containers ?? []).filter((one) => one.state === 'running');
  // One stream for all, opened anew when others run: a browser keeps few open to a node.
  useStream<Stats & { id: string }>(
    running.length > 0 ? '/v1/engine/stats' : undefined,
    'stats',
    (stats) => setUsed((before) => ({ ...before, [stats.id]: stats })),
    running.map((one) => one.id).join(),
  );
  return (
    <Card wide>
      <Await live={live}>
        {(found) =>
          found.containers.length === 0 ? (
            <Empty title={t.noContainers} />
          ) : (
            <Table
              caption={t.single}
              rows={found.containers}
              id={(container) => container.id}
              columns={[
                {
                  title: common().name,
                  cell: (container) => (
                    <a href={link('stacks', 'container', container.id)}>{container.name}</a>
                  ),
                },
                {
                  title: common().state,
                  cell: (container) => <State state={stateOf(container)} />,
                },
                {
                  title: t.used,
                  cell: (container) =>
                    container.state === 'running' ? <Uses stats={used[container.id]} /> : '–',
                },
                { title: t.image, cell: (container) => <code>{container.image}</code> },
                { title: t.ports, cell: ports },
              ]}
            />
          )
        }
      </Await>
    </Card>
  );
}

function stateOf(container: Container): string {
  const { health, state } = container;
  return state === 'running' && health && health !== 'none' ? health : state;
}

function ports(container: Container): string {
  return container.ports
    .map((one) => `${one.address}:${one.port} → ${one.container_port}/${one.protocol}`)
    .join(', ');
}

interface Stats {
  cpu_percent: number;
  memory: number;
  memory_limit: number;
}

/** What one container uses, as it changes. */
function UsesLive({ id }: { id: string }) {
  const [stats, setStats] = useState<Stats>();
  useStream<Stats>(path`/v1/containers/${id}/stats`, 'stats', setStats);
  return <Uses stats={stats} />;
}

function Uses({ stats }: { stats: Stats | undefined }) {
  return stats ? (
    <span class="figures">
      {number(stats.cpu_percent, 1)} % · {bytes(stats.memory)}
      <meter
        min={0}
        max={stats.memory_limit || stats.memory || 1}
        value={stats.memory}
        aria-label={containers().used}
      />
    </span>
  ) : (
    <>…</>
  );
}

interface Detail extends Container {
  started?: string;
  exit_code: number;
  out_of_memory: boolean;
  restarts: number;
  health_output?: string;
  mounts: { kind: string; source: string; target: string; read_only: boolean }[];
}

export function ContainerPage({ id }: { id: string }) {
  const t = containers();
  const live = useLive<Detail>(path`/v1/containers/${id}`, ['container']);
  const operator = useMay('operator');
  return (
    <>
      <Back to={['stacks', 'containers']}>{t.back}</Back>
      <Await live={live} title={id.slice(0, 12)}>
        {(container) => (
          <Page title={container.name} actions={operator && <Deeds container={container} />}>
            <div class="grid">
              <Card title={common().state} more={<State state={stateOf(container)} />}>
                <Facts
                  facts={[
                    [t.image, <code>{container.image}</code>],
                    [common().state, container.status],
                    [t.made, <Ago time={container.created} />],
                    [t.ports, ports(container) || '–'],
                    [t.used, container.state === 'running' ? <UsesLive id={container.id} /> : '–'],
                  ]}
                />
                {container.health_output && <pre class="log">{container.health_output}</pre>}
              </Card>
              <Card title={t.volumes}>
                <Facts
                  facts={container.mounts.map((mount): [string, string] => [
                    mount.target,
                    `${mount.source}${mount.read_only ? ' (ro)' : ''}`,
                  ])}
                />
              </Card>
              {operator && (
                <Log key={container.state} path={path`/v1/containers/${id}/logs?tail=200`} />
              )}
            </div>
          </Page>
        )}
      </Await>
    </>
  );
}

function Deeds({ container }: { container: Container }) {
  const t = containers();
  const { id, name } = container;
  const run = (deed: string) => call('POST', path`/v1/containers/${id}/${deed}`, {});
  const kill = async () => {
    if (await ask(t.kill, t.killLoses(name), t.kill)) await run('kill');
  };
  const remove = async () => {
    const go = onwards();
    if (await ask(t.remove, t.removeContainerLoses(name), t.remove)) {
      await call('DELETE', path`/v1/containers/${id}`, { force: true });
      go('stacks', 'containers');
    }
  };
  return (
    <>
      {container.state === 'running' ? (
        <>
          <Button onClick={() => run('restart')}>{t.restart}</Button>
          <Button onClick={() => run('stop')}>{t.stop}</Button>
          <Button onClick={() => run('pause')}>{t.pause}</Button>
          <Button kind="danger" onClick={kill}>
            {t.kill}
          </Button>
        </>
      ) : container.state === 'paused' ? (
        <Button kind="primary" onClick={() => run('unpause')}>
          {t.unpause}
        </Button>
      ) : (
        <Button kind="primary" onClick={() => run('start')}>
          {t.start}
        </Button>
      )}
      <Button kind="danger" onClick={remove}>
        {t.remove}
      </Button>
    </>
  );
}
