// How the pages bear a large community: node bench/load.mjs [MINUTES]
// Serves the packed dashboard (mvn package first) beside answers made up here: 1,000 services on 300
// nodes, of which five services and a node change each second. All the while it does what people do,
// and prints each minute the heap, how long it takes from each click or key until its result is
// painted, and what was transferred.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launch } from '../e2e/browser.mjs';

const MEMBERS = 300;
const SERVICES = 1_000;
const CHANGES_A_SECOND = 5;
const minutes = Number(process.argv[2] ?? 10);
const packed = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../target/classes/community/cloudy/agent/dashboard',
);
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

const members = Array.from({ length: MEMBERS }, (_, i) => ({
  name: `node-${i}-${'of-a-long-name-'.repeat(i % 4)}`,
  address: `10.0.${i >> 8}.${i & 255}:7946`,
  status: i % 50 === 0 ? 'failed' : 'alive',
  tags: { cloudy: '1.2.3' },
  protocol: { serf_current: 5 },
  rtt_ms: i / 3,
}));
const services = Array.from({ length: SERVICES }, (_, i) => ({
  node: members[i % MEMBERS].name,
  id: `service-${i}`,
  type: ['website', 'nextcloud', 'proxy3', 'syncthing'][i % 4],
  name: `Service ${i}`,
  description: 'What it is for, in some words',
  endpoints: [
    { url: `http://10.0.0.1:${i + 1}/`, scheme: 'http', host: '10.0.0.1', port: i + 1, path: '/' },
  ],
  attributes: {},
  health: { state: 'ok', evidence: 'HTTP 200 in 3 ms' },
  trust: 'pinned',
  hidden: false,
  elsewhere: false,
  age_seconds: 3,
  rtt_ms: i / 10,
}));
const coordinates = members.map((member, i) => ({
  node: member.name,
  vector: [Math.sin(i), Math.cos(i * 3), Math.sin(i * 7) / 3].map((x) => x / 100),
}));
const answers = {
  '/v1/whoami': () => ({ login: 'admin', display: '', role: 'viewer', means: 'local' }),
  '/v1/agent': () => ({
    name: members[0].name,
    version: '1',
    community: 'large',
    key_fingerprint: 'f'.repeat(64),
    uptime_seconds: 100,
    gossip_address: members[0].address,
    encrypted: true,
    members: { alive: 294, leaving: 0, left: 0, failed: 6 },
  }),
  '/v1/members': () => ({ members }),
  '/v1/services': () => ({ services }),
  '/v1/coordinates': () => ({ coordinates }),
  '/v1/jobs': () => ({ jobs: [] }),
  '/v1/modules': () => ({ modules: [] }),
  '/v1/announcements': () => ({ announcements: [] }),
};

let bytes = 0;
const streams = new Set();
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  if (path === '/v1/events' && request.headers.accept === 'text/event-stream') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(':\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
    return;
  }
  const file = path === '/' ? '/index.html' : path;
  const one = path.startsWith('/v1/services/') ? () => services[0] : undefined;
  const answer = path === '/v1/events' ? () => ({ events: [] }) : (one ?? answers[path]);
  let body;
  let type = 'application/json';
  if (answer) body = gzipSync(JSON.stringify(answer()));
  else {
    type = TYPES[file.split('.').pop()];
    body = readFileSync(`${packed}${file}.gz`);
  }
  bytes += body.length;
  response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' }).end(body);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const url = `http://127.0.0.1:${server.address().port}`;

let count = 0;
function tell(type, data) {
  const event = { id: `1-${++count}`, time: new Date().toISOString(), type, data };
  for (const stream of streams)
    stream.write(`id: ${event.id}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`);
}
setInterval(() => {
  for (let i = 0; i < CHANGES_A_SECOND; i++) {
    const service = services[(count * 37) % SERVICES];
    service.health = { state: count % 2 ? 'failing' : 'ok', evidence: `look ${count}` };
    tell('service-change', { name: service.name, health: service.health.state });
  }
  const member = members[(count * 7) % MEMBERS];
  member.status = member.status === 'alive' ? 'failed' : 'alive';
  tell(member.status === 'alive' ? 'member-join' : 'member-failed', { name: member.name });
}, 1_000);

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const client = await page.context().newCDPSession(page);
await page.addInitScript(() => localStorage.setItem('cloudy.signed-in', 'yes'));
const begun = Date.now();
await page.goto(url);
await page.waitForSelector('#menu + main h1');
console.log(`first view after ${Date.now() - begun} ms, ${Math.round(bytes / 1024)} KiB`);

async function heap() {
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}

/** What people do, each in the page: what is done, and the selector of what must have come of it. */
const DEEDS = {
  'to services': ["location.hash = '#/services'", '.tile'],
  'key in search': ["type('input[type=search]', 'Service 9')", '.tile'],
  'choice of type': ["type('main select', 'nextcloud')", '.tile'],
  'to one service': ["document.querySelector('.tile-name').click()", '.back'],
  'to the network': ["location.hash = '#/network'", '.map a'],
  'to one node': [
    "document.querySelector('.map a').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))",
    '.back',
  ],
  'to the overview': ["location.hash = '#/'", '.tally'],
};

/** Does it, and returns how many milliseconds pass until the result is painted. */
const deed = (what, result) =>
  page.evaluate(
    async ([what, result]) => {
      const type = (selector, value) => {
        const control = document.querySelector(selector);
        control.value = value;
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      };
      const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const begun = performance.now();
      new Function('type', what)(type);
      do await painted();
      while (!document.querySelector(result));
      return performance.now() - begun;
    },
    [what, result],
  );

const all = Object.fromEntries(Object.keys(DEEDS).map((name) => [name, []]));
const at = (times, share) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const told = (times) =>
  `median ${at(times, 0.5).toFixed(0)} ms, p95 ${at(times, 0.95).toFixed(0)} ms, worst ${at(times, 1).toFixed(0)} ms`;

for (let minute = 0; minute < minutes; minute++) {
  const before = bytes;
  const end = Date.now() + 60_000;
  const times = [];
  while (Date.now() < end) {
    for (const [name, [what, result]] of Object.entries(DEEDS)) {
      const millis = await deed(what, result);
      times.push(millis);
      all[name].push(millis);
      await new Promise((later) => setTimeout(later, 700));
    }
  }
  console.log(
    `minute ${minute + 1}: heap ${(await heap()).toFixed(1)} MiB, ${times.length} deeds: ${told(times)};` +
      ` ${Math.round((bytes - before) / 1024)} KiB transferred`,
  );
}
for (const [name, times] of Object.entries(all)) console.log(`${name}: ${told(times)}`);
console.log(`all: ${told(Object.values(all).flat())}`);
await browser.close();
server.close();
process.exit(0);
