// Whatever others write is shown as text: nothing of it acts, moves the page or hides what it is.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { goTo, overflow } from '../browser.mjs';
import { until } from '../community.mjs';
import { docker, oldNode, oldServices } from '../parts.mjs';
import { closed, IMAGE, open, stage, STREAMER } from '../stage.mjs';

const MARKUP = '<img src=x onerror="globalThis.harmed=1">';
const SCRIPT = '<script>globalThis.harmed=2</script>';
const BIDI = 'safe\u202egpj.exe\u2066\u200b';
const CONTROL = 'a\u0000b\u0007c\u001b[31mred\u001b]0;title\u0007';
const TEMPLATE = '{{constructor.constructor("globalThis.harmed=3")()}}';
const LINK = "javascript:globalThis.harmed='4'";
const WORD = 'w'.repeat(10_240);
const OLD = `${MARKUP}shed`;

/** What must not reach a page: it moves cursors, breaks lines or reorders text. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/;

/** Looks at a place that holds something hostile, of which `shown` must be there as text. */
async function inert(page, place, shown) {
  await goTo(page, place);
  if (shown) await page.locator('main', { hasText: shown }).waitFor();
  const found = await page.evaluate(() => {
    const main = document.querySelector('main');
    const all = [...document.querySelectorAll('body *')];
    return {
      harmed: globalThis.harmed,
      strangers: main.querySelectorAll('img:not(.app-icon), script, iframe, object, style').length,
      handlers: all.filter((one) => one.getAttributeNames().some((name) => name.startsWith('on')))
        .length,
      schemes: [...main.querySelectorAll('a[href]')].map(
        (one) => new URL(one.getAttribute('href'), location).protocol,
      ),
      texts: main.textContent + all.map((one) => one.title + (one.ariaLabel ?? '')).join(' '),
    };
  });
  assert.equal(found.harmed, undefined, place);
  assert.equal(found.strangers, 0, `${place} has elements that strangers wrote`);
  assert.equal(found.handlers, 0, `${place} has handlers that strangers wrote`);
  assert.deepEqual(
    found.schemes.filter((one) => one !== 'http:' && one !== 'https:'),
    [],
    place,
  );
  const unsafe = UNSAFE.exec(found.texts);
  assert.equal(
    unsafe && found.texts.slice(Math.max(0, unsafe.index - 60), unsafe.index + 60),
    null,
    place,
  );
  if ((await overflow(page)) > 0)
    assert.fail(`${place.slice(0, 80)} is wider than the screen: ${await widest(page)}`);
}

/** What reaches beyond the screen, from the outside in. */
function widest(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`)
      .slice(-4)
      .join('; '),
  );
}

describe('what others write', () => {
  let old;

  before(async () => {
    const { attic } = stage;
    old = await oldNode(OLD, attic.gossip, {
      note: MARKUP,
      bidi: BIDI,
      services: oldServices([
        { s: 'Docker', d: SCRIPT, m: 'x.guifi.local', i: '10.9.9.9', p: '80', e: MARKUP, t: BIDI },
        { s: MARKUP, d: 'type', m: '', i: '10.9.9.9', p: '81', e: '', t: '' },
        { s: 'Web', d: 'long', m: '', i: '10.9.9.9', p: '82', e: '', t: WORD.slice(0, 512) },
      ]),
    });
    for (const name of [MARKUP, SCRIPT, BIDI, LINK]) await old.serf('event', name, MARKUP);
    await old.serf('event', WORD.slice(0, 400));
    await assert.rejects(old.serf('event', WORD));
  });

  after(() => old?.stop());

  it('is refused where it could not be meant, and of this node alone', async () => {
    const { roof } = stage;
    for (const name of [MARKUP, SCRIPT, BIDI, CONTROL, WORD]) {
      await assert.rejects(roof.announce(name, 9100), /400|422/);
      await assert.rejects(roof.announce('x', 9100, { description: name }), /400|422/);
      await assert.rejects(roof.announce('x', 9100, { attributes: { a: name } }), /400|422/);
    }
    const endpoints = [{ scheme: 'javascript', host: '10.9.9.9', port: 1, path: '/%0aharmed=5' }];
    await assert.rejects(roof.announce('x', 9100, { endpoints }), /names no place/);
  });

  it('of services and nodes is inert', async () => {
    const { attic, roof } = stage;
    for (const [i, text] of [TEMPLATE, LINK, 'a'.repeat(64)].entries()) {
      await roof.announce(text, 9200 + i, {
        id: `hostile-${i}`,
        description: `${text} ${'b'.repeat(100)}`,
        attributes: { link: LINK, word: 'c'.repeat(255) },
      });
    }
    const known = async () => (await attic.get('/v1/services?limit=10000')).services;
    await until('the old node is heard', async () =>
      (await known()).some(
        (one) => one.description.includes('script') || one.name.includes('script'),
      ),
    );
    const all = await known();
    const page = await open({ size: 'phone', locale: 'en' });
    await inert(page, 'services', 'a'.repeat(64));
    for (const one of all.filter((one) => one.node !== 'attic')) {
      await inert(page, `services/${encodeURIComponent(one.node)}/${one.id}`, one.type);
    }
    await inert(page, '', 'event');
    await inert(page, 'network', 'img');
    const { members } = await attic.get('/v1/members');
    const { name } = members.find((one) => one.name.includes('img'));
    await inert(page, `network/${encodeURIComponent(name)}`, 'img');
    await inert(page, `network/${encodeURIComponent(MARKUP + WORD)}`, 'img');
    await closed(page);
  });

  it('of people who want to come in is inert', async () => {
    const { attic } = stage;
    for (const login of [MARKUP, BIDI, CONTROL, LINK, WORD]) {
      await fetch(`${attic.url}/v1/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ login, password: MARKUP }),
      });
    }
    const page = await open({ size: 'phone', locale: 'ca' });
    await inert(page, 'people/audit', 'login');
    await inert(page, 'people/sessions');
    await inert(page, 'people/users');
    await closed(page);
  });

  it('of containers is inert', { skip: IMAGE ? false : 'needs a container engine' }, async () => {
    const lines = `printf '%s\\n' '${MARKUP}' '${SCRIPT}' '${BIDI}' 'w'; printf '\\033[31mred\\033[0m\\007\\n'`;
    const word = "head -c 10240 /dev/zero | tr '\\0' w; echo; sleep 10000";
    await docker(
      ...['run', '-d', '--name', 'hostile', '--network', 'none', '--label', `note=${MARKUP}`],
      ...['--label', 'cloudy.service.type=website', '--label', `cloudy.service.name=${MARKUP}`],
      ...['--label', `com.docker.compose.project=${SCRIPT}`, '-v', `/tmp/${SCRIPT}:/${MARKUP}`],
      ...['-e', `NOTE=${MARKUP}`, IMAGE, 'sh', '-c', `${lines}; ${word}`],
    );
    const page = await open({ size: 'phone', locale: 'es' });
    await inert(page, 'stacks/containers', 'hostile');
    const { containers } = await stage.attic.get('/v1/containers');
    const { id } = containers.find((one) => one.name === 'hostile');
    await goTo(page, `stacks/container/${id}`);
    await page.locator('.log', { hasText: 'red' }).waitFor();
    await inert(page, `stacks/container/${id}`, MARKUP);
    await inert(page, 'stacks');
    await inert(page, `stacks/of/${encodeURIComponent(SCRIPT)}`);
    await inert(page, 'stacks/images');
    await inert(page, 'stacks/volumes');
    await docker('rm', '-f', 'hostile');
    await closed(page, /40[04]/);
  });

  it('of devices, zones, folders and channels is inert', async () => {
    const { attic, folder } = stage;
    const list = join(folder, 'devices.csv');
    writeFileSync(
      list,
      `71,#${MARKUP},127.0.0.71,${MARKUP};${SCRIPT}|5,Working\n` +
        `72,#${BIDI}${CONTROL.replaceAll('\0', '')},127.0.0.72,Working\n` +
        `73,#${WORD.slice(0, 4000)},127.0.0.73,Working\n`,
    );
    const graphs = await attic.get('/v1/modules/graphs/config');
    await attic.call('PUT', '/v1/modules/graphs/config', {
      ...graphs,
      csv: { ...graphs.csv, source: list },
    });
    await until('the list is read', async () =>
      (await attic.get('/v1/modules/graphs/devices')).devices.some((one) => one.id === '71'),
    );
    const bind = await attic.get('/v1/modules/bind/config');
    const record = (name, value) => ({ name, type: 'txt', value });
    await attic.call('PUT', '/v1/modules/bind/config', {
      ...bind,
      zones: {
        ...bind.zones,
        'hostile.example': {
          records: [
            record('markup', MARKUP),
            record('script', SCRIPT),
            record('word', WORD.slice(0, 200)),
          ],
        },
      },
    });
    const page = await open({ size: 'phone', locale: 'en' });
    await inert(page, 'modules/graphs', MARKUP);
    await page.getByRole('button', { name: MARKUP }).click();
    await page.getByRole('heading', { level: 2, name: MARKUP }).first().waitFor();
    await inert(page, 'modules/graphs', MARKUP);
    await goTo(page, 'modules/bind');
    await page.getByRole('button', { name: 'hostile.example' }).click();
    await page.locator('td', { hasText: 'onerror' }).waitFor();
    await inert(page, 'modules/bind', 'onerror');
    if (STREAMER) await inert(page, 'modules/peerstreamer');
    await closed(page, /404.*\/series/);
  });

  it('of who wants to share a folder is inert', async () => {
    const { attic, roof } = stage;
    const base = '/v1/modules/syncthing';
    const config = readFileSync(`${roof.folder}/state/services/syncthing/home/config.xml`, 'utf8');
    const key = /<apikey>(.*?)<\/apikey>/.exec(config)[1];
    const gui = /<gui[^>]*>\s*<address>(.*?)<\/address>/.exec(config)[1];
    const rest = async (method, path, body) => {
      const answer = await fetch(`http://${gui}/rest/config/${path}`, {
        method,
        headers: { 'X-API-Key': key },
        body: JSON.stringify(body),
      });
      assert.ok(answer.ok, await answer.text());
    };
    const { own: theirs } = await roof.get(`${base}/devices`);
    const { own: ours } = await attic.get(`${base}/devices`);
    await rest('PATCH', `devices/${theirs}`, { name: `${MARKUP}${BIDI}` });
    await rest('PUT', 'folders/hostile', {
      id: 'hostile',
      label: `${SCRIPT}${CONTROL.replaceAll('\0', '')}${WORD}`,
      path: `${roof.folder}/state/services/syncthing/data/${encodeURIComponent('hostile')}`,
      devices: [{ deviceID: theirs }, { deviceID: ours }],
    });
    await until('roof asks', async () => {
      for (const deed of ['pause', 'resume'])
        await roof.call('POST', `${base}/devices/${ours}/${deed}`, {});
      return (await attic.get(`${base}/pending`)).devices.length;
    });
    const page = await open({ size: 'phone', locale: 'ca' });
    await inert(page, 'modules/syncthing', theirs.slice(0, 7));
    await attic.call('POST', `${base}/pending/accept`, { device: theirs });
    await until(
      'the folder is offered',
      async () => (await attic.get(`${base}/pending`)).folders.length,
    );
    await inert(page, 'modules/syncthing', 'globalThis.harmed=2');
    await closed(page);
  });
});
