// How the node is, and how it is configured.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { button, card, goTo, row } from '../browser.mjs';
import { closed, open, stage } from '../stage.mjs';
import { words } from '../words.mjs';

describe('the doctor', () => {
  it('looks again, and hands out what helps from afar, without a secret', async () => {
    const t = words('es').doctor;
    const page = await open({ locale: 'es' });
    await goTo(page, 'doctor');
    await page.locator('.needs li').first().waitFor();
    const answer = page.waitForResponse('**/v1/doctor');
    await button(page, t.again).click();
    assert.equal((await answer).status(), 200);
    const download = page.waitForEvent('download');
    await card(page, t.bundle).getByRole('link', { name: t.download }).click();
    const file = await download;
    assert.equal(file.suggestedFilename(), 'cloudy-support.json');
    const text = readFileSync(await file.path(), 'utf8');
    assert.equal(JSON.parse(text).config.node.name, 'attic');
    for (const secret of ['lab-word', stage.attic.password]) assert.ok(!text.includes(secret));
    await closed(page);
  });
});

describe('what the doctor finds', () => {
  it('is said in the language of the reader', async () => {
    const page = await open({ locale: 'ca' });
    await goTo(page, 'doctor');
    await page.getByText('gossip no va xifrat: qui arriba al port s’hi pot unir').waitFor();
    await closed(page);
  });
});

describe('the settings', () => {
  it('tell where each key is written and what the dashboard wrote, and are read again', async () => {
    const t = words('ca').settings;
    const page = await open({ locale: 'ca', size: 'phone' });
    await goTo(page, 'settings');
    await row(page, 'node.latitude')
      .filter({ hasText: /41\.6523.*cloudy\.yaml:\d+/ })
      .waitFor();
    await page.getByLabel(t.all).check();
    await row(page, 'gossip.compression').getByText(t.byDefault).waitFor();
    const popup = page.waitForEvent('popup');
    await page.getByRole('link', { name: `${t.manual}: gossip` }).click();
    const manual = await popup;
    await manual.getByText('#').first().waitFor();
    await manual.close();
    await button(page, t.reload).click();
    await page.getByText(t.reloaded).waitFor();
    await page.getByRole('link', { name: t.modules }).click();
    await page.getByRole('heading', { level: 1, name: words('ca').modules.title }).waitFor();
    await closed(page);
  });
});
