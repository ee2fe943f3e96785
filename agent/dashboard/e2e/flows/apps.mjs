// Apps: from a signed catalogue to a stack, its backups and its schedule.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { button, card, goTo, row, sure } from '../browser.mjs';
import { until } from '../community.mjs';
import { closed, IMAGE, open, publish, stage, workOver } from '../stage.mjs';
import { words } from '../words.mjs';

describe('apps', { skip: IMAGE ? false : 'needs a container engine' }, () => {
  it('come from catalogues that are added and looked at again', async () => {
    const t = words('es').apps;
    const page = await open({ locale: 'es' });
    await goTo(page, 'apps');
    await page.getByRole('link', { name: t.catalogues }).click();
    await page.getByText(t.noCatalogues).waitFor();
    await page.getByLabel(t.source).fill(`http://127.0.0.1:${stage.web.port}/`);
    await button(page, t.add).click();
    const near = row(page, 'near');
    await near.waitFor();
    const refreshed = page.waitForResponse('**/v1/catalogues/near/refresh');
    await button(near, t.refresh).click();
    assert.equal((await refreshed).status(), 202);
    await page
      .getByRole('navigation', { name: t.title })
      .getByRole('link', { name: t.shelf })
      .click();
    await page.getByLabel(words('es').common.search).fill('apunta');
    await page.getByText('Apunta cosas').waitFor();
    assert.equal(await page.locator('.tile').count(), 1);
    await closed(page);
  });

  it('are installed by a form made of what they ask for', async () => {
    const t = words('en');
    const page = await open({ locale: 'en', size: 'phone' });
    await goTo(page, 'apps');
    await page.getByRole('link', { name: 'Notes' }).click();
    await page.getByText('A place for notes.').waitFor();
    const form = card(page, t.apps.install);
    await button(form, t.apps.install).click();
    assert.ok(await form.getByLabel('Owner').evaluate((input) => input.validity.valueMissing));
    await form.getByLabel('Owner').fill('Maria');
    await form.getByLabel('Title').fill('Recipes');
    await form.getByLabel('Pages').fill('12');
    await form.getByLabel('Open').check();
    await form.getByLabel('Colour').selectOption('blue');
    await form.getByLabel('Password').fill('long enough for it');
    await form.getByLabel(t.apps.stackName).fill('recipes');
    await button(form, t.apps.install).click();
    const tile = page.locator('.tile', { hasText: 'recipes' });
    await tile.getByText(t.common.ok, { exact: true }).waitFor();
    await tile.getByRole('link', { name: 'recipes' }).click();
    await page
      .getByLabel(t.containers.log, { exact: true })
      .getByText('Recipes of Maria, blue')
      .waitFor();
    await closed(page);
  });

  it('are saved, by hand and by a schedule, and brought back', async () => {
    // Its containers run before the node has seen that they stay well.
    await workOver();
    const t = words('ca').apps;
    const page = await open({ locale: 'ca' });
    await goTo(page, 'apps/backups');
    await page.getByText(t.noBackups).waitFor();
    await page.getByLabel(t.stack).selectOption('recipes');
    await button(page, t.save).click();
    const backup = row(page, 'recipes').filter({ has: button(page, t.restore) });
    await backup.waitFor();
    await workOver();
    await stage.attic.cloudy('stack', 'rm', 'recipes', '--data');
    await sure(page, button(backup.first(), t.restore), t.restore, t.restoreLoses('recipes'));
    await until('it is back', async () =>
      (await stage.attic.get('/v1/stacks')).stacks.some(
        (one) => one.name === 'recipes' && one.state === 'ok',
      ),
    );
    await workOver();
    await page.getByRole('link', { name: t.schedules }).click();
    await page.getByText(t.noSchedules).waitFor();
    await page.getByLabel(t.stack).selectOption('recipes');
    await page.getByLabel(t.every).fill('04:15');
    await button(page, t.set).click();
    const schedule = row(page, '04:15');
    await button(schedule, t.end).click();
    await schedule.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: t.backups }).click();
    const rows = page.getByRole('row');
    await backup.first().waitFor();
    const before = await rows.count();
    await button(backup.first(), t.remove).click();
    await button(page.getByRole('dialog'), t.remove).click();
    await page.waitForFunction(
      (count) => document.querySelectorAll('main tr').length < count,
      before,
    );
    await closed(page);
  });

  it('are updated when their catalogue has another version and somebody says so', async () => {
    const t = words('en');
    const label = { en: 'Email' };
    await publish(2, '1.1', { name: 'EMAIL', type: 'string', label, required: true });
    const page = await open({ locale: 'en', size: 'phone' });
    await goTo(page, 'apps/catalogues');
    await button(row(page, 'near'), t.apps.refresh).click();
    await until('the news is known', async () => (await recipes()).app.newest === '1.1');
    await goTo(page, 'stacks');
    const tile = page.locator('.tile', { hasText: 'recipes' });
    await tile.getByText(t.apps.available('1.1')).waitFor();
    await tile.getByRole('link', { name: 'recipes' }).click();
    const app = card(page, t.apps.app);
    const press = button(app, t.apps.updateTo('1.1'));
    await press.click();
    assert.ok(await app.getByLabel('Email').evaluate((input) => input.validity.valueMissing));
    await app.getByLabel('Email').fill('maria@example.org');
    await sure(page, press, t.apps.updateTo('1.1'), t.apps.updateLoses);
    await press.waitFor({ state: 'detached' });
    await app.getByText('1.1', { exact: true }).waitFor();
    await page
      .getByLabel(t.containers.log, { exact: true })
      .getByText('Recipes of Maria, blue')
      .last()
      .waitFor();
    await app.getByRole('link', { name: 'notes' }).click();
    await row(card(page, t.apps.installedAs), 'recipes')
      .getByText('1.1', { exact: true })
      .waitFor();
    await closed(page);
  });

  it('say which of their files somebody changed before an update replaces them', async () => {
    const t = words('ca');
    const label = { en: 'Motto' };
    await publish(3, '1.2', { name: 'MOTTO', type: 'string', label, default: 'none' });
    const page = await open({ locale: 'ca' });
    await goTo(page, 'stacks/of/recipes');
    const text = page.getByLabel(t.containers.files, { exact: true }).locator('textarea');
    await text.fill(`${await text.inputValue()}\n# mine\n`);
    await button(page, t.containers.saveStack).click();
    const { version } = await recipes();
    await until('it is applied', async () => (await recipes()).version > version);
    await stage.attic.cloudy('catalogue', 'refresh', 'near');
    const press = button(card(page, t.apps.app), t.apps.updateTo('1.2'));
    const loses = t.apps.editedLoses('compose.yaml', version + 1);
    await sure(page, press, t.apps.updateTo('1.2'), loses);
    await press.waitFor({ state: 'detached' });
    assert.equal((await recipes()).app.version, '1.2');
    await closed(page);
  });

  it('of a catalogue that is forgotten can be installed no longer, and those that are stay', async () => {
    const t = words('es').apps;
    const page = await open({ locale: 'es' });
    await goTo(page, 'apps/catalogues');
    await sure(page, button(row(page, 'near'), t.forget), t.forget, t.forgetLoses('near'));
    await page.getByText(t.noCatalogues).waitFor();
    await goTo(page, 'stacks');
    await page.locator('.tile', { hasText: 'recipes' }).waitFor();
    await closed(page);
  });
});

/** The stack that came of the app. */
async function recipes() {
  return (await stage.attic.get('/v1/stacks')).stacks.find((one) => one.name === 'recipes');
}
