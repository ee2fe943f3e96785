// Syncthing: folders, and pairing with the real one of another node.
import { existsSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { button, card, goTo, row, sure } from '../browser.mjs';
import { until } from '../community.mjs';
import { turnOn } from '../forms.mjs';
import { closed, open, stage } from '../stage.mjs';
import { words } from '../words.mjs';

const BASE = '/v1/modules/syncthing';

describe(
  'Syncthing',
  { skip: existsSync('/usr/bin/syncthing') ? false : 'needs syncthing' },
  () => {
    it('shares a folder, pauses it, goes on, looks for changes, and forgets it', async () => {
      const t = words('en').syncthing;
      const page = await open({ locale: 'en', size: 'phone' });
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await turnOn(page, 'syncthing', words('en'));
      const folders = card(page, t.folders);
      await folders.getByText(t.noFolders).waitFor();
      await folders.locator('summary', { hasText: t.add }).click();
      await folders.getByLabel(t.id).fill('letters');
      await folders.getByLabel(t.versions).fill('3');
      await folders.locator('form').getByRole('button', { name: t.add }).click();
      const letters = row(folders, 'letters');
      await letters.getByText('idle').waitFor();
      let answer;
      const asked = new Promise((answered) => (answer = answered));
      await page.route(`**${BASE}/pending`, (route) => asked.then(() => route.continue()));
      await button(letters, t.pause).click();
      await letters.getByText(t.paused, { exact: true }).waitFor();
      // The rest of the panel is still being read.
      await button(letters, t.resume).click();
      answer();
      await button(letters, t.pause).waitFor();
      await button(letters, t.scan).click();
      await button(folders, '↻').click();
      await letters.getByText('idle').waitFor();
      await sure(page, button(letters, t.unshare), t.unshare, t.removeLoses('letters'));
      await letters.waitFor({ state: 'detached' });
      await button(card(page, t.devices), words('en').common.copy).click();
      await page.getByText(words('en').common.copied).waitFor();
      await closed(page);
    });

    it('shows a folder that is shared elsewhere, and that it is no more', async () => {
      const t = words('es').syncthing;
      const page = await open({ locale: 'es' });
      await goTo(page, 'modules/syncthing');
      const recipes = row(card(page, t.folders), 'recipes');
      await stage.attic.call('POST', `${BASE}/folders`, { folder: 'recipes' });
      await recipes.waitFor();
      await stage.attic.call('DELETE', `${BASE}/folders/recipes`);
      await recipes.waitFor({ state: 'detached' });
      await closed(page);
    });

    it('syncs a folder with a node, which lets this one in', async () => {
      const t = words('ca').syncthing;
      const page = await open({ locale: 'ca' });
      await goTo(page, 'modules/syncthing');
      const pair = card(page, t.sync);
      await pair.getByLabel(t.node).selectOption('roof');
      await pair.getByLabel(t.folder).fill('photos');
      await button(pair, t.sync).click();
      await row(card(page, t.devices), 'roof').waitFor();
      const { roof, attic } = stage;
      const pending = async (kind) => (await roof.get(`${BASE}/pending`))[kind][0];
      const { device } = await until('roof is asked', () => pending('devices'));
      await roof.call('POST', `${BASE}/pending/accept`, { device });
      const offered = await until('roof is offered the folder', () => pending('folders'));
      await roof.call('POST', `${BASE}/pending/accept`, { folder: offered.folder, device });
      await row(card(page, t.devices), 'roof').getByText(t.connected).waitFor();
      const shared = (agent) => `${agent.folder}/state/services/syncthing/data/photos`;
      writeFileSync(`${shared(attic)}/view.txt`, 'from the attic');
      await until('the file is there', () => existsSync(`${shared(roof)}/view.txt`));
      await closed(page);
    });

    it('has an inbox for devices and folders, which are let in, taken, or not', async () => {
      const { attic } = stage;
      const t = words('es').syncthing;
      const page = await open({ locale: 'es' });
      await goTo(page, 'modules/syncthing');
      const devices = card(page, t.devices);
      const inbox = card(page, t.inbox);
      const forget = () =>
        sure(page, button(row(devices, 'roof'), t.forget), t.forget, t.forgetLoses('roof'));
      const asked = async (kind) => {
        const pending = async () => (await attic.get(`${BASE}/pending`))[kind].length;
        for (let found = 0, tries = 0; !found; tries++) {
          await dial(attic);
          found = await until(`roof asks for ${kind}`, pending, 10_000).catch((error) => {
            if (tries > 5) throw error;
          });
        }
        await button(inbox, '↻').click();
      };
      await forget();
      await asked('devices');
      await button(row(inbox, 'roof'), t.accept).click();
      await asked('folders');
      await button(row(inbox, 'photos'), t.take).click();
      await row(devices, 'roof').getByText(t.connected).waitFor();
      await forget();
      await asked('devices');
      await button(row(inbox, 'roof'), t.reject).click();
      await inbox.getByText(t.noInbox).waitFor();
      await closed(page);
    });
  },
);

/** Has roof call an agent now, and not in its next round. */
async function dial(agent) {
  const { own } = await agent.get(`${BASE}/devices`);
  for (const deed of ['pause', 'resume'])
    await stage.roof.call('POST', `${BASE}/devices/${own}/${deed}`, {});
}
