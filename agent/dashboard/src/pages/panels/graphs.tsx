/** What is measured of devices and links, in charts. */
import { useMemo, useState } from 'preact/hooks';
import { call, path } from '../../api';
import { language, number } from '../../i18n';
import { ofModule, useLive } from '../../live';
import { plain } from '../../plain';
import { useMay } from '../../session';
import { Await, Button, Card, Empty, Facts, State, Table, Search } from '../../ui';
import { Chart, type Curve } from '../../ui/chart';
import { graphs } from './graphs.lang';

const BASE = '/v1/modules/graphs';
const CHANGES = ofModule('graphs');
const SHOWN = 100;

interface Port {
  port: number;
  title: string;
  name?: string;
  in?: number;
  out?: number;
}

interface Device {
  id: string;
  title: string;
  address?: string;
  snmp?: { condition: string; why: string };
  ping?: { up: boolean; loss: number; latency?: number };
  ports: Port[];
}

/** What a device is called; lists of strangers name some. */
function nameOf(device: Device): string {
  return plain(device.title || device.id);
}

interface Source {
  name: string;
  devices: number;
  problem?: string;
}

export function GraphsPanel() {
  const t = graphs();
  const live = useLive<{ devices: Device[]; sources: Source[] }>(`${BASE}/devices`, CHANGES);
  const [chosen, choose] = useState('');
  const [wanted, setWanted] = useState('');
  const operator = useMay('operator');
  const device = live.value?.devices.find((one) => one.id === chosen);
  if (device) {
    return <One device={device} all={live.value!.devices} back={() => choose('')} />;
  }
  const fits = (live.value?.devices ?? []).filter((one) =>
    `${one.id} ${one.title} ${one.address ?? ''}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <>
      <Card
        title={t.devices}
        wide
        more={
          <div class="row">
            <Search label={t.find} words={wanted} change={setWanted} short />
            <Button
              onClick={async () => {
                if (operator) await call('POST', `${BASE}/refresh`, {});
                await live.reload();
              }}
            >
              {t.refresh}
            </Button>
          </div>
        }
      >
        <Await live={live}>
          {({ devices }) =>
            devices.length === 0 ? (
              <Empty title={t.none}>{t.noneHow}</Empty>
            ) : (
              <Table
                caption={t.devices}
                rows={fits.slice(0, SHOWN)}
                id={(one) => one.id}
                columns={[
                  {
                    title: t.devices,
                    cell: (one) => (
                      <Button kind="quiet" onClick={() => choose(one.id)}>
                        {nameOf(one)}
                      </Button>
                    ),
                  },
                  { title: t.address, cell: (one) => <code>{one.address ?? '–'}</code> },
                  { title: t.ping, cell: (one) => <Ping device={one} /> },
                  {
                    title: t.snmp,
                    cell: (one) =>
                      one.snmp ? (
                        <State
                          state={one.snmp.condition === 'answers' ? 'ok' : 'failed'}
                          word={one.snmp.condition === 'answers' ? t.answers : one.snmp.why}
                        />
                      ) : (
                        '–'
                      ),
                  },
                ]}
              />
            )
          }
        </Await>
      </Card>
      <Card title={t.sources}>
        <Facts
          facts={(live.value?.sources ?? []).map((source) => [
            source.name,
            source.problem ?? t.source(source.devices),
          ])}
        />
      </Card>
    </>
  );
}

function Ping({ device }: { device: Device }) {
  const t = graphs();
  if (!device.ping) return <>–</>;
  const { up, latency, loss } = device.ping;
  return up ? (
    <State state={loss > 0 ? 'warning' : 'ok'} word={`${number(latency ?? 0, 1)} ms`} />
  ) : (
    <State state="failed" word={t.noAnswer} />
  );
}

interface Figures {
  availability?: number;
  latency?: { mean: number; max: number };
}

function One({ device, all, back }: { device: Device; all: Device[]; back: () => void }) {
  const t = graphs();
  const [seconds, setSeconds] = useState('86400');
  const [other, setOther] = useState('');
  const operator = useMay('operator');
  const [steps, setSteps] = useState<{ what: string; ok: boolean; found: string }[]>();
  const figures = useLive<Figures>(
    BASE + path`/devices/${device.id}/figures?from=${`-${seconds}`}`,
    CHANGES,
  );
  const test = async () => {
    const answer = await call<{ steps: { what: string; ok: boolean; found: string }[] }>(
      'POST',
      BASE + path`/devices/${device.id}/test`,
      {},
    );
    setSteps(answer.steps);
  };
  return (
    <>
      <Card
        title={nameOf(device)}
        wide
        more={
          <div class="row">
            <Button onClick={back}>{t.back}</Button>
            <select
              class="short"
              aria-label={t.range}
              value={seconds}
              onChange={(event) => setSeconds(event.currentTarget.value)}
            >
              {Object.entries(t.ranges).map(([value, name]) => (
                <option value={value}>{name}</option>
              ))}
            </select>
            <select
              class="short"
              aria-label={t.compare}
              value={other}
              onChange={(event) => setOther(event.currentTarget.value)}
            >
              <option value="">{t.compare}…</option>
              {all
                .filter((one) => one.id !== device.id)
                .map((one) => (
                  <option value={one.id}>{nameOf(one)}</option>
                ))}
            </select>
            {operator && <Button onClick={test}>{t.test}</Button>}
          </div>
        }
      >
        <Await live={figures}>
          {({ availability, latency }) => (
            <Facts
              facts={[
                [t.address, device.address ?? '–'],
                [t.availability, availability === undefined ? '–' : `${number(availability, 2)} %`],
                [t.mean, latency === undefined ? '–' : `${number(latency.mean, 1)} ms`],
              ]}
            />
          )}
        </Await>
        {steps && (
          <ul class="needs">
            {steps.map((step) => (
              <li key={step.what}>
                <State state={step.ok ? 'ok' : 'failing'} word={step.what} />
                <p>{step.found}</p>
              </li>
            ))}
          </ul>
        )}
        <p class="dim">{t.zoom}</p>
      </Card>
      {[device.id, ...(other ? [other] : [])].map((id) => (
        <Measured
          key={id}
          device={all.find((one) => one.id === id) ?? device}
          seconds={seconds}
          named={other !== ''}
        />
      ))}
    </>
  );
}

/** The charts of one device: answers, and each port. */
function Measured({ device, seconds, named }: { device: Device; seconds: string; named: boolean }) {
  const t = graphs();
  const prefix = named ? `${nameOf(device)}: ` : '';
  return (
    <>
      <Drawn
        device={device.id}
        measure="ping"
        port={0}
        seconds={seconds}
        title={prefix + t.latency}
      />
      {device.ports.map((port) => (
        <Drawn
          key={port.port}
          device={device.id}
          measure="traffic"
          port={port.port}
          seconds={seconds}
          title={prefix + plain(port.name ?? (port.title || `${t.traffic} ${port.port}`))}
        />
      ))}
    </>
  );
}

interface Series {
  from: number;
  step: number;
  series: { name: string; values: (number | null)[] }[];
}

function Drawn({
  device,
  measure,
  port,
  seconds,
  title,
}: {
  device: string;
  measure: 'ping' | 'traffic';
  port: number;
  seconds: string;
  title: string;
}) {
  const t = graphs();
  const query = path`?measure=${measure}&port=${port}&from=${`-${seconds}`}`;
  const live = useLive<Series>(
    `${BASE + path`/devices/${device}/series`}${query}&points=600`,
    CHANGES,
  );
  const picture = `${BASE + path`/pictures/${device}`}?kind=${measure === 'ping' ? 'pings' : 'traffic'}&port=${port}&from=-${seconds}&width=1000&height=300&lang=${language()}`;
  const drawn = useMemo(() => live.value && curves(measure, live.value), [live.value, language()]);
  return (
    <Card
      title={title}
      wide
      more={
        <div class="row">
          <a
            class="button quiet"
            href={`${BASE + path`/devices/${device}/csv`}${query}`}
            download={`${device}.csv`}
          >
            {t.download}
          </a>
          <a class="button quiet" href={picture} target="_blank" rel="noopener">
            {t.picture}
          </a>
        </div>
      }
    >
      {live.error !== undefined ? (
        <Empty title={t.noData} />
      ) : (
        drawn && (
          <Chart
            title={title}
            times={drawn.times}
            curves={drawn.curves}
            unit={measure === 'ping' ? '' : 'bit/s'}
          />
        )
      )}
    </Card>
  );
}

function curves(measure: 'ping' | 'traffic', found: Series): { times: number[]; curves: Curve[] } {
  const t = graphs();
  const values = (which: number) => found.series[which]?.values ?? [];
  const times = values(0).map((_, i) => found.from + (i + 1) * found.step);
  const bits = (which: number) => values(which).map((one) => (one === null ? null : one * 8));
  return {
    times,
    curves:
      measure === 'ping'
        ? [
            { name: `${t.loss} %`, values: values(0), area: true, tone: 3 },
            { name: `${t.answer} ms`, values: values(1), tone: 4 },
          ]
        : [
            { name: t.received, values: bits(0), area: true, tone: 1 },
            { name: t.sent, values: bits(1), tone: 2 },
          ],
  };
}
