// Who comes in, as what, and how they go.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { audit, button, card, goTo, row, signIn, sure } from '../browser.mjs';
import { closed, LDAP, open, openSignedOut, PEOPLE, stage } from '../stage.mjs';
import { words } from '../words.mjs';
import { PLACES } from './places.mjs';

/** A browser tells of every answer 401 by itself. */
const DENIED = /401/;

describe('signing in', () => {
  it('tells a wrong password, lets in with the right one, and signs out', async () => {
    const page = await openSignedOut({ size: 'phone' });
    assert.deepEqual(await audit(page), []);
    await page.getByRole('combobox').selectOption('ca');
    const t = words('ca').app;
    await page.getByLabel(t.login, { exact: true }).fill('admin');
    await page.getByLabel(t.password, { exact: true }).fill('wrong');
    await button(page, t.signIn).click();
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await audit(page), []);
    await page.getByLabel(t.password, { exact: true }).fill(stage.attic.password);
    await button(page, t.signIn).click();
    await page.getByRole('heading', { name: words('ca').overview.title }).waitFor();
    await button(page, t.signOut).click();
    await button(page, t.signIn).waitFor();
    await closed(page, DENIED);
  });

  it('ends on every browser at once, if that is wanted', async () => {
    await stage.attic.call('POST', '/v1/users', {
      name: 'pau',
      role: 'operator',
      password: 'a long enough password 1',
    });
    const pages = [await openSignedOut({ locale: 'es' }), await openSignedOut({ locale: 'es' })];
    for (const page of pages) await signIn(page, 'pau', 'a long enough password 1');
    const t = words('es').people;
    await goTo(pages[0], 'people');
    await sure(pages[0], button(pages[0], t.everywhere), t.everywhere, t.everywhereLoses);
    // The other hears of it when it next asks for something.
    await pages[1].getByRole('link', { name: words('es').app.pages.doctor }).click();
    for (const page of pages) {
      await button(page, words('es').app.signIn).waitFor();
      await closed(page, DENIED);
    }
  });
});

describe('language and colours', () => {
  it('are chosen below the menu, and kept', async () => {
    const page = await open({ locale: 'en', colors: 'light' });
    const theme = () => page.getAttribute('html', 'data-theme');
    assert.equal(await theme(), 'light');
    await page.getByLabel(words('en').app.theme).selectOption('dark');
    assert.equal(await theme(), 'dark');
    await page.getByLabel(words('en').app.language).selectOption('es');
    const title = page.getByRole('heading', { level: 1, name: words('es').overview.title });
    await title.waitFor();
    await page.reload();
    await title.waitFor();
    assert.equal(await page.getAttribute('html', 'lang'), 'es');
    assert.equal(await theme(), 'dark');
    await page.getByLabel(words('es').app.theme).selectOption('auto');
    assert.equal(await theme(), 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await closed(page);
  });
});

describe('the directory', { skip: LDAP ? false : 'needs a directory' }, () => {
  it('lets in whom it knows, with the role of their group', async () => {
    const t = words('ca').people;
    for (const [login, role] of [
      [PEOPLE.operator, 'operator'],
      [PEOPLE.viewer, 'viewer'],
    ]) {
      const page = await openSignedOut({ locale: 'ca' });
      await signIn(page, login, PEOPLE.password);
      await goTo(page, 'people');
      const me = card(page, t.me);
      await me.getByText(t.meansOf.ldap).waitFor();
      await me.getByText(t.roles[role]).waitFor();
      assert.equal(await page.getByRole('link', { name: t.users }).count(), 0);
      await closed(page);
    }
  });

  it('has people whose sessions an admin ends', async () => {
    const t = words('en').people;
    const theirs = await openSignedOut();
    await signIn(theirs, PEOPLE.viewer, PEOPLE.password);
    const page = await open();
    await goTo(page, 'people/sessions');
    const session = row(page, PEOPLE.viewer).first();
    await session.getByText(t.meansOf.ldap).waitFor();
    await sure(page, button(session, t.end), t.end, t.endLoses(PEOPLE.viewer));
    await row(page, PEOPLE.viewer).first().waitFor({ state: 'detached' });
    await button(theirs, words('en').app.signIn).waitFor();
    await closed(theirs, DENIED);
    await closed(page);
  });

  it('has viewers, who see everything and are offered nothing that takes another role', async () => {
    const page = await openSignedOut({ locale: 'en' });
    await signIn(page, PEOPLE.viewer, PEOPLE.password);
    const t = words('en');
    for (const place of PLACES) {
      await goTo(page, place);
      const offered = await page
        .locator('main .button.danger, main .button.primary')
        .allTextContents();
      const free = [t.services.open, t.people.make, 'Syncthing', t.video.play];
      assert.deepEqual(
        offered.filter((text) => !free.includes(text)),
        [],
        place,
      );
    }
    await closed(page);
  });
});
