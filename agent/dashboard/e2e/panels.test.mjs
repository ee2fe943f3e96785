// What modules show of themselves, the map of places and the settings, in Chromium against three
// real agents with a real Squid and Syncthing, and a double of the streamer beside real ffmpeg.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { audit, goTo, launch, overflow, visit } from './browser.mjs';
import { freePort, until } from './community.mjs';

const CLOUDY = resolve(dirname(fileURLToPath(import.meta.url)), '../../target/cloudy/bin/cloudy');
const shots = process.env.CLOUDY_SHOTS;

/** Takes what a source sends, as a streamer does whom nobody has joined. */
const STREAMER = `
import { createSocket } from 'node:dgram';
const [, , ...args] = process.argv;
const ports = [args[args.indexOf('-P') + 1], /port0=([0-9]+)/.exec(args.join(' '))[1]];
for (const port of ports) createSocket('udp4').bind(Number(port), '127.0.0.1');
`;

/** Starts an agent whose folder and configuration are its own. */
async function started(name, folder, config) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'cloudy.yaml'), config);
  const log = openSync(join(folder, 'log'), 'a');
  const process = spawn(CLOUDY, ['agent', '--config', join(folder, 'cloudy.yaml')], {
    stdio: ['ignore', log, log],
  });
  const cloudy = async (...args) => {
    const { stdout } = await promisify(execFile)(CLOUDY, args, {
      env: { ...globalThis.process.env, CLOUDY_API: `unix:${folder}/sock` },
    });
    return stdout;
  };
  await until(
    `${name} answers`,
    () => existsSync(join(folder, 'sock')) && cloudy('members'),
    90_000,
  );
  return {
    name,
    cloudy,
    url: `http://${/listen: "([^"]+)"/.exec(config)[1]}`,
    password: readFileSync(join(folder, 'data/auth/first-admin-password'), 'utf8').trim(),
    async stop() {
      const gone = new Promise((exit) => process.once('exit', exit));
      process.kill('SIGTERM');
      await gone;
    },
  };
}

let folder;
let agents;
let browser;
let state;
let proxy;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'panels-'));
  execFileSync('chmod', ['755', folder]);
  const media = join(folder, 'films');
  mkdirSync(media);
  execFileSync('ffmpeg', [
    ...'-hide_banner -loglevel error -f lavfi -i testsrc=size=320x240:rate=25'.split(' '),
    ...'-f lavfi -i sine=frequency=440 -t 20 -c:v libx264 -pix_fmt yuv420p -g 50'.split(' '),
    ...'-c:a aac -f mpegts'.split(' '),
    join(media, 'film.ts'),
  ]);
  const streamer = join(folder, 'streamer');
  writeFileSync(join(folder, 'double.mjs'), STREAMER);
  writeFileSync(
    streamer,
    `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'double.mjs')}' "$@"\n`,
    { mode: 0o755 },
  );
  const ports = [];
  for (let i = 0; i < 9; i++) ports.push(await freePort());
  proxy = ports[6];
  const services = `containers: {engine: }
services:
  peerstreamer: {enabled: true, program: '${streamer}', dialect: classic, paths: ['${media}'],
    p2p_ports: 27200-27209, local_ports: 27210-27299}
  squid: {enabled: true, port: ${proxy}}
  syncthing: {enabled: true, port: ${ports[7]}, gui_port: ${ports[8]}}`;
  const more = [services, 'containers: {engine: }', 'containers: {engine: }'];
  const places = [', latitude: 41.6523, longitude: 2.1456', ', latitude: 41.7, longitude: 2.2', ''];
  agents = [];
  for (const [i, name] of ['attic', 'roof', 'cellar'].entries()) {
    const own = join(folder, name);
    const config = `node: {name: ${name}, data: ${own}/data, community: attics${places[i]}}
gossip: {bind: "127.0.0.1:${ports[i]}", join: ["127.0.0.1:${ports[0]}"], profile: local}
discovery: {mdns: false}
api: {listen: "127.0.0.1:${ports[i + 3]}", socket: ${own}/sock}
${more[i]}
`;
    agents.push(await started(name, own, config));
  }
  // What no honest node tells.
  await agents[2].cloudy('tags', '--set', 'geo=1e308,NaN');
  browser = await launch();
  const page = await visit(browser, agents[0]);
  state = await page.context().storageState();
  await page.context().close();
});

after(async () => {
  await browser?.close();
  for (const module of ['peerstreamer', 'squid', 'syncthing']) {
    await agents?.[0].cloudy('module', 'stop', module).catch(() => {});
  }
  await Promise.all((agents ?? []).map((agent) => agent.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const open = (options = {}) => visit(browser, agents[0], { state, ...options });

async function closed(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

/** Calls the node's API as root does. */
function call(method, path, body) {
  return new Promise((answered, failed) => {
    const sent = request(
      {
        socketPath: join(folder, 'attic/sock'),
        method,
        path,
        headers: { 'Content-Type': 'application/json' },
      },
      (response) => {
        response.resume();
        response.on('end', () => answered(response.statusCode));
      },
    );
    sent.on('error', failed);
    sent.end(JSON.stringify(body));
  });
}

/** Looks at it; in every size and both colours, with a picture of each, where that is asked for. */
async function lookedAt(name, place, prepare = async () => {}) {
  for (const [size, locale, colors] of [
    ['phone', 'ca', 'dark'],
    ['desk', 'es', 'light'],
    ...(shots
      ? [
          ['phone', 'en', 'light'],
          ['desk', 'en', 'dark'],
        ]
      : []),
  ]) {
    const page = await open({ size, locale, colors });
    await goTo(page, place);
    await prepare(page);
    assert.ok((await overflow(page)) <= 0, `${name} is wider than the screen`);
    assert.deepEqual(await audit(page), [], name);
    if (shots) {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: `${shots}/${name}-${size}-${colors}.png`, fullPage: true });
    }
    await closed(page);
  }
}

describe('what modules show of themselves', () => {
  it('a channel published elsewhere appears, and its state follows', async () => {
    const page = await open();
    await goTo(page, 'modules/peerstreamer');
    await agents[0].cloudy(
      'video',
      'publish',
      'garden',
      join(folder, 'films/film.ts'),
      '--title',
      'The garden',
    );
    await page.waitForSelector('text=The garden', { timeout: 30_000 });
    await page.waitForSelector('button:has-text("Play")', { timeout: 60_000 });
    await closed(page);
  });

  it('a folder added elsewhere appears on the page of Syncthing', async () => {
    const page = await open();
    await until('Syncthing is up', async () =>
      (await agents[0].cloudy('module')).match(/syncthing .* ok /),
    );
    await goTo(page, 'modules/syncthing');
    assert.equal(await call('POST', '/v1/modules/syncthing/folders', { folder: 'recipes' }), 200);
    await page.waitForSelector('text=recipes', { timeout: 30_000 });
    await closed(page);
  });

  it('what goes through the proxy is counted on its page', async () => {
    const page = await open();
    await until('Squid is up', async () =>
      (await agents[0].cloudy('module')).match(/squid .* ok /),
    );
    await goTo(page, 'modules/squid');
    await page.waitForSelector('main meter');
    const requests = () => page.textContent('main .card:has(meter) dd');
    const count = await requests();
    await new Promise((done, failed) => {
      const asked = request({ host: '127.0.0.1', port: proxy, path: 'http://127.0.0.1:1/' });
      asked.on('response', (response) => response.resume().on('end', done));
      asked.on('error', failed);
      asked.end();
    });
    await until('the page counts', async () => (await requests()) !== count, 90_000);
    await closed(page);
  });
});

describe('the player', () => {
  it('plays a channel where the browser knows no HLS, and is loaded only then', async () => {
    const page = await open();
    const loaded = [];
    page.on('request', (request) => loaded.push(request.url()));
    const player = () => loaded.some((url) => url.includes('/assets/hls-'));
    await page.evaluate(() => (HTMLMediaElement.prototype.canPlayType = () => ''));
    await goTo(page, 'modules/peerstreamer');
    await page.waitForSelector('button:has-text("Play")', { timeout: 60_000 });
    assert.ok(!player());
    await page.click('button:has-text("Play")');
    const time = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? -1);
    const begun = await until('it plays', async () => (await time()) > 0.5 && time());
    await until('it goes on', async () => (await time()) > begun + 3);
    assert.ok(player());
    assert.match(await page.evaluate(() => document.querySelector('video').src), /^blob:/);
    assert.deepEqual(await audit(page), []);
    if (shots) await page.screenshot({ path: `${shots}/player.png`, fullPage: true });
    await closed(page);
  });
});

describe('the map of places', () => {
  it('stays true to scale whatever nodes claim', async () => {
    const file = join(folder, 'map.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('../src/pages/map.ts', import.meta.url))],
      bundle: true,
      format: 'esm',
      outfile: file,
    });
    const { onGround } = await import(file);
    const at = (node, latitude, longitude) => ({ node, latitude, longitude });
    const kilometres = ({ spots: [a, b], metres, pixels }) =>
      (Math.hypot(a.x - b.x, a.y - b.y) / pixels) * (metres / 1000);
    const cities = [at('barcelona', 41.387, 2.17), at('girona', 41.979, 2.821)];
    assert.ok(Math.abs(kilometres(onGround(cities, 1000, 800, 9)) - 85) < 1);
    const islands = [at('east', -17, 179.9), at('west', -17, -179.9)];
    assert.ok(Math.abs(kilometres(onGround(islands, 1000, 800, 9)) - 21.3) < 0.5);
    const town = Array.from({ length: 50 }, (_, i) =>
      at(`n${i}`, 41.6 + Math.sin(i) / 20, 2.1 + Math.cos(i * 7) / 20),
    );
    const { spots, beyond } = onGround([...town, at('liar', -90, 180)], 1000, 400, 9);
    assert.equal(beyond, 1);
    assert.ok(spots.every(({ x, y }) => x >= 9 && x <= 991 && y >= 9 && y <= 391));
    const heights = spots.slice(0, 50).map(({ y }) => y);
    assert.ok(Math.max(...heights) - Math.min(...heights) > 300, 'the town fills the map');
    assert.ok(onGround([at('alone', 90, 0)], 300, 300, 9).spots[0].x > 0);
  });

  it('shows who tells theirs to scale, and lists who does not', async () => {
    const page = await open();
    await goTo(page, 'network');
    await page.focus('button[aria-pressed=false]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('svg.map .bar');
    assert.deepEqual(
      await page.$$eval('svg.map a title', (titles) => titles.map((one) => one.textContent).sort()),
      ['attic', 'roof'],
    );
    const spot = (name) =>
      page.$eval(`svg.map a[aria-label^=${name}] circle`, (circle) => [
        Number(circle.getAttribute('cx')),
        Number(circle.getAttribute('cy')),
      ]);
    const [attic, roof] = [await spot('attic'), await spot('roof')];
    assert.ok(roof[0] > attic[0] && roof[1] < attic[1], 'the roof is in the north-east');
    assert.match(await page.textContent('main'), /1 node does not say where it stands:\s*cellar/);
    await closed(page);
  });

  it('is good to look at', () =>
    lookedAt('places', 'network', async (page) => {
      await page.click('button[aria-pressed=false]');
      await page.waitForSelector('svg.map .bar');
    }));
});

describe('the settings', () => {
  it('tell where each key is written, and what the dashboard wrote', async () => {
    const page = await open();
    await call('PUT', '/v1/modules/graphs/config', { enabled: true });
    await goTo(page, 'settings');
    const row = (key) => page.textContent(`tr:has(td:first-child:has-text("${key}"))`);
    assert.match(await row('node.latitude'), /41\.6523.*cloudy\.yaml:1/);
    assert.match(await row('services.graphs.enabled'), /true.*changed here.*50-services-graphs/);
    await page.check('label.tick input');
    assert.match(await row('gossip.compression'), /as usual/);
    const [manual] = await Promise.all([
      page.context().waitForEvent('page'),
      page.click('a[aria-label="Manual: services.squid"]'),
    ]);
    await manual.waitForLoadState();
    assert.match(await manual.textContent('body'), /^# .*proxy/im);
    await closed(page);
  });

  it('are good to look at', () =>
    lookedAt('settings', 'settings', (page) => page.check('label.tick input')));
});

describe('what the doctor finds', () => {
  it('is said in the language of the reader', async () => {
    const page = await open({ locale: 'ca' });
    await goTo(page, 'doctor');
    const text = await page.textContent('main');
    assert.match(text, /gossip no va xifrat: qui arriba al port s’hi pot unir/);
    assert.match(text, /hi ha disponibles \d+ de \d+ MiB; l’agent n’ocupa \d+ MiB/);
    await closed(page);
  });

  it('is good to look at', () => lookedAt('doctor', 'doctor'));

  it('is on the overview as room on disk and in memory', () =>
    lookedAt('overview', '', async (page) => {
      const text = await page.textContent('main .facts');
      assert.match(text, /MiB.*MiB/s);
    }));
});
