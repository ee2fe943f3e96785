/** Who may do what: oneself and one's tokens; for admins users, sessions and what was changed. */
import { useRef, useState } from 'preact/hooks';
import { call, path } from '../api';
import { common } from '../common.lang';
import { useLive } from '../live';
import type { Place } from '../router';
import { type Role, useMay, usePerson } from '../session';
import {
  Ago,
  ask,
  Await,
  Button,
  Card,
  Copy,
  Empty,
  Facts,
  Field,
  Outcome,
  Page,
  State,
  Table,
  Tabs,
  toast,
} from '../ui';
import { people } from './people.lang';

const ROLES: Role[] = ['viewer', 'operator', 'admin'];

export function People({ place }: { place: Place }) {
  const t = people();
  const admin = useMay('admin');
  const tab = place.parts[1] ?? 'me';
  const tabs: [string, string][] = [
    ['me', t.me],
    ['users', t.users],
    ['sessions', t.sessions],
    ['audit', t.audit],
  ];
  return (
    <Page title={t.title} lead={t.lead}>
      {admin && <Tabs page="people" label={t.title} tabs={tabs} now={tab} />}
      {tab === 'users' && admin ? (
        <Users />
      ) : tab === 'sessions' && admin ? (
        <Sessions />
      ) : tab === 'audit' && admin ? (
        <Audit />
      ) : (
        <Me />
      )}
    </Page>
  );
}

function Me() {
  const t = people();
  const person = usePerson();
  const everywhere = async () => {
    if (await ask(t.everywhere, t.everywhereLoses, t.everywhere)) {
      await call('POST', '/v1/logout', { everywhere: true });
      location.reload();
    }
  };
  return (
    <div class="grid">
      <Card title={t.me}>
        <Facts
          facts={[
            [t.login, person.login],
            [t.role, t.roles[person.role]],
            [t.means, t.meansOf[person.means] ?? person.means],
          ]}
        />
        <div class="row end">
          <Button onClick={everywhere}>{t.everywhere}</Button>
        </div>
      </Card>
      <Tokens />
    </div>
  );
}

interface Token {
  owner: string;
  name: string;
  role: Role;
  created: string;
  expires: string;
  used?: string;
}

function Tokens() {
  const t = people();
  const person = usePerson();
  const live = useLive<{ tokens: Token[] }>('/v1/tokens');
  const [secret, setSecret] = useState('');
  const name = useRef<HTMLInputElement>(null);
  const role = useRef<HTMLSelectElement>(null);
  const days = useRef<HTMLInputElement>(null);
  const make = async () => {
    if (!name.current!.reportValidity() || !days.current!.reportValidity()) return;
    const made = await call<{ token: string }>('POST', '/v1/tokens', {
      name: name.current!.value,
      role: role.current!.value,
      days: Number(days.current!.value),
    });
    setSecret(made.token);
    name.current!.value = '';
    await live.reload();
  };
  const revoke = async (token: Token) => {
    if (await ask(t.revoke, t.revokeLoses(token.name), t.revoke)) {
      await call('DELETE', path`/v1/tokens/${token.owner}/${token.name}`);
      await live.reload();
    }
  };
  const lower = ROLES.slice(0, ROLES.indexOf(person.role) + 1);
  return (
    <Card title={t.tokens}>
      <p class="dim">{t.tokensLead}</p>
      <Await live={live}>
        {({ tokens }) =>
          tokens.length === 0 ? (
            <Empty title={t.tokensNone} />
          ) : (
            <ul class="list">
              {tokens.map((token) => (
                <li key={`${token.owner}/${token.name}`}>
                  <span class="grow">
                    <strong>{token.name}</strong>{' '}
                    <span class="dim">
                      {token.owner}, {token.role}; {t.used}{' '}
                      {token.used ? <Ago time={token.used} /> : t.never}; {t.expires}{' '}
                      <Ago time={token.expires} />
                    </span>
                  </span>
                  <Button kind="danger" onClick={() => revoke(token)}>
                    {t.revoke}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Await>
      {secret && (
        <div role="status">
          <p>{t.made}</p>
          <p class="row">
            <code class="wrap">{secret}</code>
            <Copy text={secret} />
          </p>
        </div>
      )}
      <Field label={t.tokenName}>
        <input ref={name} required pattern="[A-Za-z0-9._\-]{1,64}" />
      </Field>
      <Field label={t.role}>
        <select ref={role}>
          {lower.map((one) => (
            <option value={one}>{t.roles[one]}</option>
          ))}
        </select>
      </Field>
      <Field label={t.days}>
        <input ref={days} type="number" min="1" max="365" value="90" required />
      </Field>
      <Button kind="primary" onClick={make}>
        {t.make}
      </Button>
    </Card>
  );
}

interface User {
  name: string;
  role: Role;
  locked: boolean;
}

function Users() {
  const t = people();
  const live = useLive<{ users: User[] }>('/v1/users');
  const form = useRef<HTMLFormElement>(null);
  const add = async () => {
    if (!form.current!.reportValidity()) return;
    const data = new FormData(form.current!);
    await call('POST', '/v1/users', Object.fromEntries(data));
    form.current!.reset();
    await live.reload();
  };
  return (
    <div class="grid">
      <Card title={t.users} wide>
        <p class="dim">{t.usersLead}</p>
        <Await live={live}>
          {({ users }) => (
            <Table
              caption={t.users}
              rows={users}
              id={(user) => user.name}
              columns={[
                { title: common().name, cell: (user) => user.name },
                { title: t.role, cell: (user) => t.roles[user.role] },
                {
                  title: common().state,
                  cell: (user) => (
                    <State
                      state={user.locked ? 'failed' : 'ok'}
                      word={user.locked ? t.locked : t.active}
                    />
                  ),
                },
                {
                  title: common().actions,
                  cell: (user) => <UserActions user={user} reload={live.reload} />,
                },
              ]}
            />
          )}
        </Await>
      </Card>
      <Card title={t.add}>
        <form ref={form} onSubmit={(event) => event.preventDefault()}>
          <Field label={common().name}>
            <input name="name" required autocomplete="off" autocapitalize="none" />
          </Field>
          <Field label={t.role}>
            <select name="role">
              {ROLES.map((one) => (
                <option value={one}>{t.roles[one]}</option>
              ))}
            </select>
          </Field>
          <Field label={t.password}>
            <input name="password" type="password" required autocomplete="new-password" />
          </Field>
          <Button kind="primary" type="submit" onClick={add}>
            {t.add}
          </Button>
        </form>
      </Card>
    </div>
  );
}

function UserActions({ user, reload }: { user: User; reload: () => Promise<void> }) {
  const t = people();
  const [open, setOpen] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const change = async () => {
    if (!password.current!.reportValidity()) return;
    await call('PUT', path`/v1/users/${user.name}/password`, { password: password.current!.value });
    setOpen(false);
    toast(t.changed);
  };
  const lock = async () => {
    await call('PUT', path`/v1/users/${user.name}/locked`, { locked: !user.locked });
    await reload();
  };
  const remove = async () => {
    if (await ask(t.remove, t.removeLoses(user.name), t.remove)) {
      await call('DELETE', path`/v1/users/${user.name}`);
      await reload();
    }
  };
  return (
    <div class="row">
      {open ? (
        <>
          <input
            ref={password}
            type="password"
            required
            autocomplete="new-password"
            aria-label={t.newPassword}
            placeholder={t.newPassword}
          />
          <Button kind="primary" onClick={change}>
            {common().save}
          </Button>
          <Button onClick={() => setOpen(false)}>{common().cancel}</Button>
        </>
      ) : (
        <>
          <Button onClick={() => setOpen(true)}>{t.change}</Button>
          <Button onClick={lock}>{user.locked ? t.unlock : t.lock}</Button>
          <Button kind="danger" onClick={remove}>
            {t.remove}
          </Button>
        </>
      )}
    </div>
  );
}

interface Session {
  login: string;
  role: Role;
  means: string;
  from: string;
  opened: string;
  used: string;
}

function Sessions() {
  const t = people();
  const live = useLive<{ sessions: Session[] }>('/v1/sessions');
  const end = async (login: string) => {
    if (await ask(t.end, t.endLoses(login), t.end)) {
      await call('DELETE', path`/v1/sessions/${login}`);
      await live.reload();
    }
  };
  return (
    <Card title={t.sessions} wide>
      <Await live={live}>
        {({ sessions }) =>
          sessions.length === 0 ? (
            <Empty title={t.sessionsNone} />
          ) : (
            <Table
              caption={t.sessions}
              rows={sessions}
              id={(session) => session.login + session.opened}
              columns={[
                { title: t.login, cell: (session) => session.login },
                { title: t.role, cell: (session) => session.role },
                { title: t.means, cell: (session) => t.meansOf[session.means] ?? session.means },
                { title: t.from, cell: (session) => session.from },
                { title: t.lastSeen, cell: (session) => <Ago time={session.used} /> },
                {
                  title: common().actions,
                  cell: (session) => (
                    <Button kind="danger" onClick={() => end(session.login)}>
                      {t.end}
                    </Button>
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

interface Entry {
  time: string;
  who: string;
  from: string;
  action: string;
  object: string;
  outcome: string;
  detail: string;
}

function Audit() {
  const t = people();
  const live = useLive<{ entries: Entry[] }>('/v1/audit?limit=200');
  return (
    <Card title={t.audit} wide>
      <Await live={live}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Empty title={t.auditNone} />
          ) : (
            <Table
              caption={t.audit}
              rows={entries}
              id={(entry) => entry.time + entry.action}
              columns={[
                { title: t.when, cell: (entry) => <Ago time={entry.time} /> },
                { title: t.who, cell: (entry) => entry.who },
                { title: t.what, cell: (entry) => `${entry.action} ${entry.object}` },
                { title: t.outcome, cell: (entry) => <Outcome outcome={entry.outcome} /> },
                { title: common().why, cell: (entry) => entry.detail },
              ]}
            />
          )
        }
      </Await>
    </Card>
  );
}
