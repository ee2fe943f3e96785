/** Long work: what runs goes on when the page is left, and is shown again by whoever looks. */
import { useEffect, useState } from 'preact/hooks';
import { call, get, type Method, path } from './api';
import { app } from './app.lang';
import { plural } from './i18n';
import { useEvents, useNewest } from './live';
import { useMay } from './session';
import { Button, Icon, toast } from './ui';

interface Job {
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

export const isOver = (job: { state?: unknown }) =>
  job.state !== 'waiting' && job.state !== 'running';

/** What is in progress, by id: told by the node's events, and by what began it here. */
let going = new Map<string, Job>();
const over = new Set<string>();
const watchers = new Set<() => void>();

function note(job: Job) {
  if (isOver(job)) over.add(job.id);
  going = new Map(going);
  // The event of its end may come before the answer that it has begun.
  if (over.has(job.id)) going.delete(job.id);
  else going.set(job.id, job);
  watchers.forEach((watcher) => watcher());
}

async function look() {
  const { jobs } = await get<{ jobs: Job[] }>('/v1/jobs');
  going = new Map();
  jobs.forEach(note);
  watchers.forEach((watcher) => watcher());
}

/** The work that is in progress. */
function useGoing(): Job[] {
  const [, redraw] = useState(0);
  useEffect(() => {
    const watcher = () => redraw((count) => count + 1);
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }, []);
  return [...going.values()];
}

export function Jobs() {
  const running = useGoing();
  const [open, setOpen] = useState(false);
  useEffect(() => void look().catch(() => {}), []);
  useEvents(['job'], (event) => {
    if (event === null) {
      void look().catch(() => {});
      return;
    }
    const job = event.data as unknown as Job;
    note(job);
    if (job.state === 'failed') toast(job.problem?.detail ?? `${job.action} ${job.object}`, 'bad');
  });
  return (
    <details class="jobs" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="button quiet" aria-label={app().jobs}>
        <Icon name="bell" />
        {running.length > 0 && <span class="count">{plural(running.length, '#', '#')}</span>}
      </summary>
      <div class="popover">
        <h2>{app().jobs}</h2>
        {running.length === 0 ? (
          <p>{app().jobsNone}</p>
        ) : (
          open && running.map((job) => <Running key={job.id} job={job} />)
        )}
      </div>
    </details>
  );
}

/** The work that is in progress on something, such as a stack. */
export function useWorkOn(object: string): Job[] {
  return useGoing().filter((job) => job.object === object);
}

/** Begins long work, and says so; whoever is told of it sees how far it is. */
export async function begin(method: Method, path: string, body: unknown = {}): Promise<Job> {
  const job = await call<Job>(method, path, body);
  note(job);
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
