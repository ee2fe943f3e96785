/** The app that a stack came of, and its update to what its catalogue has by now. */
import { useRef } from 'preact/hooks';
import { path } from '../api';
import { language } from '../i18n';
import { begin } from '../jobs';
import { useLive } from '../live';
import { link } from '../router';
import { useMay } from '../session';
import type { Stack, StackApp } from '../types';
import { ask, Await, Button, Card, Facts } from '../ui';
import { AppControl, type AppField, filledIn } from './appform';
import { apps } from './apps.lang';

export function AppCard({ stack, app, busy }: { stack: Stack; app: StackApp; busy: boolean }) {
  const t = apps();
  const operator = useMay('operator');
  return (
    <Card
      title={t.app}
      more={app.newest && <span class="chip">{t.available(app.newest)}</span>}
      wide
    >
      <Facts
        facts={[
          [t.app, <a href={link('apps', 'of', app.catalogue, app.id)}>{app.id}</a>],
          [t.version, app.version],
          [t.catalogue, app.catalogue],
        ]}
      />
      {operator && app.newest && (
        <Update key={app.newest} stack={stack} app={app} newest={app.newest} busy={busy} />
      )}
    </Card>
  );
}

interface Updated {
  stack: Stack;
  app: StackApp;
  newest: string;
  busy: boolean;
}

/** Asks for what the newest version needs and the stack does not have, and only then for more. */
function Update(props: Updated) {
  return props.app.lacking?.length ? <Asking {...props} /> : <UpdateForm {...props} fields={[]} />;
}

function Asking(props: Updated) {
  const { id, catalogue, lacking } = props.app;
  const live = useLive<{ fields: AppField[] }>(
    path`/v1/apps/${id}?catalogue=${catalogue}&lang=${language()}`,
  );
  return (
    <Await live={live}>
      {({ fields }) => (
        <UpdateForm {...props} fields={fields.filter((field) => lacking!.includes(field.name))} />
      )}
    </Await>
  );
}

function UpdateForm({ stack, app, newest, busy, fields }: Updated & { fields: AppField[] }) {
  const t = apps();
  const form = useRef<HTMLFormElement>(null);
  const edited = (app.edited ?? []).join(', ');
  const update = async () => {
    if (!form.current!.reportValidity()) return;
    const values = filledIn(form.current!, fields);
    const loses = edited
      ? `${t.updateLoses} ${t.editedLoses(edited, stack.version)}`
      : t.updateLoses;
    if (await ask(t.updateTo(newest), loses, t.updateTo(newest))) {
      await begin('POST', path`/v1/stacks/${stack.name}/update`, { values, force: edited !== '' });
    }
  };
  return (
    <form ref={form} onSubmit={(event) => event.preventDefault()}>
      {fields.map((field) => (
        <AppControl field={field} key={field.name} />
      ))}
      <Button kind="primary" type="submit" disabled={busy} onClick={update}>
        {t.updateTo(newest)}
      </Button>
    </form>
  );
}
