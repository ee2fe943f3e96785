// Names: a zone and its records by the form, looked up and removed again.
import { describe, it } from 'node:test';
import { button, card, field, goTo, row } from '../browser.mjs';
import { apply, settings, titled, turnOn } from '../forms.mjs';
import { closed, open } from '../stage.mjs';
import { words } from '../words.mjs';

/** What a module tells of is not there while it starts. */
const RESTARTS = /503/;

describe('the DNS server', () => {
  it('serves a zone that the form made, tells its records, and answers', async () => {
    const t = words('en');
    const page = await open({ locale: 'en' });
    await turnOn(page, 'bind', t);
    const { zones: setting } = await settings('bind');
    const zones = page.getByRole('group', { name: titled(setting), exact: true });
    await zones.getByLabel(t.modules.key, { exact: true }).fill('garden.example');
    await button(zones, t.modules.add).last().click();
    const zone = zones.getByRole('group', { name: 'garden.example' });
    const fields = setting.additionalProperties.properties;
    const records = zone.getByRole('group', { name: titled(fields.records), exact: true });
    for (const [name, type, value] of [
      ['www', 'a', '10.1.2.3'],
      ['note', 'txt', 'any text; "as it is"'],
    ]) {
      await button(records, t.modules.add).click();
      const record = records.locator('.item').last();
      const parts = fields.records.items.properties;
      await field(record, titled(parts.name)).fill(name);
      await field(record, titled(parts.type)).selectOption(type);
      await field(record, titled(parts.value)).fill(value);
    }
    await apply(page, t);

    const served = row(card(page, t.bind.zones), 'garden.example');
    await button(served, 'garden.example').click();
    const shown = card(page, `${t.bind.records}: garden.example`);
    await row(shown, 'www').getByText('10.1.2.3').waitFor();
    await shown.getByLabel(t.bind.contains).fill('note');
    await page.keyboard.press('Enter');
    await row(shown, '10.1.2.3').waitFor({ state: 'detached' });
    await row(shown, 'note').waitFor();

    const lookup = card(page, t.bind.lookup);
    await lookup.getByLabel(t.bind.name).fill('www.garden.example');
    await lookup.getByLabel(t.bind.type).selectOption('A');
    await button(lookup, t.bind.ask).click();
    await row(lookup, 'www.garden.example').getByText('10.1.2.3').waitFor();
    await closed(page, RESTARTS);
  });

  it('serves no longer what the form has removed', async () => {
    const t = words('en');
    const page = await open({ locale: 'en' });
    await goTo(page, 'modules/bind');
    const { zones: setting } = await settings('bind');
    const fields = setting.additionalProperties.properties;
    const zones = page.getByRole('group', { name: titled(setting), exact: true });
    const zone = zones.getByRole('group', { name: 'garden.example' });
    const records = zone.getByRole('group', { name: titled(fields.records), exact: true });
    await button(records.locator('.item').first(), t.modules.removeItem).click();
    await apply(page, t);
    const served = card(page, t.bind.zones);
    await button(row(served, 'garden.example'), 'garden.example').click();
    const shown = card(page, `${t.bind.records}: garden.example`);
    await row(shown, 'note').waitFor();
    await row(shown, '10.1.2.3').waitFor({ state: 'detached' });
    await zones.locator(':scope > .item > button').click();
    await apply(page, t);
    await button(served, '↻').click();
    await row(served, 'garden.example').waitFor({ state: 'detached' });
    await closed(page, RESTARTS);
  });
});
