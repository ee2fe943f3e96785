/** What has been saved of stacks, and when they are saved by themselves. */
import { useRef } from 'preact/hooks';
import { call, path } from '../api';
import { common } from '../common.lang';
import { bytes } from '../i18n';
import { begin } from '../jobs';
import { useLive } from '../live';
import { useMay } from '../session';
import type { Stack } from '../types';
import { Ago, ask, Await, Button, Card, Empty, Field, Table } from '../ui';
import { apps } from './apps.lang';

interface Backup {
  id: string;
  stack: string;
  made: string;
  size: number;
}

function useStacks(): Stack[] {
  const live = useLive<{ stacks: Stack[] }>('/v1/stacks', ['job']);
  return (live.value?.stacks ?? []).filter((stack) => stack.managed);
}

export function Backups() {
  const t = apps();
  const operator = useMay('operator');
  const live = useLive<{ backups: Backup[] }>('/v1/backups', ['job']);
  const stacks = useStacks();
  const chosen = useRef<HTMLSelectElement>(null);
  const restore = async (backup: Backup) => {
    if (await ask(t.restore, t.restoreLoses(backup.stack), t.restore)) {
      await begin('POST', path`/v1/backups/${backup.id}/restore`, { replace: true });
    }
  };
  const remove = async (backup: Backup) => {
    if (await ask(t.remove, t.removeLoses(backup.id), t.remove)) {
      await call('DELETE', path`/v1/backups/${backup.id}`);
      await live.reload();
    }
  };
  return (
    <Card title={t.backups} wide>
      {operator && stacks.length > 0 && (
        <div class="row">
          <select class="short" ref={chosen} aria-label={t.stack}>
            {stacks.map((stack) => (
              <option value={stack.name}>{stack.name}</option>
            ))}
          </select>
          <Button
            kind="primary"
            onClick={() => begin('POST', '/v1/backups', { stack: chosen.current!.value })}
          >
            {t.save}
          </Button>
        </div>
      )}
      <Await live={live}>
        {({ backups }) =>
          backups.length === 0 ? (
            <Empty title={t.noBackups}>{t.noBackupsHow}</Empty>
          ) : (
            <Table
              caption={t.backups}
              rows={backups}
              id={(backup) => backup.id}
              columns={[
                { title: t.stack, cell: (backup) => backup.stack },
                { title: t.made, cell: (backup) => <Ago time={backup.made} /> },
                { title: t.size, end: true, cell: (backup) => bytes(backup.size) },
                {
                  title: common().actions,
                  cell: (backup) =>
                    operator && (
                      <div class="row">
                        <Button onClick={() => restore(backup)}>{t.restore}</Button>
                        <Button kind="danger" onClick={() => remove(backup)}>
                          {t.remove}
                        </Button>
                      </div>
                    ),
                },
              ]}
            />
          )
        }
      </Await>
    </Card>
  );
}

interface Schedule {
  stack: string;
  at: string;
  day?: string;
  daily: number;
  weekly: number;
  monthly: number;
  last?: string;
  problem?: string;
}

export function Schedules() {
  const t = apps();
  const operator = useMay('operator');
  const live = useLive<{ schedules: Schedule[] }>('/v1/backup-schedules', ['job']);
  const stacks = useStacks();
  const form = useRef<HTMLFormElement>(null);
  const set = async () => {
    const data = new FormData(form.current!);
    await call('PUT', path`/v1/backup-schedules/${String(data.get('stack'))}`, {
      at: String(data.get('at')),
    });
    await live.reload();
  };
  const end = async (stack: string) => {
    await call('DELETE', path`/v1/backup-schedules/${stack}`);
    await live.reload();
  };
  return (
    <Card title={t.schedules} wide>
      <Await live={live}>
        {({ schedules }) =>
          schedules.length === 0 ? (
            <Empty title={t.noSchedules} />
          ) : (
            <Table
              caption={t.schedules}
              rows={schedules}
              id={(schedule) => schedule.stack}
              columns={[
                { title: t.stack, cell: (one) => one.stack },
                { title: t.every, cell: (one) => `${one.day ?? ''} ${one.at}` },
                { title: t.keep, cell: (one) => `${one.daily}, ${one.weekly}, ${one.monthly}` },
                { title: t.last, cell: (one) => (one.last ? <Ago time={one.last} /> : '–') },
                { title: common().why, cell: (one) => one.problem ?? '' },
                {
                  title: common().actions,
                  cell: (one) =>
                    operator && <Button onClick={() => end(one.stack)}>{t.end}</Button>,
                },
              ]}
            />
          )
        }
      </Await>
      {operator && stacks.length > 0 && (
        <form ref={form} onSubmit={(event) => event.preventDefault()}>
          <Field label={t.stack}>
            <select name="stack">
              {stacks.map((stack) => (
                <option value={stack.name}>{stack.name}</option>
              ))}
            </select>
          </Field>
          <Field label={t.every}>
            <input type="time" name="at" value="03:30" required />
          </Field>
          <Button kind="primary" type="submit" onClick={set}>
            {t.set}
          </Button>
        </form>
      )}
    </Card>
  );
}
