// Stacks: written, judged, brought up, changed, gone back, removed.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { button, card, goTo, row, sure } from '../browser.mjs';
import { run } from '../community.mjs';
import { closed, IMAGE, open, stage, workOver } from '../stage.mjs';
import { words } from '../words.mjs';

const skip = IMAGE ? false : 'needs a container engine';

function compose(word, more = '') {
  return (
    `services:\n  web:\n    image: ${IMAGE}\n    network_mode: none\n    stop_grace_period: 1s\n` +
    `${more}    command: [sh, -c, "while :; do echo ${word}; sleep 1; done"]\n`
  );
}

/** Returns once nothing is in progress on a page's stack. */
const idle = (page) => page.locator('main .job').waitFor({ state: 'detached' });

describe('a stack', { skip }, () => {
  it('is refused with the line, then made, changed, and rolled back', async () => {
    const t = words('en').containers;
    const page = await open({ locale: 'en' });
    await goTo(page, 'stacks');
    await page.getByRole('link', { name: t.make }).click();
    await page.getByRole('link', { name: words('en').common.cancel }).click();
    await page.getByRole('link', { name: t.make }).click();
    await page.getByLabel(t.stackName).fill('pad');
    const editor = page.getByRole('textbox', { name: t.files });
    await editor.fill(compose('one', '    privileged: true\n'));
    await button(page, t.check).click();
    await page.getByRole('alert').getByText('compose.yaml:6').waitFor();
    await editor.fill(compose('one'));
    await button(page, t.check).click();
    await page.getByText(t.allowed).waitFor();
    await button(page, t.saveStack).click();
    const tile = page.locator('.tile', { hasText: 'pad' });
    await tile.getByText(words('en').common.ok, { exact: true }).waitFor();
    await tile.getByRole('link', { name: 'pad' }).click();
    await idle(page);
    const log = page.getByLabel(t.log, { exact: true });
    await log.getByText('web: one').first().waitFor();
    await row(card(page, t.versions), t.current).waitFor();
    await editor.fill(compose('two'));
    await button(page, t.saveStack).click();
    await log.getByText('web: two').first().waitFor();
    await page.getByLabel(t.find).fill('nothing like it');
    await page.getByText(t.logEmpty).waitFor();
    await idle(page);
    await row(card(page, t.versions), t.current).filter({ hasText: /^2 / }).waitFor();
    await sure(page, button(page, t.rollback), t.rollback, t.rollbackLoses(1));
    await page.waitForFunction(() =>
      document.querySelector('textarea.code')?.value.includes('echo one'),
    );
    await idle(page);
    await closed(page);
  });

  it('is restarted, taken down and up, gets its images anew, and an exception', async () => {
    const t = words('ca').containers;
    const page = await open({ locale: 'ca', size: 'phone' });
    await goTo(page, 'stacks/of/pad');
    for (const [name, deed] of [
      [t.restart, 'restart'],
      [t.pull, 'pull'],
    ]) {
      const begun = page.waitForResponse(`**/v1/stacks/pad/${deed}`);
      await button(page, name).click();
      assert.equal((await begun).status(), 202);
      await workOver();
    }
    await sure(page, button(page, t.bringDown), t.bringDown, t.downLoses('pad'));
    await button(page, t.bringUp).click();
    await button(page, t.restart).waitFor();
    const exceptions = card(page, t.exceptions);
    await exceptions.getByLabel(t.exceptions).fill('cap:NET_ADMIN');
    await button(exceptions, t.allow).click();
    await button(row(exceptions, 'cap:NET_ADMIN'), t.revoke).click();
    await exceptions.getByText(t.noExceptions).waitFor();
    await closed(page);
  });

  it('that was changed by hand is applied', async () => {
    const file = `${stage.attic.folder}/state/stacks/pad/compose.yaml`;
    writeFileSync(file, readFileSync(file, 'utf8').replace('echo one', 'echo by hand'));
    const t = words('es').containers;
    const page = await open({ locale: 'es' });
    await goTo(page, 'stacks');
    const tile = page.locator('.tile', { hasText: 'pad' });
    await tile.getByText(t.changed).waitFor();
    await tile.getByRole('link', { name: 'pad' }).click();
    await button(page, t.apply).click();
    await page.getByLabel(t.log, { exact: true }).getByText('by hand').first().waitFor();
    await idle(page);
    await button(page, t.apply).waitFor({ state: 'detached' });
    // Between its two containers a stack has no log.
    await closed(page, /404 .*\/v1\/stacks\/pad\/logs/);
  });

  it('that others made is taken over, and removed with or without its data', async () => {
    const theirs = join(stage.folder, 'theirs');
    const t = words('en').containers;
    await run('mkdir', ['-p', theirs]);
    writeFileSync(join(theirs, 'docker-compose.yml'), `version: "2.4"\n${compose('theirs')}`);
    await run('docker-compose', ['-H', process.env.CLOUDY_ENGINE, 'up', '-d'], { cwd: theirs });
    const page = await open({ locale: 'en' });
    await goTo(page, 'stacks');
    const tile = page.locator('.tile', { hasText: 'theirs' });
    await tile.getByText(t.notManaged).waitFor();
    await tile.getByRole('link', { name: 'theirs' }).click();
    await button(page, t.adopt).click();
    let answer;
    const asked = new Promise((answered) => (answer = answered));
    await page.route('**/v1/stacks/theirs?*', (route) => asked.then(() => route.continue()));
    await sure(page, button(page, t.remove), t.remove, t.removeStackLoses('theirs'));
    await goTo(page, 'stacks/of/pad');
    const begun = page.waitForResponse('**/v1/stacks/theirs?*');
    answer();
    await begun;
    await workOver();
    // Whoever has gone elsewhere meanwhile stays there.
    await sure(page, button(page, t.removeData), t.removeData, t.removeDataLoses('pad'));
    await page.getByText(t.noStacks).waitFor();
    await closed(page);
  });
});

describe('long work', { skip }, () => {
  it('shows how far it is on any page, and can be stopped there', async () => {
    const t = words('ca');
    const page = await open({ locale: 'ca', size: 'phone' });
    const slow = '    healthcheck: {test: ["CMD", "false"], interval: 1s, retries: 200}\n';
    await goTo(page, 'stacks/new');
    await page.getByLabel(t.containers.stackName).fill('slow');
    await page.getByRole('textbox', { name: t.containers.files }).fill(compose('slow', slow));
    await button(page, t.containers.saveStack).click();
    await page.locator('.tile', { hasText: 'slow' }).waitFor();
    await goTo(page, 'people');
    await page.getByLabel(t.app.jobs).click();
    const work = page.locator('.jobs .job', { hasText: 'slow' });
    await work.getByRole('progressbar').waitFor();
    await button(work, t.app.stop).click();
    await page.getByText(t.app.jobsNone).waitFor();
    await stage.attic.call('DELETE', '/v1/stacks/slow?data=remove');
    await closed(page);
  });
});
