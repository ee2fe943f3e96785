/** The proxy: what went through it, how much was kept, and a try. */
import { useRef, useState } from 'preact/hooks';
import { call } from '../../api';
import { bytes, number } from '../../i18n';
import { ofModule, useLive } from '../../live';
import { useMay } from '../../session';
import { Await, Button, Card, Empty, Facts, Field, Table } from '../../ui';
import { squid } from './squid.lang';

const BASE = '/v1/modules/squid';
const CHANGES = ofModule('squid');

interface Traffic {
  name?: string;
  requests: number;
  hits: number;
  denied: number;
  bytes: number;
  hit_ratio: number;
}

export function SquidPanel() {
  const t = squid();
  const live = useLive<{ traffic: Traffic }>(`${BASE}/statistics`, CHANGES);
  const operator = useMay('operator');
  const admin = useMay('admin');
  return (
    <>
      <Card title={t.traffic} more={<Button onClick={live.reload}>↻</Button>}>
        <Await live={live}>
          {({ traffic }) => (
            <>
              <Facts
                facts={[
                  [t.requests, number(traffic.requests)],
                  [t.hits, `${number(traffic.hits)} (${number(traffic.hit_ratio * 100, 1)} %)`],
                  [t.denied, number(traffic.denied)],
                  [t.bytes, bytes(traffic.bytes)],
                ]}
              />
              <meter class="long" min={0} max={1} value={traffic.hit_ratio} aria-label={t.hits} />
            </>
          )}
        </Await>
      </Card>
      {operator && <Trial />}
      {admin && <People />}
    </>
  );
}

function Trial() {
  const t = squid();
  const url = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState('');
  const run = async () => {
    if (!url.current!.reportValidity()) return;
    const answer = await call<{ status: number; what: string; millis: number }>(
      'POST',
      `${BASE}/trial`,
      { url: url.current!.value },
    );
    setFound(t.trial(answer.status, answer.what, answer.millis));
  };
  return (
    <Card title={t.try}>
      <Field label={t.url}>
        <input ref={url} type="url" required placeholder="http://example.org/" />
      </Field>
      <Button onClick={run}>{t.try}</Button>
      <p role="status">{found}</p>
    </Card>
  );
}

/** Only where the community wants people told apart. */
function People() {
  const t = squid();
  const config = useLive<{ log_people?: boolean }>(`${BASE}/config`, CHANGES);
  const live = useLive<{ people: Traffic[]; sites: Traffic[] }>(
    config.value?.log_people ? `${BASE}/people` : undefined,
    CHANGES,
  );
  if (!config.value?.log_people) return null;
  const table = (title: string, rows: Traffic[]) => (
    <Card title={title}>
      {rows.length === 0 ? (
        <Empty title={t.noPeople} />
      ) : (
        <Table
          caption={title}
          rows={rows}
          id={(row) => row.name ?? ''}
          columns={[
            { title: t.name, cell: (row) => row.name },
            { title: t.requests, end: true, cell: (row) => number(row.requests) },
            { title: t.bytes, end: true, cell: (row) => bytes(row.bytes) },
          ]}
        />
      )}
    </Card>
  );
  return (
    <Await live={live}>
      {({ people, sites }) => (
        <>
          {table(t.people, people)}
          {table(t.sites, sites)}
        </>
      )}
    </Await>
  );
}
