// What all tests of the dashboard share: three agents with all they manage, and one browser.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit, launch, overflow, visit } from './browser.mjs';
import { Agent, cloudy, freePorts, until } from './community.mjs';
import { ADDRESS, device, webServer } from './parts.mjs';

export const IMAGE = process.env.CLOUDY_IMAGE;
/** Where a directory answers, with its people of `PEOPLE`. */
export const LDAP = process.env.CLOUDY_LDAP;
export const PEOPLE = {
  password: process.env.CLOUDY_LDAP_PASSWORD,
  operator: 'maria',
  viewer: 'joan',
};
export const STREAMER = process.env.CLOUDY_STREAMER;
/** Where pictures go of every page, and of what failed; if they are wanted. */
export const SHOTS = process.env.CLOUDY_SHOTS;

const VIDEO_PORTS = 30_100;
const MOST_SHOWN = 800;

/** Filled by `begin`. */
export const stage = {};

/** Starts everything. */
export async function begin() {
  const folder = process.env.CLOUDY_FOLDER ?? mkdtempSync(join(tmpdir(), 'dashboard-'));
  // The programs of modules give up their rights, and must still find their files.
  chmodSync(folder, 0o755);
  Object.assign(stage, { folder, parts: [] });
  stage.web = await webServer(join(folder, 'site'));
  stage.parts.push(stage.web);
  stage.device = await device(join(folder, 'device'));
  stage.parts.push(stage.device);
  stage.page = `http://${ADDRESS}:${stage.web.port}/`;
  const key = await catalogue(join(folder, 'site'));
  const ports = await freePorts(6);
  const agent = (i, name, config) =>
    new Agent(join(folder, name), name, ports[i], ports[i + 3], config);
  const gossip = (i) => ({ join: [`127.0.0.1:${ports[i]}`] });
  stage.roof = agent(1, 'roof', {
    node: { latitude: 41.7, longitude: 2.2 },
    gossip: gossip(0),
    containers: { engine: '' },
    services: await services(1, true),
  });
  stage.agents = [stage.roof];
  await stage.roof.start();
  const { key_fingerprint } = await stage.roof.get('/v1/agent');
  stage.attic = agent(0, 'attic', {
    node: { latitude: 41.6523, longitude: 2.1456 },
    gossip: gossip(1),
    discovery: { mdns: false, trusted_keys: [key_fingerprint] },
    containers: {
      engine: process.env.CLOUDY_ENGINE ?? '',
      catalogues: { trusted_keys: [key], allowed_hosts: ['127.0.0.1'] },
    },
    ...people(),
    services: { ...(await services(0)), ...(await servicesOfAttic()) },
  });
  stage.cellar = agent(2, 'cellar', { gossip: gossip(0), containers: { engine: '' } });
  stage.agents = [stage.attic, stage.roof, stage.cellar];
  await Promise.all([stage.attic.start(), stage.cellar.start()]);
  // What no honest node tells.
  await stage.cellar.cloudy('tags', '--set', 'geo=1e308,NaN');
  await stage.roof.announce('Page of the roof', stage.web.port, {
    description: 'What one sees from up there',
    endpoints: [{ scheme: 'http', host: ADDRESS, port: stage.web.port, path: '/' }],
    attributes: { season: 'all year' },
    check: { kind: 'http', interval: '2s' },
  });
  stage.browser = await launch();
  const page = await visit(stage.browser, stage.attic);
  stage.state = await page.context().storageState();
  await page.context().close();
}

function people() {
  if (!LDAP) return {};
  return {
    auth: {
      ldap: { servers: [LDAP], allow_plain: true, base: 'dc=example,dc=org' },
      roles: { operator: ['cn=ops,dc=example,dc=org'], viewer: ['*'] },
    },
  };
}

/** The modules that two nodes have. */
async function services(node, enabled = false) {
  const [port, gui] = await freePorts(2);
  const video = VIDEO_PORTS + 100 * node;
  return {
    syncthing: { enabled, port, gui_port: gui, local_discovery: false },
    ...(STREAMER && {
      peerstreamer: {
        enabled,
        program: STREAMER,
        dialect: 'classic',
        p2p_ports: `${video}-${video + 9}`,
        local_ports: `${video + 10}-${video + 99}`,
      },
    }),
  };
}

async function servicesOfAttic() {
  const [proxy, dns, control, statistics, snpservices] = await freePorts(5);
  Object.assign(stage, { proxy, dns });
  return {
    squid: {
      port: proxy,
      disk_mb: 0,
      who: { networks: ['127.0.0.0/8'] },
      destinations: { own_ports: [stage.web.port], homes: true },
      log_people: true,
    },
    bind: { port: dns, control_port: control, statistics_port: statistics },
    graphs: {
      interval: '10s',
      credentials: [{ name: 'lab', port: stage.device.port, community_file: stage.device.secret }],
      devices: [
        {
          id: 'here',
          title: 'This machine',
          address: '127.0.0.1',
          credential: 'lab',
          ports: ['lo'],
        },
        { id: 'there', title: 'The other', address: '127.0.0.2' },
      ],
      // Fine enough that a chart has something to show at once.
      store: { fine: { step: '10s', keep: '1h' } },
      snpservices: { port: snpservices },
    },
  };
}

/** Makes and signs a catalogue with one small app; returns the key by which it is trusted. */
async function catalogue(site) {
  const trusted = (await cloudy(['catalogue', 'key', join(site, '..', 'signer.pem')])).trim();
  await sign(site, 1, APP);
  return trusted;
}

/** Signs the catalogue anew, with a version of its app that asks for one thing more. */
export function publish(number, version, field) {
  const app = { ...APP, version, fields: [...APP.fields, field] };
  return sign(join(stage.folder, 'site'), number, app);
}

async function sign(site, number, app) {
  const folder = join(site, 'notes');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'app.yaml'), JSON.stringify(app));
  writeFileSync(join(folder, 'compose.yaml'), JSON.stringify(COMPOSE));
  const key = join(site, '..', 'signer.pem');
  const name = ['--name', 'near', '--version', `${number}`];
  await cloudy(['catalogue', 'sign', site, '--key', key, ...name]);
}

const APP = {
  id: 'notes',
  version: '1.0',
  title: { ca: 'Notes', es: 'Notas', en: 'Notes' },
  tagline: { ca: 'Apunta coses', es: 'Apunta cosas', en: 'Write things down' },
  description: { en: 'A place for notes.' },
  category: 'documents',
  licence: 'MIT',
  memory: '16m',
  disk: '16m',
  multi_instance: true,
  fields: [
    { name: 'TITLE', type: 'string', label: { en: 'Title' }, default: 'Ours', max_length: 20 },
    { name: 'OWNER', type: 'string', label: { en: 'Owner' }, required: true },
    { name: 'PAGES', type: 'integer', label: { en: 'Pages' }, default: '10', min: 1, max: 99 },
    { name: 'OPEN', type: 'boolean', label: { en: 'Open' }, default: 'false' },
    {
      name: 'COLOUR',
      type: 'choice',
      label: { en: 'Colour' },
      default: 'red',
      options: [
        { value: 'red', label: { en: 'Red' } },
        { value: 'blue', label: { en: 'Blue' } },
      ],
    },
    { name: 'PASSWORD', type: 'password', label: { en: 'Password' }, min_length: 10 },
    { name: 'KEY', type: 'secret', label: { en: 'Key' }, length: 40 },
  ],
  backup: { volumes: ['data'], before: { service: 'app', command: ['true'] } },
};
const COMPOSE = {
  services: {
    app: {
      image: IMAGE ?? 'none',
      network_mode: 'none',
      environment: {
        TITLE: '${TITLE}',
        OWNER: '${OWNER}',
        PAGES: '${PAGES}',
        OPEN: '${OPEN}',
        COLOUR: '${COLOUR}',
      },
      command: ['sh', '-c', 'echo "$$TITLE of $$OWNER, $$COLOUR"; sleep 10000'],
      stop_grace_period: '1s',
      volumes: ['data:/data'],
    },
  },
  volumes: { data: {} },
};

/** Ends everything, however far it came. */
export async function end() {
  await stage.browser?.close();
  const agents = (stage.agents ?? []).filter((agent) => agent.process);
  const ends = await Promise.allSettled([
    ...agents.map((agent) => agent.stopModules().finally(() => agent.stop())),
    ...stage.parts.map((part) => part.stop()),
  ]);
  if (!process.env.CLOUDY_FOLDER) rmSync(stage.folder, { recursive: true, force: true });
  for (const one of ends) if (one.reason) throw one.reason;
}

/** Opens a page of attic as its admin, or as `visit` is told. */
export async function open(options = {}) {
  stage.last = await visit(stage.browser, stage.attic, { state: stage.state, ...options });
  return stage.last;
}

/** Returns once nothing is in progress on attic. */
export function workOver() {
  return until('all work is over', async () =>
    (await stage.attic.get('/v1/jobs')).jobs.every(
      (job) => job.state !== 'running' && job.state !== 'waiting',
    ),
  );
}

/** Opens one on which nobody is signed in. */
export function openSignedOut(options = {}) {
  return open({ state: { cookies: [], origins: [] }, ...options });
}

/** Says what the last page shows, if it is still open, for then a test failed; and closes it. */
export async function leave(test) {
  const page = stage.last;
  if (!page || page.isClosed()) return;
  const shown = await page.evaluate(() => document.body.innerText);
  test.diagnostic(`${page.url()} shows: ${shown.replace(/\s+/g, ' ').slice(0, MOST_SHOWN)}`);
  if (SHOTS) {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: `${SHOTS}/last-${Date.now()}.png` });
  }
  await page.context().close();
}

/** Looks at what a page shows at a place: all within the screen, and nothing that axe finds. */
export async function looked(page, place, kind) {
  if (SHOTS) {
    mkdirSync(SHOTS, { recursive: true });
    const name = place.replace(/[^a-z0-9]+/gi, '-') || 'overview';
    await page.screenshot({ path: `${SHOTS}/${kind}-${name}.png`, fullPage: true });
  }
  assert.ok((await overflow(page)) <= 0, `${place} is wider than the screen`);
  assert.deepEqual(await audit(page), [], place);
}

/** Closes a page of which the browser must not have complained. */
export async function closed(page, expected = /^$/) {
  assert.deepEqual(
    page.complaints.filter((one) => !expected.test(one)),
    [],
  );
  await page.context().close();
}
