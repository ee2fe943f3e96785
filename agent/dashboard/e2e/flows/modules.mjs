// Modules: turned on by their forms, stopped and started; the proxy as an example.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { button, card, field, goTo, row, sure } from '../browser.mjs';
import { run, until } from '../community.mjs';
import { settings, titled, turnOn } from '../forms.mjs';
import { closed, LDAP, open, PEOPLE, stage } from '../stage.mjs';
import { words } from '../words.mjs';

/** What a module tells of is not there while it starts. */
const RESTARTS = /503/;

describe('a module', () => {
  it('is turned on by its form, which shows what will change, stopped, started and restarted', async () => {
    const t = words('es');
    const page = await open({ locale: 'es' });
    await goTo(page, 'modules');
    await page
      .locator('.tile', { hasText: 'squid' })
      .or(page.locator('.tile', { hasText: 'proxy' }))
      .first()
      .waitFor();
    await turnOn(page, 'squid', t);
    await card(page, t.modules.status).getByText(t.common.ok, { exact: true }).waitFor();
    await goTo(page, 'settings');
    await row(page, 'services.squid.enabled').getByText(t.settings.byDashboard).waitFor();
    await goTo(page, 'modules/squid');
    await page.locator('summary', { hasText: t.modules.figures }).click();
    const { title } = await stage.attic.get('/v1/modules/squid');
    const loses = t.modules.stopLoses(title.es);
    await sure(page, button(page, t.modules.stop), t.modules.stop, loses);
    await button(page, t.modules.start).click();
    await button(page, t.modules.restart).click();
    await card(page, t.modules.status).getByText(t.common.ok, { exact: true }).waitFor();
    const log = card(page, t.modules.log);
    await button(log, '↻').click();
    await log.locator('pre').waitFor();
    await closed(page, RESTARTS);
  });

  it('that will not have its settings says why, and stays as it was', async () => {
    const t = words('en');
    const page = await open({ locale: 'en' });
    await goTo(page, 'modules/squid');
    const title = titled((await settings('squid')).name_servers);
    await field(page, title).fill('not an address');
    await page.getByRole('button', { name: t.modules.apply }).click();
    await page.getByText('+ name_servers: ["not an address"]').waitFor();
    await button(page, t.modules.applyNow).click();
    await page.locator('.toast.bad').waitFor();
    await field(page, title).fill('');
    const config = await stage.attic.get('/v1/modules/squid/config');
    assert.deepEqual(config.name_servers ?? [], []);
    await closed(page, /400|422|409|503/);
  });
});

describe('the proxy', { skip: LDAP ? false : 'needs a directory' }, () => {
  const fetched = async (login) => {
    const { stdout } = await run('curl', [
      ...['-s', '-o', '/dev/null', '-w', '%{http_code}', '-U', login],
      ...['-x', `http://127.0.0.1:${stage.proxy}`, stage.page],
    ]);
    return stdout;
  };

  it('tells what went through it, what it kept, and who used it', async () => {
    const t = words('ca').squid;
    const login = `${PEOPLE.operator}:${PEOPLE.password}`;
    await until('it lets somebody through', async () => (await fetched(login)) === '200');
    for (let i = 0; i < 2; i++) assert.equal(await fetched(login), '200');
    assert.equal(await fetched(`${PEOPLE.operator}:wrong`), '407');
    const page = await open({ locale: 'ca' });
    await goTo(page, 'modules/squid');
    const traffic = card(page, t.traffic);
    const hits = () => traffic.locator('dd').nth(1).textContent();
    await until('it has counted', async () => /[1-9]/.test(await hits()));
    const before = await traffic.locator('dd').first().textContent();
    await fetched(login);
    await until(
      'the page counts',
      async () => (await traffic.locator('dd').first().textContent()) !== before,
    );
    await button(traffic, '↻').click();
    await traffic.getByRole('meter', { name: t.hits }).waitFor();
    await row(card(page, t.people), PEOPLE.operator).waitFor();
    await card(page, t.sites).getByRole('row').nth(1).waitFor();
    const trial = card(page, t.try);
    await trial.getByLabel(t.url).fill(stage.page);
    await button(trial, t.try).click();
    await trial
      .getByRole('status')
      .getByText(/^[2-5]\d\d /)
      .waitFor();
    await closed(page, RESTARTS);
  });
});
