/** Where somebody says who they are. */
import { useRef, useState } from 'preact/hooks';
import { call } from './api';
import { LanguageChoice } from './app';
import { app } from './app.lang';
import type { Language } from './i18n';
import type { Person } from './session';
import { Failure, Field } from './ui';

export function Login({
  enter,
  changeLanguage,
}: {
  enter: (person: Person) => void;
  changeLanguage: (language: Language) => void;
}) {
  const login = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const submit = async (event: Event) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      enter(
        await call<Person>('POST', '/v1/login', {
          login: login.current!.value,
          password: password.current!.value,
        }),
      );
    } catch (error) {
      setState({ busy: false, error });
      password.current!.select();
    }
  };
  return (
    <main class="login">
      <form class="card" onSubmit={(event) => void submit(event)}>
        <h1>
          <img src="favicon.svg" alt="" width="40" height="40" /> Cloudy
        </h1>
        <p class="lead">{app().signInLead}</p>
        {state.error !== undefined && <Failure error={state.error} />}
        <Field label={app().login}>
          <input ref={login} name="login" autocomplete="username" autocapitalize="none" required />
        </Field>
        <Field label={app().password}>
          <input
            ref={password}
            name="password"
            type="password"
            autocomplete="current-password"
            required
          />
        </Field>
        <button type="submit" class="button primary" disabled={state.busy}>
          {app().signIn}
        </button>
        <LanguageChoice change={changeLanguage} />
      </form>
    </main>
  );
}
