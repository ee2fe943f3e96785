/** How the node is configured, and where that stands. */
import { call } from '../api';
import { link } from '../router';
import { useLive } from '../live';
import { useMay } from '../session';
import { Await, Button, Card, Empty, Facts, Page, toast } from '../ui';
import type { Json } from '../ui/schema';
import { settings } from './settings.lang';

type Config = { [key: string]: Json };

export function Settings() {
  const t = settings();
  const admin = useMay('admin');
  const live = useLive<{ config: Config }>(admin ? '/v1/doctor/bundle' : undefined);
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
      </Card>
      <Await live={live}>
        {({ config }) => (
          <div class="grid spaced">
            {Object.entries(config)
              .filter(([name]) => name !== 'modules')
              .map(([name, section]) => (
                <Card title={name} key={name}>
                  <Facts facts={flat(section).map(([key, value]) => [key, value || t.empty])} />
                </Card>
              ))}
          </div>
        )}
      </Await>
    </Page>
  );
}

/** The single values of a section, by the way to them. */
function flat(value: Json, path = ''): [string, string][] {
  if (Array.isArray(value)) return [[path, value.map((one) => JSON.stringify(one)).join(', ')]];
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, one]) => flat(one, path ? `${path}.${key}` : key));
  }
  return [[path || '·', String(value ?? '')]];
}
