/** What the page knows of the node, kept current by the node's stream of events. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, newer, passes } from './api';

export interface NodeEvent {
  id: string;
  time: string;
  type: string;
  data: Record<string, unknown>;
}

type Listener = (event: NodeEvent | null) => void;

const TYPES = [
  'member-join',
  'member-leave',
  'member-failed',
  'member-update',
  'member-reap',
  'user',
  'name-lost',
  'service-announce',
  'service-change',
  'service-withdraw',
  'key-alarm',
  'job',
  'container',
  'engine',
  'module',
  'resource',
];
const SETTLE_MILLIS = 250;
const BUSY_MILLIS = 2_000;
const RETRY_MILLIS = 2_000;
const MOST_DOUBLED = 5;

const listeners = new Set<Listener>();
const watchers = new Set<(connected: boolean) => void>();
let source: EventSource | undefined;
let connected = true;

/** Follows the node's events until `stop`; a listener hears null when it may have missed some. */
export function follow() {
  if (source) return;
  let opened = false;
  source = new EventSource('/v1/events');
  source.onopen = () => {
    tell(true);
    if (opened) listeners.forEach((listener) => listener(null));
    opened = true;
  };
  source.onerror = () => {
    tell(false);
    // A refusal, unlike a broken link, is not tried again by the browser. Asking for anything else
    // tells whether it is because nobody is signed in any more.
    if (source?.readyState === EventSource.CLOSED) {
      source = undefined;
      setTimeout(() => {
        follow();
        get('/v1/whoami').catch(() => {});
      }, RETRY_MILLIS);
    }
  };
  source.addEventListener('gap', () => listeners.forEach((listener) => listener(null)));
  for (const type of TYPES) {
    source.addEventListener(type, (message) => {
      const event = JSON.parse((message as MessageEvent<string>).data) as NodeEvent;
      listeners.forEach((listener) => listener(event));
    });
  }
}

export function unfollow() {
  source?.close();
  source = undefined;
}

function tell(now: boolean) {
  connected = now;
  watchers.forEach((watcher) => watcher(now));
}

/** Tells whether events arrive. */
export function useConnected(): boolean {
  const [now, set] = useState(connected);
  useEffect(() => {
    set(connected);
    watchers.add(set);
    return () => void watchers.delete(set);
  }, []);
  return now;
}

/** Tells whether an event is of these types: `member` is each of member-…, `resource:squid` one. */
function fits(event: NodeEvent, types: string[]) {
  const whole = `${event.type}:${event.data.name ?? ''}`;
  return types.some((type) => (type.includes(':') ? whole === type : event.type.startsWith(type)));
}

/** The events after which what a module shows of itself is to be read again. */
export function ofModule(id: string): string[] {
  return [`module:${id}`, `resource:${id}`];
}

/** Hears events of these types, and null after a gap. */
export function useEvents(types: string[], listener: Listener) {
  useEffect(() => {
    const filtered: Listener = (event) => {
      if (event === null || fits(event, types)) listener(event);
    };
    listeners.add(filtered);
    return () => void listeners.delete(filtered);
  });
}

export interface Live<T> {
  value: T | undefined;
  error: unknown;
  reload: () => Promise<void>;
}

/**
 * Reads a path now, and again after events of these types; of many at once, once. What failed for
 * the moment is read again by and by. Undefined reads nothing.
 */
export function useLive<T>(path: string | undefined, types: string[] = []): Live<T> {
  const [state, set] = useState<{ path?: string; value?: T; error?: unknown }>({});
  const order = useRef({ asked: 0, shown: 0, failed: 0, path: '', etag: '' });
  const retry = useRef((_millis: number) => {});
  const read = async (alive: () => boolean = () => true) => {
    if (path === undefined) return;
    const mine = ++order.current.asked;
    // An answer that comes late must not take the place of a later one.
    const counts = () => alive() && mine > order.current.shown;
    try {
      // A weak tag leaves out what changes all the time and is shown all the same.
      const { etag } = order.current;
      const known = order.current.path === path && !etag.startsWith('W/') ? etag : '';
      const found = await newer<T>(path, known);
      if (!counts()) return;
      // It is as that one was, but another has been shown meanwhile.
      if (!found && known !== order.current.etag) return read(alive);
      Object.assign(order.current, { shown: mine, failed: 0 });
      if (found) {
        Object.assign(order.current, { path, etag: found.etag });
        set({ path, value: found.value });
      } else {
        set((before) => (before.error === undefined ? before : { path, value: before.value! }));
      }
    } catch (error) {
      if (!counts()) return;
      order.current.shown = mine;
      set((before) => (before.path === path ? { ...before, error } : { path, error }));
      // No event says that it would be answered now; of a link that is back, there is one.
      if (connected && passes(error)) {
        retry.current(RETRY_MILLIS * 2 ** Math.min(order.current.failed++, MOST_DOUBLED));
      }
    }
  };
  useEffect(() => {
    let alive = true;
    let timer: number | undefined;
    let due = Infinity;
    let last = 0;
    void read(() => alive);
    const listener: Listener = (event) => {
      if (event !== null && !fits(event, types)) return;
      // One change shows at once, and what a job has done; where much else happens, the answer is
      // not fetched for each.
      const now = Date.now();
      const soon = event?.type === 'job' || now - last > BUSY_MILLIS;
      readAfter(soon ? SETTLE_MILLIS : BUSY_MILLIS);
    };
    const readAfter = (millis: number) => {
      const at = Date.now() + millis;
      if (!alive || at >= due) return;
      due = at;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        due = Infinity;
        last = Date.now();
        void read(() => alive);
      }, millis);
    };
    retry.current = readAfter;
    // Not everything makes an event: whoever comes back to the page sees what is now.
    const looked = () => void (document.visibilityState === 'visible' && listener(null));
    document.addEventListener('visibilitychange', looked);
    listeners.add(listener);
    return () => {
      alive = false;
      clearTimeout(timer);
      listeners.delete(listener);
      document.removeEventListener('visibilitychange', looked);
    };
  }, [path]);
  const current = state.path === path;
  return {
    value: current ? state.value : undefined,
    error: current ? state.error : undefined,
    reload: read,
  };
}

/**
 * Reads a path now, and again whenever the node has a newer answer, as long as `more` of it. Each
 * question waits at most half a minute for one.
 */
export function useNewest<T>(path: string, more: (value: T) => boolean): T | undefined {
  const [value, set] = useState<T>();
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      for (let etag = ''; !stop.signal.aborted; ) {
        const wait = etag ? `${path.includes('?') ? '&' : '?'}wait=30s` : '';
        const found = await newer<T>(path + wait, etag, stop.signal);
        if (!found) continue;
        set(found.value);
        if (!more(found.value)) return;
        etag = found.etag;
      }
    };
    // What broke it, the list of which it is part shows as well.
    read().catch(() => {});
    return () => stop.abort();
  }, [path]);
  return value;
}

/**
 * Hears events of one type that a path streams, until the page is left; undefined opens none. The
 * stream is opened anew when `again` is another.
 */
export function useStream<T>(
  path: string | undefined,
  type: string,
  listener: (value: T) => void,
  again = '',
) {
  useEffect(() => {
    if (path === undefined) return;
    const stream = new EventSource(path);
    stream.addEventListener(type, (message) =>
      listener(JSON.parse((message as MessageEvent<string>).data) as T),
    );
    stream.addEventListener('end', () => stream.close());
    return () => stream.close();
  }, [path, again]);
}
