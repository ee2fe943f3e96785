// How the pages bear a large community: node bench/load.mjs [MINUTES]
// 1,000 services on 300 nodes, of which five services and a node change each second. All the while
// it does what people do, and prints each minute the heap, how long it takes from each click or key
// until its result is painted, and what was transferred.
import { launch } from '../e2e/browser.mjs';
import { largeCommunity } from '../e2e/large.mjs';

const MEMBERS = 300;
const SERVICES = 1_000;
const CHANGES_A_SECOND = 5;
const minutes = Number(process.argv[2] ?? 10);

const community = await largeCommunity(MEMBERS, SERVICES);
const { members, services } = community;
let count = 0;
setInterval(() => {
  for (let i = 0; i < CHANGES_A_SECOND; i++) {
    const service = services[(++count * 37) % SERVICES];
    service.health = { state: count % 2 ? 'failing' : 'ok', evidence: `look ${count}` };
    community.tell('service-change', { name: service.name, health: service.health.state });
  }
  const member = members[(count * 7) % MEMBERS];
  member.status = member.status === 'alive' ? 'failed' : 'alive';
  community.tell(member.status === 'alive' ? 'member-join' : 'member-failed', {
    name: member.name,
  });
}, 1_000);

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const client = await page.context().newCDPSession(page);
await page.addInitScript(() => localStorage.setItem('cloudy.signed-in', 'yes'));
const begun = Date.now();
await page.goto(community.url);
await page.waitForSelector('#menu + main h1');
console.log(`first view after ${Date.now() - begun} ms, ${Math.round(community.bytes / 1024)} KiB`);

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
  const before = community.bytes;
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
      ` ${Math.round((community.bytes - before) / 1024)} KiB transferred`,
  );
}
for (const [name, times] of Object.entries(all)) console.log(`${name}: ${told(times)}`);
console.log(`all: ${told(Object.values(all).flat())}`);
await browser.close();
community.close();
process.exit(0);
