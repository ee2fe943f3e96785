/** Long work: what runs goes on when the page is left, and is shown again by whoever looks. */
import { useRef } from 'preact/hooks';
import { call, type Method, path } from './api';
import { app } from './app.lang';
import { plural } from './i18n';
import { useEvents, useLive, useNewest } from './live';
import { useMay } from './session';
import { Button, Icon, toast } from './ui';

export interface Job {
  id: string;
  action: string;
  object: string;
  by: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  step: string;
  done: number;
  total?: number;
  problem?: { detail: string };
}

export const isOver = (job: Job) => job.state !== 'waiting' && job.state !== 'running';

export function Jobs() {
  const jobs = useLive<{ jobs: Job[] }>('/v1/jobs', ['job']);
  const box = useRef<HTMLDetailsElement>(null);
  useEvents(['job'], (event) => {
    const job = event?.data as unknown as Job | undefined;
    if (job?.state === 'failed') toast(job.problem?.detail ?? `${job.action} ${job.object}`, 'bad');
  });
  const running = (jobs.value?.jobs ?? []).filter((job) => !isOver(job));
  return (
    <details class="jobs" ref={box} onToggle={() => box.current?.open && void jobs.reload()}>
      <summary class="button quiet" aria-label={app().jobs}>
        <Icon name="bell" />
        {running.length > 0 && <span class="count">{plural(running.length, '#', '#')}</span>}
      </summary>
      <div class="popover">
        <h2>{app().jobs}</h2>
        {running.length === 0 ? (
          <p>{app().jobsNone}</p>
        ) : (
          running.map((job) => <Running key={job.id} job={job} />)
        )}
      </div>
    </details>
  );
}

/** The work that is in progress on something, such as a stack. */
export function useWorkOn(object: string): Job[] {
  const jobs = useLive<{ jobs: Job[] }>('/v1/jobs', ['job']);
  return (jobs.value?.jobs ?? []).filter((job) => job.object === object && !isOver(job));
}

/** Begins long work, and says so; whoever is told of it sees how far it is. */
export async function begin(method: Method, path: string, body: unknown = {}): Promise<Job> {
  const job = await call<Job>(method, path, body);
  toast(app().begun(`${job.action} ${job.object}`));
  return job;
}

/** One job, with how far it is. */
export function Running({ job }: { job: Job }) {
  const newest = useNewest<Job>(path`/v1/jobs/${job.id}`, (value) => !isOver(value)) ?? job;
  const mayStop = useMay('operator');
  const name = `${newest.action} ${newest.object}`;
  return (
    <div class="job">
      <p>
        <strong>{name}</strong> {newest.step}
      </p>
      <progress
        aria-label={name}
        {...(newest.total ? { max: newest.total, value: newest.done } : {})}
      />
      {mayStop && !isOver(newest) && (
        <Button kind="quiet" onClick={() => call('DELETE', path`/v1/jobs/${job.id}`)}>
          {app().stop}
        </Button>
      )}
    </div>
  );
}
