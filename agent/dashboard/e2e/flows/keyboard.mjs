// What people do most, by the keyboard alone.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { card, goTo, row } from '../browser.mjs';
import { settings, titled } from '../forms.mjs';
import { closed, IMAGE, open, openSignedOut, stage } from '../stage.mjs';
import { words } from '../words.mjs';

const MOST = 250;

/** What is focused is called, by label, name or text. */
function named(page) {
  return page.evaluate(() => {
    const { activeElement: one } = document;
    const label = one.labels?.[0]?.querySelector('.label') ?? one.labels?.[0];
    return (one.ariaLabel || label?.textContent || one.textContent || '').trim();
  });
}

/** Presses a key until what is focused has that name. */
async function reach(page, name, key = 'Tab') {
  for (let i = 0; i < MOST; i++) {
    await page.keyboard.press(key);
    if ((await named(page)) === name) {
      const shown = await page.evaluate(() => document.activeElement.matches(':focus-visible'));
      assert.ok(shown, `one sees that ${name} is focused`);
      return;
    }
  }
  assert.fail(`nothing called ${name} can be reached with ${key}`);
}

async function press(page, name) {
  await reach(page, name);
  await page.keyboard.press('Enter');
}

async function fill(page, name, text) {
  await reach(page, name);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Begins at the top of the page. */
const fromTop = (page) => page.evaluate(() => document.activeElement.blur());

describe('the keyboard alone', () => {
  it('signs in, skips the menu, and uses a service', async () => {
    const t = words('en');
    const page = await openSignedOut({ locale: 'en' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await fill(page, t.app.login, 'admin');
    await fill(page, t.app.password, stage.attic.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: t.overview.title }).waitFor();
    await press(page, t.app.skip);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'MAIN');
    await fromTop(page);
    await press(page, t.app.pages.services);
    await page.waitForFunction(
      (title) => document.activeElement.textContent === title,
      t.services.title,
    );
    await fill(page, t.services.search, 'Page of the roof');
    await page.getByText(t.services.shown(1)).waitFor();
    const popup = page.waitForEvent('popup');
    await press(page, t.services.open);
    const other = await popup;
    await other.waitForURL(stage.page);
    await other.close();
    await press(page, t.services.details);
    await card(page, t.services.reasons).waitFor();
    await closed(page);
  });

  it('stands at the heading as soon as another page is drawn', async () => {
    const page = await open({ locale: 'en' });
    await goTo(page, 'services');
    await goTo(page, 'people');
    await page.waitForFunction(() => document.activeElement.tagName === 'H1');
    const focused = await page.evaluate(
      () =>
        new Promise((told) => {
          document.activeElement.blur();
          addEventListener('hashchange', async () => {
            // What draws the page comes before the next event.
            for (let i = 0; i < 10; i++) await undefined;
            told(document.activeElement.tagName);
          });
          location.hash = '#/people/users';
        }),
    );
    assert.equal(focused, 'H1');
    await closed(page);
  });

  it('adds a user, and removes one after a question, to which Escape says no', async () => {
    const t = words('ca').people;
    const page = await open({ locale: 'ca' });
    await goTo(page, 'people/users');
    await row(page, 'admin').waitFor();
    await fill(page, words('ca').common.name, 'quim');
    await reach(page, t.role);
    await page.keyboard.press('ArrowDown');
    await fill(page, t.password, 'a long enough password 4');
    await page.keyboard.press('Enter');
    const user = row(page, 'quim');
    await user.getByText(t.roles.operator).waitFor();
    await fromTop(page);
    // The last in the table: backwards from the form.
    await reach(page, words('ca').common.name);
    await reach(page, t.remove, 'Shift+Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(t.removeLoses('quim')).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await named(page), t.remove);
    await page.keyboard.press('Enter');
    await press(page, t.remove);
    await user.waitFor({ state: 'detached' });
    await closed(page);
  });

  it('turns a module on and off', async () => {
    const t = words('es').modules;
    const page = await open({ locale: 'es' });
    const { announce } = await settings('squid');
    await goTo(page, 'modules/squid');
    for (const change of ['true → false', 'false → true']) {
      await reach(page, titled(announce, 'es'));
      await page.keyboard.press('Space');
      await press(page, `${t.apply} (${t.changes(1)})`);
      await page.getByText(`+ announce: ${change.split(' ').pop()}`).waitFor();
      await press(page, t.applyNow);
      await page.getByRole('status').getByText(t.applied).first().waitFor();
      await fromTop(page);
    }
    await closed(page);
  });

  it(
    'makes a stack and removes it',
    { skip: IMAGE ? false : 'needs a container engine' },
    async () => {
      const t = words('en').containers;
      const page = await open({ locale: 'en' });
      await goTo(page, 'stacks');
      await press(page, t.make);
      await fill(page, t.stackName, 'typed');
      await fill(
        page,
        t.files,
        `services: {web: {image: "${IMAGE}", network_mode: none, command: [sleep, "10000"], stop_grace_period: 1s}}`,
      );
      await press(page, t.saveStack);
      const tile = page.locator('.tile', { hasText: 'typed' });
      await tile.getByText(words('en').common.ok, { exact: true }).waitFor();
      await press(page, 'typed');
      await page.getByRole('heading', { level: 1, name: 'typed' }).waitFor();
      await page.locator('main .job').waitFor({ state: 'detached' });
      await press(page, t.removeData);
      await page.getByRole('dialog').getByText(t.removeDataLoses('typed')).waitFor();
      await press(page, t.removeData);
      await page.getByRole('link', { name: t.make }).waitFor();
      await tile.waitFor({ state: 'detached' });
      await closed(page);
    },
  );

  it('installs an app', { skip: IMAGE ? false : 'needs a container engine' }, async () => {
    const t = words('ca').apps;
    const { attic, web } = stage;
    await attic.cloudy('catalogue', 'add', `http://127.0.0.1:${web.port}/`);
    const page = await open({ locale: 'ca' });
    await goTo(page, 'apps');
    await press(page, 'Notes');
    await page.getByRole('heading', { level: 1, name: 'Notes' }).waitFor();
    await page.waitForFunction(() => document.activeElement.tagName === 'H1');
    await fill(page, 'Owner', 'Pere');
    await fill(page, 'Password', 'long enough for it');
    await fill(page, t.stackName, 'typed-notes');
    await page.keyboard.press('Enter');
    const tile = page.locator('.tile', { hasText: 'typed-notes' });
    await tile.getByText(words('ca').common.ok, { exact: true }).waitFor();
    await closed(page);
  });
});
