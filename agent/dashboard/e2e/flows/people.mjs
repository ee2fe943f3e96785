// Users, tokens and what was changed.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { button, card, goTo, row, signIn, sure } from '../browser.mjs';
import { closed, open, openSignedOut, stage } from '../stage.mjs';
import { words } from '../words.mjs';

const FIRST = 'a long enough password 2';
const SECOND = 'a long enough password 3';

describe('users of this node', () => {
  it('are added, get another password, are locked out and let in, and removed', async () => {
    const t = words('es').people;
    const page = await open({ locale: 'es', size: 'phone' });
    await goTo(page, 'people/users');
    const form = card(page, t.add);
    await form.getByLabel(words('es').common.name).fill('joana');
    await form.getByLabel(t.role).selectOption('operator');
    await form.getByLabel(t.password).fill(FIRST);
    await button(form, t.add).click();
    const user = row(page, 'joana');
    await user.getByText(t.roles.operator).waitFor();
    await button(user, t.change).click();
    await user.getByLabel(t.newPassword).fill(SECOND);
    await button(user, words('es').common.cancel).click();
    await button(user, t.change).click();
    await user.getByLabel(t.newPassword).fill(SECOND);
    await button(user, words('es').common.save).click();
    await page.getByRole('status').getByText(t.changed).waitFor();
    await button(user, t.lock).click();
    await user.getByText(t.locked).waitFor();

    const theirs = await openSignedOut({ locale: 'es' });
    await theirs.getByLabel(words('es').app.login, { exact: true }).fill('joana');
    await theirs.getByLabel(words('es').app.password, { exact: true }).fill(SECOND);
    await button(theirs, words('es').app.signIn).click();
    await theirs.getByRole('alert').waitFor();
    await button(user, t.unlock).click();
    await user.getByText(t.active).waitFor();
    await signIn(theirs, 'joana', SECOND);
    await sure(page, button(user, t.remove), t.remove, t.removeLoses('joana'));
    await user.waitFor({ state: 'detached' });
    await button(theirs, words('es').app.signIn).waitFor();
    await closed(theirs, /401|403/);
    await closed(page);
  });

  it('with too short a password are refused, with the reason', async () => {
    const t = words('en').people;
    const page = await open();
    await goTo(page, 'people/users');
    const form = card(page, t.add);
    await form.getByLabel(words('en').common.name).fill('short');
    await form.getByLabel(t.password).fill('short');
    await button(form, t.add).click();
    const notice = page.getByRole('status').filter({ hasText: 'characters' });
    await notice.waitFor();
    await button(notice, words('en').common.close).click();
    await notice.waitFor({ state: 'detached' });
    await closed(page, /400|422/);
  });
});

describe('tokens', () => {
  it('are made, shown once, and ended', async () => {
    const t = words('ca').people;
    const page = await open({ locale: 'ca' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await goTo(page, 'people');
    await page.getByLabel(t.tokenName).fill('backup');
    await card(page, t.tokens).getByLabel(t.role).selectOption('viewer');
    await page.getByLabel(t.days).fill('7');
    await button(page, t.make).click();
    await page.getByText(t.made).waitFor();
    const token = await page.locator('[role=status] code').textContent();
    await button(card(page, t.tokens), words('ca').common.copy).click();
    await page.getByText(words('ca').common.copied).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), token);
    const headers = { Authorization: `Bearer ${token}` };
    const status = async () => (await fetch(`${stage.attic.url}/v1/whoami`, { headers })).status;
    assert.equal(await status(), 200);
    await sure(page, button(row(page, 'backup'), t.revoke), t.revoke, t.revokeLoses('backup'));
    await page.getByText(t.tokensNone).waitFor();
    assert.equal(await status(), 401);
    await closed(page);
  });
});

describe('what people changed', () => {
  it('is told with who, and how it ended', async () => {
    const t = words('en').people;
    const page = await open();
    await goTo(page, 'people/audit');
    await row(page, 'user.remove').filter({ hasText: 'joana' }).waitFor();
    await row(page, 'user.add')
      .filter({ hasText: words('en').common.outcomes.failed })
      .first()
      .waitFor();
    await card(page, t.audit).waitFor();
    await closed(page);
  });
});
