/** Syncthing: folders and devices, pairing with nodes, and who waits to be let in. */
import { useRef } from 'preact/hooks';
import { call, path } from '../../api';
import { bytes, number } from '../../i18n';
import { type Live, ofModule, useLive } from '../../live';
import { plain } from '../../plain';
import { useMay } from '../../session';
import type { Service } from '../../types';
import { ask, Await, Button, Card, Copy, Empty, Field, State } from '../../ui';
import { syncthing } from './syncthing.lang';

const BASE = '/v1/modules/syncthing';
const CHANGES = ofModule('syncthing');

interface Folder {
  id: string;
  label: string;
  path: string;
  paused: boolean;
  state: string;
  error: string;
  bytes: number;
  bytes_needed: number;
}

interface Device {
  id: string;
  name: string;
  paused: boolean;
  connected: boolean;
  completion: Record<string, number>;
}

interface Pending {
  devices: { device: string; claims: string; node?: string }[];
  folders: { folder: string; label: string; device: string; node?: string }[];
}

export function SyncthingPanel() {
  const folders = useLive<{ folders: Folder[] }>(`${BASE}/folders`, CHANGES);
  const devices = useLive<{ own: string; devices: Device[] }>(`${BASE}/devices`, CHANGES);
  const pending = useLive<Pending>(`${BASE}/pending`, CHANGES);
  const operator = useMay('operator');
  const run: Run = async (method, where, body = {}) => {
    await call(method, BASE + where, body);
    await Promise.all([folders.reload(), devices.reload(), pending.reload()]);
  };
  return (
    <>
      <Inbox live={pending} run={run} />
      <Folders live={folders} run={run} />
      <Devices live={devices} run={run} />
      {operator && <Pair folders={folders.value?.folders ?? []} run={run} />}
    </>
  );
}

type Run = (method: 'POST' | 'PUT' | 'DELETE', where: string, body?: unknown) => Promise<void>;

function Inbox({ live, run }: { live: Live<Pending>; run: Run }) {
  const t = syncthing();
  const operator = useMay('operator');
  return (
    <Card title={t.inbox} more={<Button onClick={live.reload}>↻</Button>}>
      <Await live={live}>
        {({ devices, folders }) =>
          devices.length + folders.length === 0 ? (
            <Empty title={t.noInbox} />
          ) : (
            <ul class="list">
              {devices.map((one) => (
                <li key={one.device}>
                  <span class="grow">
                    <strong>{plain(one.node ?? one.claims)}</strong>{' '}
                    <code class="wrap">{one.device.slice(0, 15)}…</code>
                  </span>
                  {operator && (
                    <>
                      <Button
                        kind="primary"
                        onClick={() => run('POST', '/pending/accept', { device: one.device })}
                      >
                        {t.accept}
                      </Button>
                      <Button
                        onClick={() => run('POST', '/pending/reject', { device: one.device })}
                      >
                        {t.reject}
                      </Button>
                    </>
                  )}
                </li>
              ))}
              {folders.map((one) => (
                <li key={one.folder + one.device}>
                  <span class="grow">
                    <strong>{plain(one.label || one.folder)}</strong>{' '}
                    <span class="dim">{one.node ?? one.device.slice(0, 7)}</span>
                  </span>
                  {operator && (
                    <Button
                      kind="primary"
                      onClick={() =>
                        run('POST', '/pending/accept', { folder: one.folder, device: one.device })
                      }
                    >
                      {t.take}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </Card>
  );
}

function Folders({ live, run }: { live: Live<{ folders: Folder[] }>; run: Run }) {
  const t = syncthing();
  const operator = useMay('operator');
  const form = useRef<HTMLFormElement>(null);
  const add = async () => {
    if (!form.current!.reportValidity()) return;
    const data = new FormData(form.current!);
    await run('POST', '/folders', {
      folder: data.get('folder'),
      path: data.get('path'),
      versions: Number(data.get('versions')),
    });
    form.current!.reset();
  };
  const forget = async (folder: Folder) => {
    if (await ask(t.unshare, t.removeLoses(plain(folder.label)), t.unshare)) {
      await run('DELETE', path`/folders/${folder.id}`);
    }
  };
  return (
    <Card title={t.folders} more={<Button onClick={live.reload}>↻</Button>}>
      <Await live={live}>
        {({ folders }) =>
          folders.length === 0 ? (
            <Empty title={t.noFolders}>{t.noFoldersHow}</Empty>
          ) : (
            <ul class="list">
              {folders.map((folder) => (
                <li key={folder.id} class="tall">
                  <span class="grow">
                    <strong>{plain(folder.label)}</strong>{' '}
                    <code class="wrap">{plain(folder.path)}</code>
                    <br />
                    <span class="dim">
                      {bytes(folder.bytes)}
                      {folder.bytes_needed > 0 && `, ${t.missing(bytes(folder.bytes_needed))}`}
                      {folder.error && ` ${folder.error}`}
                    </span>
                  </span>
                  <State
                    state={folder.error ? 'failing' : folder.paused ? 'paused' : 'ok'}
                    word={folder.paused ? t.paused : folder.state}
                  />
                  {operator && (
                    <div class="row">
                      <Button
                        onClick={() =>
                          run(
                            'POST',
                            path`/folders/${folder.id}/${folder.paused ? 'resume' : 'pause'}`,
                          )
                        }
                      >
                        {folder.paused ? t.resume : t.pause}
                      </Button>
                      <Button onClick={() => run('POST', path`/folders/${folder.id}/scan`)}>
                        {t.scan}
                      </Button>
                      <Button kind="danger" onClick={() => forget(folder)}>
                        {t.unshare}
                      </Button>
                    </div>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Await>
      {operator && (
        <details>
          <summary class="button">{t.add}</summary>
          <form ref={form} onSubmit={(event) => event.preventDefault()}>
            <Field label={t.id}>
              <input name="folder" required pattern="[A-Za-z0-9._\-]{1,64}" />
            </Field>
            <Field label={t.path}>
              <input name="path" pattern="/.*" />
            </Field>
            <Field label={t.versions}>
              <input name="versions" type="number" min="0" max="100" value="0" />
            </Field>
            <Button kind="primary" type="submit" onClick={add}>
              {t.add}
            </Button>
          </form>
        </details>
      )}
    </Card>
  );
}

function Devices({ live, run }: { live: Live<{ own: string; devices: Device[] }>; run: Run }) {
  const t = syncthing();
  const operator = useMay('operator');
  const forget = async (device: Device) => {
    if (await ask(t.forget, t.forgetLoses(plain(device.name)), t.forget)) {
      await run('DELETE', path`/devices/${device.id}`);
    }
  };
  return (
    <Card title={t.devices}>
      <Await live={live}>
        {({ own, devices }) => (
          <>
            {devices.length === 0 ? (
              <Empty title={t.noDevices} />
            ) : (
              <ul class="list">
                {devices.map((device) => (
                  <li key={device.id}>
                    <span class="grow">
                      <strong>{plain(device.name)}</strong>{' '}
                      <span class="dim">
                        {Object.entries(device.completion)
                          .map(([folder, share]) => `${folder}: ${t.done(number(share, 1))}`)
                          .join(', ')}
                      </span>
                    </span>
                    <State
                      state={device.connected ? 'ok' : device.paused ? 'paused' : 'away'}
                      word={device.connected ? t.connected : device.paused ? t.paused : t.away}
                    />
                    {operator && (
                      <Button kind="danger" onClick={() => forget(device)}>
                        {t.forget}
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <p class="dim">{t.own}</p>
            <p class="row">
              <code class="wrap">{own}</code>
              <Copy text={own} />
            </p>
          </>
        )}
      </Await>
    </Card>
  );
}

/** Shares a folder with a node that announces its device. */
function Pair({ folders, run }: { folders: Folder[]; run: Run }) {
  const t = syncthing();
  const live = useLive<{ services: Service[] }>('/v1/services?type=syncthing', ['service']);
  const form = useRef<HTMLFormElement>(null);
  const others = (live.value?.services ?? []).filter((one) => one.trust !== 'own');
  const sync = async () => {
    if (form.current!.reportValidity()) {
      await run('POST', '/sync', Object.fromEntries(new FormData(form.current!)));
    }
  };
  return (
    <Card title={t.sync}>
      <p class="dim">{t.syncHow}</p>
      {others.length === 0 ? (
        <Empty title={t.noNodes} />
      ) : (
        <form ref={form} onSubmit={(event) => event.preventDefault()}>
          <Field label={t.node}>
            <select name="node">
              {others.map((one) => (
                <option value={one.node}>{one.node}</option>
              ))}
            </select>
          </Field>
          <Field label={t.folder}>
            <input name="folder" required list="folders" pattern="[A-Za-z0-9._\-]{1,64}" />
          </Field>
          <datalist id="folders">
            {folders.map((folder) => (
              <option value={folder.id} />
            ))}
          </datalist>
          <Button kind="primary" type="submit" onClick={sync}>
            {t.sync}
          </Button>
        </form>
      )}
    </Card>
  );
}
