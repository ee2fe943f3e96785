// What the community offers: found, looked at, used.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { button, card, goTo, row } from '../browser.mjs';
import { closed, open, stage } from '../stage.mjs';
import { words } from '../words.mjs';

const SHOWN_AT_ONCE = 100;

describe('services', () => {
  it('are found by words, type, state and trust', async () => {
    const { attic, cellar } = stage;
    await attic.announce('Page of the attic', 9001);
    await cellar.announce('Proxy of the cellar', 3128, {
      type: 'proxy3',
      endpoints: [{ host: '10.1.2.3', port: 3128 }],
    });
    await cellar.announce('Page that is down', 9002, {
      check: { kind: 'tcp', interval: '1s', timeout: '1s', down: 1 },
    });
    const t = words('ca').services;
    const page = await open({ locale: 'ca' });
    await goTo(page, 'services');
    const tile = (name) => page.locator('.tile', { hasText: name });
    await tile('Proxy of the cellar').waitFor();
    await tile('Page that is down').getByText(words('ca').common.failing).waitFor();
    await page.getByLabel(t.search).fill('ATTIC');
    await tile('Page of the attic').waitFor();
    assert.equal(await tile('Page of the roof').count(), 0);
    await page.getByLabel(t.search).fill('nothing is called so');
    await page.getByText(t.noneFit).waitFor();
    await page.getByLabel(t.search).fill('');
    await page.getByLabel(t.type, { exact: true }).selectOption('proxy3');
    await tile('Page of the attic').waitFor({ state: 'detached' });
    await tile('Proxy of the cellar').getByText(t.elsewhere).waitFor();
    await page.getByLabel(t.type, { exact: true }).selectOption('');
    assert.equal(await tile('Page of the attic').getByText(t.elsewhere).count(), 0);
    await page.getByLabel(t.health, { exact: true }).selectOption('failing');
    await tile('Page of the roof').waitFor({ state: 'detached' });
    await tile('Page that is down').waitFor();
    await page.getByLabel(t.health, { exact: true }).selectOption('');
    await page.getByLabel(t.verified).check();
    await tile('Proxy of the cellar').waitFor({ state: 'detached' });
    await tile('Page of the attic').getByText(t.trusts.own).waitFor();
    await tile('Page of the roof').getByText(t.trusts.verified).waitFor();
    await page.getByLabel(t.verified).uncheck();
    await tile('Proxy of the cellar').getByRole('link', { name: t.details }).click();
    await card(page, t.endpoints).getByText(t.elsewhereMeans('cellar')).waitFor();
    await closed(page);
  });

  it('are used by one click: a page opens, an address is copied, Syncthing is set up', async () => {
    const t = words('es').services;
    const page = await open({ locale: 'es' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await goTo(page, 'services');
    const tile = (name) => page.locator('.tile', { hasText: name });
    const popup = page.waitForEvent('popup');
    await tile('Page of the roof').getByRole('link', { name: t.open }).click();
    const other = await popup;
    await other.waitForURL(stage.page);
    await other.close();
    await button(tile('Proxy of the cellar'), t.copyAddress).click();
    await page.getByText(words('es').common.copied).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, '10.1.2.3:3128');
    await tile('Syncthing of roof').getByRole('link', { name: 'Syncthing', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Syncthing' }).waitFor();
    await closed(page);
  });

  it('tell why they are shown so, where they answer, and what programs read of them', async () => {
    const t = words('en').services;
    const page = await open({ locale: 'en', size: 'phone' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await goTo(page, 'services');
    const tile = page.locator('.tile', { hasText: 'Page of the roof' });
    await tile.getByRole('link', { name: t.details }).click();
    await page.getByRole('heading', { level: 1, name: 'Page of the roof' }).waitFor();
    await card(page, t.reasons).getByRole('listitem').first().waitFor();
    await card(page, t.attributes).getByText('all year').waitFor();
    await button(row(page, stage.page), words('en').common.copy).click();
    await page.getByText(words('en').common.copied).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), stage.page);
    await page.getByRole('link', { name: 'roof', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'roof' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: t.back }).click();
    await tile.waitFor();
    await closed(page);
  });

  it('appear, change and go without the page being loaded again', async () => {
    const { cellar } = stage;
    const page = await open({ locale: 'en' });
    await goTo(page, 'services');
    const tile = page.locator('.tile', { hasText: 'Fresh from the cellar' });
    const { id } = await cellar.announce('Fresh from the cellar', 9003, {
      check: { kind: 'pushed', down: 1 },
    });
    await tile.waitFor();
    await cellar.call('POST', `/v1/announcements/${id}/health`, { state: 'failing' });
    await tile.getByText(words('en').common.failing).waitFor();
    await cellar.call('DELETE', `/v1/announcements/${id}`);
    await tile.waitFor({ state: 'detached' });
    await closed(page);
  });

  it('are shown by hundreds', async () => {
    const { attic } = stage;
    const ids = Array.from({ length: SHOWN_AT_ONCE + 1 }, (_, i) => `many-${i}`);
    await Promise.all(ids.map((id) => attic.announce(`Many ${id}`, 9004, { id })));
    const t = words('ca').services;
    const page = await open({ locale: 'ca' });
    await goTo(page, 'services');
    await page.getByLabel(t.search).fill('Many');
    await page.getByText(t.shown(ids.length)).waitFor();
    assert.equal(await page.locator('.tile').count(), SHOWN_AT_ONCE);
    await button(page, t.more).click();
    await page.waitForFunction(
      (count) => document.querySelectorAll('.tile').length === count,
      ids.length,
    );
    await Promise.all(ids.map((id) => attic.call('DELETE', `/v1/announcements/${id}`)));
    await page.getByText(t.noneFit).waitFor();
    await closed(page);
  });
});
