/** How the node is configured, where that is written, and whether it counts yet. */
import { useState } from 'preact/hooks';
import { call } from '../api';
import { useLive } from '../live';
import { link } from '../router';
import { useMay } from '../session';
import { Await, Button, Card, Empty, Page, State, Table, toast } from '../ui';
import { settings } from './settings.lang';

interface Value {
  key: string;
  value: string;
  source: 'default' | 'file' | 'api' | 'option';
  place?: string;
  in_use: boolean;
}

/** Where the manual tells of a part of the configuration. */
const MANUAL: Record<string, string> = {
  auth: 'people',
  containers: 'containers',
  plugins: 'modules',
  'services.syncthing': 'syncthing',
  'services.squid': 'squid',
  'services.bind': 'bind',
  'services.graphs': 'graphs',
  'services.peerstreamer': 'peerstreamer',
};

export function Settings() {
  const t = settings();
  const admin = useMay('admin');
  const live = useLive<{ values: Value[] }>(admin ? '/v1/config' : undefined, ['module']);
  const [all, showAll] = useState(false);
  if (!admin) {
    return (
      <Page title={t.title}>
        <Empty title={t.denied} />
      </Page>
    );
  }
  const reload = async () => {
    const answer = await call<{ refused: Record<string, string> }>('POST', '/v1/reload', {});
    const refused = Object.entries(answer.refused).map(([id, why]) => `${id}: ${why}`);
    toast(refused.join('\n') || t.reloaded, refused.length > 0 ? 'bad' : 'ok');
    await live.reload();
  };
  return (
    <Page title={t.title} lead={t.lead} actions={<Button onClick={reload}>{t.reload}</Button>}>
      <Card>
        <p>{t.where}</p>
        <p class="dim">{t.reloadHow}</p>
        <p>
          <a href={link('modules')}>{t.modules}</a>
        </p>
        <label class="tick">
          <input
            type="checkbox"
            checked={all}
            onChange={(event) => showAll(event.currentTarget.checked)}
          />
          {t.all}
        </label>
      </Card>
      <Await live={live}>
        {({ values }) => (
          <div class="spaced aligned">
            {[...grouped(values)].map(([name, section]) => (
              <Section key={name} name={name} values={section} all={all} />
            ))}
          </div>
        )}
      </Await>
    </Page>
  );
}

/** The values by the part they belong to; each module is one. */
function grouped(values: Value[]): Map<string, Value[]> {
  const parts = new Map<string, Value[]>();
  for (const value of values) {
    const [first = '', second = ''] = value.key.split('.');
    const part = first === 'services' ? `${first}.${second}` : first;
    parts.set(part, [...(parts.get(part) ?? []), value]);
  }
  return parts;
}

function Section({ name, values, all }: { name: string; values: Value[]; all: boolean }) {
  const t = settings();
  const shown = values.filter((one) => all || one.source !== 'default' || !one.in_use);
  return (
    <Card
      title={name}
      wide
      more={
        <a
          class="button quiet"
          href={`/docs/${MANUAL[name] ?? 'running-a-node'}.md`}
          target="_blank"
          rel="noopener"
          aria-label={`${t.manual}: ${name}`}
        >
          {t.manual}
        </a>
      }
    >
      {shown.length === 0 ? (
        <p class="dim">{t.usual}</p>
      ) : (
        <Table
          caption={name}
          rows={shown}
          id={(one) => one.key}
          columns={[
            { title: t.key, cell: (one) => <code class="wrap">{one.key}</code> },
            {
              title: t.value,
              cell: (one) =>
                one.value === '' ? (
                  <span class="dim">{t.empty}</span>
                ) : (
                  <span class="wrap">{one.value}</span>
                ),
            },
            { title: t.from, cell: (one) => <From value={one} /> },
          ]}
        />
      )}
    </Card>
  );
}

function From({ value }: { value: Value }) {
  const t = settings();
  return (
    <span>
      {value.source === 'default' && <span class="dim">{t.byDefault}</span>}
      {value.source === 'api' && <strong>{t.byDashboard}</strong>}
      {value.place && <code class="wrap"> {value.place}</code>}
      {!value.in_use && <State state="warning" word={t.notYet} />}
    </span>
  );
}
