/** The DNS server: zones, their records as served, and a question to it. */
import { useRef, useState } from 'preact/hooks';
import { get, path } from '../../api';
import { ofModule, useLive } from '../../live';
import { Await, Button, Card, Empty, Table } from '../../ui';
import { bind } from './bind.lang';

const BASE = '/v1/modules/bind';
const CHANGES = ofModule('bind');
const TYPES = ['A', 'AAAA', 'PTR', 'SRV', 'TXT', 'MX', 'NS', 'SOA'];

interface Zone {
  name: string;
  type: string;
  view: string;
  origin: string;
  serial?: number | null;
}

interface Entry {
  name: string;
  type: string;
  ttl: number;
  value: string;
}

export function BindPanel() {
  const t = bind();
  const live = useLive<{ zones: Zone[] }>(`${BASE}/zones`, CHANGES);
  const [zone, setZone] = useState('');
  return (
    <>
      <Card title={t.zones} wide more={<Button onClick={live.reload}>↻</Button>}>
        <Await live={live}>
          {({ zones }) =>
            zones.length === 0 ? (
              <Empty title={t.noZones} />
            ) : (
              <Table
                caption={t.zones}
                rows={zones}
                id={(one) => one.name + one.view}
                columns={[
                  {
                    title: t.zone,
                    cell: (one) => (
                      <Button kind="quiet" onClick={() => setZone(one.name)}>
                        {one.name}
                      </Button>
                    ),
                  },
                  { title: t.type, cell: (one) => one.type },
                  { title: t.view, cell: (one) => one.view },
                  { title: t.origin, cell: (one) => one.origin },
                  { title: t.serial, end: true, cell: (one) => one.serial ?? t.notServed },
                ]}
              />
            )
          }
        </Await>
      </Card>
      {zone && <Records zone={zone} key={zone} />}
      <Lookup />
    </>
  );
}

function Entries({ records, caption }: { records: Entry[]; caption: string }) {
  const t = bind();
  return (
    <Table
      caption={caption}
      rows={records}
      id={(one) => `${one.name} ${one.type} ${one.value}`}
      columns={[
        { title: t.name, cell: (one) => <code>{one.name}</code> },
        { title: t.type, cell: (one) => one.type },
        { title: t.value, cell: (one) => <code class="wrap">{one.value}</code> },
      ]}
    />
  );
}

function Records({ zone }: { zone: string }) {
  const t = bind();
  const [wanted, setWanted] = useState('');
  const live = useLive<{ records: Entry[]; total: number }>(
    BASE + path`/zones/${zone}/records?contains=${wanted}`,
    CHANGES,
  );
  return (
    <Card
      title={`${t.records}: ${zone}`}
      wide
      more={
        <input
          type="search"
          class="short"
          aria-label={t.contains}
          placeholder={t.contains}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      }
    >
      <Await live={live}>
        {({ records, total }) => (
          <>
            <p class="dim">{t.total(total)}</p>
            <Entries records={records} caption={t.records} />
          </>
        )}
      </Await>
    </Card>
  );
}

function Lookup() {
  const t = bind();
  const name = useRef<HTMLInputElement>(null);
  const type = useRef<HTMLSelectElement>(null);
  const [found, setFound] = useState<{ outcome: string; records: Entry[] }>();
  const ask = async () => {
    if (!name.current!.reportValidity()) return;
    const query = new URLSearchParams({ name: name.current!.value, type: type.current!.value });
    setFound(await get(`${BASE}/lookup?${query}`));
  };
  return (
    <Card title={t.lookup} wide>
      <div class="row">
        <input class="short" ref={name} required aria-label={t.name} />
        <select class="short" ref={type} aria-label={t.type}>
          {TYPES.map((one) => (
            <option value={one}>{one}</option>
          ))}
        </select>
        <Button onClick={ask}>{t.ask}</Button>
      </div>
      {found && (
        <div role="status">
          <p>{found.outcome}</p>
          <Entries records={found.records} caption={t.answer} />
        </div>
      )}
    </Card>
  );
}
