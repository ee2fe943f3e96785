// The agent restarts under an open page.
import { describe, it } from 'node:test';
import { goTo, signIn } from '../browser.mjs';
import { closed, open, stage } from '../stage.mjs';

const LOST = /Failed to load resource|ERR_/;

describe('the agent', () => {
  it('may be away: the page says so, and is caught up with by itself', async () => {
    const { attic, roof } = stage;
    const page = await open();
    await goTo(page, 'services');
    await attic.stop();
    await page.locator('.banner').waitFor();
    await roof.announce('Page from meanwhile', 9301);
    await attic.start();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.getByText('Page from meanwhile').waitFor();
    await closed(page, LOST);
  });

  it('may be killed: whoever signs in again goes on where they were', async () => {
    const { attic } = stage;
    const page = await open();
    await goTo(page, 'services');
    await attic.stop('SIGKILL');
    await page.locator('.banner').waitFor();
    await attic.start();
    await page.locator('input[name=login]').waitFor();
    await signIn(page, 'admin', attic.password);
    await page.getByText('Page of the roof').waitFor();
    stage.state = await page.context().storageState();
    await closed(page, LOST);
  });
});
