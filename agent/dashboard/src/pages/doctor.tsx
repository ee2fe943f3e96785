/** The checks of this node, with evidence and remedies. */
import { useLive } from '../live';
import { useMay } from '../session';
import { told } from '../checks';
import type { Check } from '../types';
import { Await, Button, Card, Empty, Page, State } from '../ui';
import { doctor } from './doctor.lang';

export function DoctorPage() {
  const t = doctor();
  const mayLook = useMay('operator');
  const mayBundle = useMay('admin');
  const live = useLive<{ checks: Check[] }>(mayLook ? '/v1/doctor' : undefined);
  if (!mayLook) {
    return (
      <Page title={t.title}>
        <Empty title={t.denied} />
      </Page>
    );
  }
  return (
    <Page title={t.title} lead={t.lead} actions={<Button onClick={live.reload}>{t.again}</Button>}>
      <Await live={live}>
        {({ checks }) => (
          <Card wide>
            {checks.every((check) => check.state === 'ok') && <p>{t.well}</p>}
            <ul class="needs">
              {[...checks]
                .sort((a, b) => rank(a) - rank(b))
                .map(told)
                .map((check) => (
                  <li key={check.name + check.evidence}>
                    <State state={check.state} word={check.name} />
                    <p>{check.evidence}</p>
                    {check.remedy && <p class="remedy">{check.remedy}</p>}
                  </li>
                ))}
            </ul>
          </Card>
        )}
      </Await>
      {mayBundle && (
        <Card
          title={t.bundle}
          more={
            <a class="button" href="/v1/doctor/bundle" download="cloudy-support.json">
              {t.download}
            </a>
          }
        >
          <p class="dim">{t.bundleHow}</p>
        </Card>
      )}
    </Page>
  );
}

function rank(check: Check): number {
  return ['failing', 'warning', 'unknown', 'ok'].indexOf(check.state);
}
