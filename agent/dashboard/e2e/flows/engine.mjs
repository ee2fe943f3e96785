// Single containers, images and volumes.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { button, card, goTo, row, sure } from '../browser.mjs';
import { docker, pushed } from '../parts.mjs';
import { closed, IMAGE, open, stage } from '../stage.mjs';
import { words } from '../words.mjs';

const skip = IMAGE ? false : 'needs a container engine';
const COUNT =
  'trap exit TERM; echo wrong >&2; i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done';

/** Presses a button, and returns once the node has done it. */
async function done(page, pressed, deed) {
  const answered = page.waitForResponse((response) => response.url().endsWith(`/${deed}`));
  await pressed.click();
  assert.equal((await answered).status(), 200);
}

describe('a container', { skip }, () => {
  it('is followed, frozen, stopped, started, killed and removed', async () => {
    await stage.attic.cloudy('run', '--name', 'counter', IMAGE, 'sh', '-c', COUNT);
    const t = words('es').containers;
    const page = await open({ locale: 'es' });
    await goTo(page, 'stacks/containers');
    await row(page, 'counter').getByRole('meter', { name: t.used }).waitFor();
    await page.getByRole('link', { name: 'counter' }).click();
    await page.getByRole('meter', { name: t.used }).waitFor();
    const log = page.getByLabel(t.log, { exact: true });
    await log.getByText('line 3', { exact: false }).first().waitFor();
    await log.locator('.removed', { hasText: 'wrong' }).waitFor();
    await page.getByLabel(t.find).fill('LINE 12');
    await log.getByText('line 12').waitFor();
    assert.equal(await log.getByText('line 11').count(), 0);
    await done(page, button(page, t.pause), 'pause');
    await done(page, button(page, t.unpause), 'unpause');
    await done(page, button(page, t.restart), 'restart');
    await done(page, button(page, t.stop), 'stop');
    await done(page, button(page, t.start), 'start');
    await sure(page, button(page, t.kill), t.kill, t.killLoses('counter'));
    await button(page, t.start).waitFor();
    await sure(page, button(page, t.remove), t.remove, t.removeContainerLoses('counter'));
    await page.getByText(t.noContainers).waitFor();
    await closed(page);
  });
});

describe('images and volumes', { skip }, () => {
  it('are got, removed one by one, and those that nothing uses at once', async () => {
    const names = ['127.0.0.1:5000/cloudy/one:1', '127.0.0.1:5000/cloudy/two:1'];
    for (const name of names) await pushed(name, stage.folder);
    await stage.attic.cloudy('run', '--name', 'user', IMAGE, 'sleep', '10000');
    const t = words('en').containers;
    const page = await open({ locale: 'en', size: 'phone' });
    await goTo(page, 'stacks/images');
    await card(page, t.disk).getByText(t.volumes).waitFor();
    for (const name of names) {
      await page.getByRole('textbox', { name: t.pullImage }).fill(name);
      await button(page, t.pullImage).click();
      await row(page, name).waitFor();
    }
    await sure(page, button(row(page, names[0]), t.remove), t.remove, t.removeImageLoses(names[0]));
    await row(page, names[0]).waitFor({ state: 'detached' });
    await sure(page, button(page, t.prune), t.prune, t.pruneLoses);
    await row(page, names[1]).waitFor({ state: 'detached' });
    await row(page, IMAGE).waitFor();
    await docker('rm', '-f', 'user');
    await closed(page);
  });

  it('that hold data are removed only after a question', async () => {
    await docker('volume', 'create', 'seeds');
    const t = words('ca').containers;
    const page = await open({ locale: 'ca' });
    await goTo(page, 'stacks/volumes');
    const seeds = row(page, 'seeds');
    await sure(page, button(seeds, t.remove), t.remove, t.removeVolumeLoses('seeds'));
    await seeds.waitFor({ state: 'detached' });
    await closed(page);
  });
});
