import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { audit, goTo, launch, overflow, signIn, visit } from './browser.mjs';
import { community } from './community.mjs';

const PLACES = [
  '',
  'services',
  'network',
  'network/roof',
  'modules',
  'modules/squid',
  'modules/graphs',
  'modules/bind',
  'modules/peerstreamer',
  'people',
  'people/users',
  'people/sessions',
  'people/audit',
  'stacks',
  'stacks/containers',
  'stacks/images',
  'stacks/volumes',
  'stacks/new',
  'apps',
  'apps/of/cloudy/nextcloud',
  'apps/backups',
  'apps/schedules',
  'apps/catalogues',
  'doctor',
  'settings',
];
const ALLOWED = [
  "javascript:alert('1')",
  '{{constructor.constructor("alert(2)")()}}',
  'a'.repeat(60),
];
const REFUSED = ['<img src=x onerror=alert(3)>', '\u202Egnp.exe <script>alert(4)</script>'];
const shots = process.env.CLOUDY_SHOTS;

let nodes;
let browser;
let attic;
let state;

before(async () => {
  nodes = await community();
  [attic] = nodes.agents;
  await nodes.agents[1].cloudy(
    'announce',
    '--type',
    'website',
    '--name',
    'Page of the roof',
    '--port',
    '8080',
    '--check',
    'none',
  );
  browser = await launch();
  const page = await visit(browser, attic);
  state = await page.context().storageState();
  await page.context().close();
});

after(async () => {
  await browser?.close();
  await nodes?.stop();
});

const open = async (options = {}) => (last = await visit(browser, attic, { state, ...options }));

let last;

afterEach(async () => {
  if (shots && last && !last.isClosed()) {
    mkdirSync(shots, { recursive: true });
    await last.screenshot({ path: `${shots}/last-${Date.now()}.png` });
  }
});

async function closed(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

describe('every page', () => {
  for (const [size, locale, colors] of [
    ['phone', 'ca', 'dark'],
    ['phone', 'en', 'light'],
    ['desk', 'es', 'light'],
    ['desk', 'ca', 'dark'],
  ]) {
    it(`shows itself on a ${size} in ${locale} and ${colors}, without a complaint of the browser or axe`, async () => {
      const page = await open({ size, locale, colors });
      for (const place of PLACES) {
        await goTo(page, place);
        assert.equal(await page.getAttribute('html', 'lang'), locale);
        assert.ok((await overflow(page)) <= 0, `${place} is wider than the screen`);
        assert.deepEqual(await audit(page), [], place);
        if (shots) {
          mkdirSync(shots, { recursive: true });
          await page.screenshot({
            path: `${shots}/${size}-${colors}-${place.replaceAll('/', '-') || 'overview'}.png`,
            fullPage: true,
          });
        }
      }
      await closed(page);
    });
  }
});

describe('signing in', () => {
  it('tells a wrong password, lets in with the right one, and signs out', async () => {
    const page = await visit(browser, attic, { state: { cookies: [], origins: [] } });
    assert.deepEqual(await audit(page), []);
    await page.fill('input[name=login]', 'admin');
    await page.fill('input[name=password]', 'wrong');
    await page.click('button[type=submit]');
    await page.waitForSelector('[role=alert]');
    await signIn(page, 'admin', attic.password);
    await page.click('header.top button:has-text("Sign out")');
    await page.waitForSelector('input[name=login]');
    // The browser tells of every answer 401 by itself.
    page.complaints = page.complaints.filter((one) => !one.includes('401'));
    await closed(page);
  });
});

describe('what happens elsewhere', () => {
  it('appears without loading the page again', async () => {
    const page = await open();
    await goTo(page, 'services');
    await nodes.agents[2].cloudy(
      'announce',
      '--type',
      'website',
      '--name',
      'Fresh from the cellar',
      '--port',
      '8081',
      '--check',
      'none',
    );
    await page.waitForSelector('text=Fresh from the cellar', { timeout: 30_000 });
    await closed(page);
  });

  it('is inert, whatever names and addresses the others choose', async () => {
    const [, roof] = nodes.agents;
    for (const [i, name] of ALLOWED.entries()) {
      await roof.cloudy(
        'announce',
        '--type',
        'website',
        '--name',
        name,
        '--port',
        String(9000 + i),
        '--check',
        'none',
      );
    }
    for (const name of REFUSED) {
      await assert.rejects(
        roof.cloudy('announce', '--type', 'website', '--name', name, '--port', '9100'),
      );
      await roof.cloudy('event', name.slice(0, 60));
    }
    await roof.cloudy('tags', '--set', `note=${REFUSED[0]}`);
    const page = await open({ size: 'phone' });
    await goTo(page, 'services');
    await page.waitForSelector(`text=${'a'.repeat(60)}`);
    for (const place of ['services', '', 'network/roof']) {
      await goTo(page, place);
      assert.equal(await page.locator('main img[src=x], main script').count(), 0);
      const schemes = await page.$$eval('main a[href]', (links) =>
        links.map((link) => new URL(link.href).protocol),
      );
      assert.ok(
        schemes.every((scheme) => ['http:', 'https:'].includes(scheme)),
        schemes.join(),
      );
      assert.ok((await overflow(page)) <= 0, `${place} is wider than the screen`);
    }
    await closed(page);
  });

  it('is caught up with after the agent was away, on the same page', async () => {
    const page = await open();
    await goTo(page, 'services');
    await attic.stop();
    await page.waitForSelector('.banner', { timeout: 30_000 });
    await attic.start();
    await page.waitForSelector('.banner', { state: 'detached', timeout: 60_000 });
    page.complaints = page.complaints.filter((one) => !/Failed to load resource|ERR_/.test(one));
    // Sessions do not outlive the agent: the page asks who is there.
    if (await page.locator('input[name=login]').count())
      await signIn(page, 'admin', attic.password);
    await page.waitForSelector('text=Page of the roof');
    state = await page.context().storageState();
    await closed(page);
  });
});

describe('the keyboard alone', () => {
  /** Presses Tab until what is focused has that text. */
  async function tabTo(page, text) {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(
        () => document.activeElement?.ariaLabel || document.activeElement?.textContent?.trim(),
      );
      if (found === text) return;
    }
    assert.fail(`nothing called ${text} can be reached with Tab`);
  }

  it('signs in, skips the menu, opens a service, asks before it removes, and takes Escape for no', async () => {
    const page = await open({ state: { cookies: [], origins: [] } });
    await page.focus('input[name=login]');
    await page.keyboard.type('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.type(attic.password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#menu + main h1');
    await tabTo(page, 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN');
    await page.evaluate(() => document.activeElement.blur());
    await tabTo(page, 'Services');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.textContent === 'Services');
    await page.waitForSelector('.tile');
    await tabTo(page, 'Details');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Why it is shown so');
    await goTo(page, 'people/users');
    await page.locator('tr', { hasText: 'admin' }).waitFor();
    await tabTo(page, 'Remove');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('dialog')
      .waitFor({ state: 'detached' })
      .catch(() => {});
    await page.locator('tr', { hasText: 'admin' }).waitFor();
    await closed(page);
  });
});

describe('a viewer', () => {
  it('sees everything and is offered nothing that takes another role', async () => {
    const admin = await open();
    await goTo(admin, 'people/users');
    await admin.fill('input[name=name]', 'vera');
    await admin.fill('input[name=password]', 'a long enough password 2');
    await admin.click('button:has-text("Add a user")');
    await admin.locator('tr', { hasText: 'vera' }).waitFor();
    await closed(admin);
    const page = await open({ state: { cookies: [], origins: [] } });
    await signIn(page, 'vera', 'a long enough password 2');
    for (const place of PLACES) {
      await goTo(page, place);
      const offered = await page.$$eval('main .button.danger, main .button.primary', (all) =>
        all.map((one) => one.textContent),
      );
      assert.deepEqual(
        offered.filter((text) => !['Open', 'Make a token', 'Syncthing'].includes(text)),
        [],
        place,
      );
    }
    await closed(page);
  });
});

describe('people', () => {
  it('are added, locked out, let in and removed', async () => {
    const page = await open();
    await goTo(page, 'people/users');
    await page.fill('input[name=name]', 'maria');
    await page.fill('input[name=password]', 'a long enough password 1');
    await page.click('button:has-text("Add a user")');
    const row = page.locator('tr', { hasText: 'maria' });
    await row.waitFor();
    await row.getByRole('button', { name: 'Lock out' }).click();
    await row.getByText('locked out').waitFor();
    await row.getByRole('button', { name: 'Let in' }).click();
    await row.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByText('can no longer sign in').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
    await closed(page);
  });

  it('make tokens, which are shown once, and end them', async () => {
    const page = await open();
    await goTo(page, 'people');
    await page.getByLabel('What it is for').fill('backup');
    await page.getByRole('button', { name: 'Make a token' }).click();
    const token = await page.locator('[role=status] code').textContent();
    const answer = await fetch(`${attic.url}/v1/whoami`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    assert.equal(answer.status, 200);
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await page.getByText('There are no tokens.').waitFor();
    await closed(page);
  });
});

describe('a module', () => {
  it('is turned on by its form, which shows what will change', async () => {
    const page = await open();
    await goTo(page, 'modules/syncthing');
    await page.getByLabel('Manages the service').check();
    await page.getByRole('button', { name: /Review and apply/ }).click();
    await page.getByText('+ enabled: true').waitFor();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await page
      .locator('.card', { hasText: 'Since' })
      .getByText('working')
      .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Start' }).waitFor({ timeout: 60_000 });
    await closed(page);
  });
});

const IMAGE = process.env.CLOUDY_IMAGE;

describe('a stack', { skip: IMAGE ? false : 'needs a container engine' }, () => {
  const compose = (word, more = '') =>
    `services:\n  web:\n    image: ${IMAGE}\n    network_mode: none\n${more}    command: [sh, -c, "while :; do echo ${word}; sleep 1; done"]\n`;

  it('is refused with the line, then made, followed, changed, rolled back and removed', async () => {
    const page = await open();
    await goTo(page, 'stacks/new');
    await page.getByLabel('Name of the stack').fill('pad');
    await page.locator('textarea.code').fill(compose('one', '    privileged: true\n'));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('alert').getByText('compose.yaml:5').waitFor();
    await page.locator('textarea.code').fill(compose('one'));
    await page.getByRole('button', { name: 'Save and bring up' }).click();
    await page
      .locator('.tile', { hasText: 'pad' })
      .getByText('working')
      .waitFor({ timeout: 90_000 });

    await goTo(page, 'stacks/of/pad');
    await page.locator('.log', { hasText: 'web: one' }).waitFor();
    await page.locator('main .job').waitFor({ state: 'detached', timeout: 60_000 });
    await page.locator('textarea.code').fill(compose('two'));
    await page.getByRole('button', { name: 'Save and bring up' }).click();
    await page.locator('.log', { hasText: 'web: two' }).waitFor({ timeout: 90_000 });
    await page.getByLabel('Find in the log').fill('nothing like it');
    await page.getByText('Nothing has been written yet.').waitFor();
    await page.locator('main .job').waitFor({ state: 'detached', timeout: 60_000 });
    await page.locator('li', { hasText: /^2 .*in use/ }).waitFor();
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Go back to it' }).click();
    await page.waitForFunction(
      () => document.querySelector('textarea.code')?.value.includes('echo one'),
      null,
      { timeout: 90_000 },
    );
    await page.locator('main .job').waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByRole('button', { name: 'Remove with all data' }).click();
    await page.getByRole('dialog').getByText('cannot be undone').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove with all data' }).click();
    await page.getByText('There are no stacks yet').waitFor({ timeout: 60_000 });
    await closed(page);
  });

  it('of others, and its container, can be looked at, frozen and removed', async () => {
    await attic.cloudy('run', '--name', 'lonely', IMAGE, 'sh', '-c', 'echo here I am; sleep 1000');
    const page = await open();
    await goTo(page, 'stacks/containers');
    await page.getByRole('link', { name: 'lonely' }).click();
    await page.locator('.log', { hasText: 'here I am' }).waitFor();
    await page.locator('.figures').waitFor();
    await page.getByRole('button', { name: 'Freeze' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Freeze' }).waitFor();
    assert.deepEqual(await audit(page), []);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('There are no containers.').waitFor({ timeout: 30_000 });
    await closed(page);
  });
});
