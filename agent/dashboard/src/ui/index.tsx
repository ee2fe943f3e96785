/** The parts that pages are made of. Texts from others are children of elements, never markup. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Problem, Unreachable } from '../api';
import { common } from '../common.lang';
import { ago, moment } from '../i18n';
import { link } from '../router';
import { Icon, type IconName } from './icons';
import { toast } from './dialogs';

export { Icon } from './icons';
export { ask, toast, Dialogs } from './dialogs';

type Tone = 'ok' | 'bad' | 'warn' | 'none';

const TONES: Record<string, Tone> = {
  ok: 'ok',
  alive: 'ok',
  running: 'ok',
  done: 'ok',
  healthy: 'ok',
  failing: 'bad',
  failed: 'bad',
  dead: 'bad',
  unhealthy: 'bad',
  refused: 'bad',
  warning: 'warn',
  degraded: 'warn',
  leaving: 'warn',
  starting: 'warn',
  restarting: 'warn',
  paused: 'warn',
};
const MARKS: Record<Tone, IconName> = {
  ok: 'check',
  bad: 'cross',
  warn: 'warning',
  none: 'question',
};

export function toneOf(state: string): Tone {
  return TONES[state] ?? 'none';
}

/** A state in the reader's language; as the node says it, where that has no word for it. */
export function wordOf(state: string): string {
  const words = common() as unknown as Record<string, unknown>;
  const known = Object.hasOwn(words, state) ? words[state] : undefined;
  return typeof known === 'string' ? known : state;
}

/** A state by colour, mark and word; `word` where the page has a better one. */
export function State({ state, word }: { state: string; word?: string }) {
  const tone = toneOf(state);
  return (
    <span class={`state ${tone}`}>
      <Icon name={MARKS[tone]} />
      {word ?? wordOf(state)}
    </span>
  );
}

/** How something ended that was to be done. */
export function Outcome({ outcome }: { outcome: string }) {
  return (
    <span class="whole">
      <State state={outcome} word={common().outcomes[outcome] ?? outcome} />
    </span>
  );
}

export function Page({
  title,
  lead,
  actions,
  children,
}: {
  title: ComponentChildren;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}) {
  useEffect(() => {
    if (typeof title === 'string') document.title = `${title} · Cloudy`;
  }, [title]);
  return (
    <>
      <header class="page-head">
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="row">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** The way from one thing back to all of its kind. */
export function Back({ to, children }: { to: string[]; children: ComponentChildren }) {
  return (
    <a class="back" href={link(...to)}>
      <Icon name="back" />
      {children}
    </a>
  );
}

/** The parts of a page, of which one is looked at; each is a place below that of the page. */
export function Tabs({
  page,
  label,
  tabs,
  now,
}: {
  page: string;
  label: string;
  tabs: [name: string, title: string][];
  now: string;
}) {
  const list = useRef<HTMLElement>(null);
  // On a phone not all of them are seen at once.
  useLayoutEffect(() => {
    list.current!.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [now]);
  return (
    <nav class="tabs" aria-label={label} ref={list}>
      {tabs.map(([name, title]) => (
        <a href={link(page, name)} aria-current={name === now ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}

export function Card({
  title,
  more,
  children,
  wide,
}: {
  title?: ComponentChildren;
  more?: ComponentChildren;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const id = useId();
  return (
    <section class={wide ? 'card wide' : 'card'} aria-labelledby={title ? id : undefined}>
      {title && (
        <div class="card-head">
          <h2 id={id}>{title}</h2>
          {more}
        </div>
      )}
      {children}
    </section>
  );
}

/** What to show while there is nothing, with what one can do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children && <div>{children}</div>}
    </div>
  );
}

function messageOf(error: unknown): string {
  if (error instanceof Problem) return error.detail;
  if (error instanceof Unreachable) return common().unreachable;
  return String(error);
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div class="failure" role="alert">
      <Icon name="warning" />
      <p>{messageOf(error)}</p>
      {retry && <Button onClick={retry}>{common().retry}</Button>}
    </div>
  );
}

/**
 * Shows a value once it is there, and what went wrong if it is not. A page that is made of the
 * value has the title `title` until then.
 */
export function Await<T>({
  live,
  title,
  children,
}: {
  live: { value: T | undefined; error: unknown; reload?: () => Promise<void> };
  title?: string;
  children: (value: T) => ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Who came by the keyboard stands at the heading, and must not lose it to the one that follows.
  const held = heading.current !== null && heading.current === document.activeElement;
  useLayoutEffect(() => {
    if (held && live.value !== undefined) {
      document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
    }
  });
  return (
    <>
      {title !== undefined && live.value === undefined && (
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      )}
      {live.error !== undefined && (
        <Failure
          error={live.error}
          {...(live.reload ? { retry: () => void live.reload!() } : {})}
        />
      )}
      {live.value !== undefined
        ? children(live.value)
        : live.error === undefined && (
            <p class="loading" role="status">
              {common().loading}
            </p>
          )}
    </>
  );
}

type ButtonProps = Omit<JSX.HTMLAttributes<HTMLButtonElement>, 'onClick' | 'icon'> & {
  kind?: 'primary' | 'danger' | 'quiet';
  icon?: IconName;
  disabled?: boolean;
  type?: 'button' | 'submit';
  onClick?: () => unknown;
};

/**
 * A button that is out of use while what it began is not over, and says what went wrong. With
 * another text it is for something else, and of use again.
 */
export function Button({ kind, icon, onClick, disabled, children, ...rest }: ButtonProps) {
  const [begun, begin] = useState<string>();
  const deed = typeof children === 'string' ? children : '';
  const busy = begun === deed;
  const click = async () => {
    if (!onClick || busy) return;
    begin(deed);
    try {
      await onClick();
    } catch (error) {
      toast(messageOf(error), 'bad');
    } finally {
      begin((now) => (now === deed ? undefined : now));
    }
  };
  return (
    <button
      type="button"
      {...rest}
      class={`button ${kind ?? ''}`}
      disabled={disabled ?? false}
      aria-busy={busy}
      onClick={onClick ? () => void click() : undefined}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export function Copy({ text, label }: { text: string; label?: string }) {
  return (
    <Button
      kind="quiet"
      icon="copy"
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        toast(common().copied);
      }}
    >
      {label ?? common().copy}
    </Button>
  );
}

/** A time, as how long ago it was. */
export function Ago({ time }: { time: string | number }) {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const date = new Date(time);
  return (
    <time dateTime={date.toISOString()} title={moment(date)}>
      {ago((now - date.getTime()) / 1000)}
    </time>
  );
}

interface Column<T> {
  title: string;
  cell: (row: T) => ComponentChildren;
  /** Right-aligned, for numbers. */
  end?: boolean;
}

/** A table; on a narrow screen each row is a card, its cells labelled. */
export function Table<T>({
  caption,
  columns,
  rows,
  id,
}: {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  id: (row: T) => string;
}) {
  return (
    <div class="table-box">
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={column.end ? 'end' : ''}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={id(row)}>
              {columns.map((column) => (
                <td class={column.end ? 'end' : ''} data-label={column.title}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Field({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      {children}
      {hint && <span class="hint">{hint}</span>}
    </label>
  );
}

/** Where one types to what a list is to be narrowed. */
export function Search({
  label,
  words,
  change,
  short,
}: {
  label: string;
  words: string;
  change: (words: string) => void;
  short?: boolean;
}) {
  return (
    <input
      type="search"
      class={short ? 'short' : ''}
      placeholder={label}
      aria-label={label}
      value={words}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

/** Facts by name. */
export function Facts({ facts }: { facts: [string, ComponentChildren][] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
