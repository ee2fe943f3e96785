// What a community of hundreds looks like, with names as long as they may be.
import { after, before, describe, it } from 'node:test';
import { goTo, visit } from '../browser.mjs';
import { largeCommunity } from '../large.mjs';
import { closed, looked, stage } from '../stage.mjs';
import { words } from '../words.mjs';

const MEMBERS = 300;
const SERVICES = 500;
const WAYS = [
  ['phone', 'ca', 'light'],
  ['phone', 'en', 'dark'],
  ['desk', 'es', 'light'],
  ['desk', 'ca', 'dark'],
];

describe('a community of hundreds', () => {
  let community;
  before(async () => {
    community = await largeCommunity(MEMBERS, SERVICES);
  });
  after(() => community.close());

  for (const [size, locale, colors] of WAYS) {
    it(`fits on a ${size} in ${locale} and ${colors}, with names of 60 characters`, async () => {
      const { url, members, services } = community;
      const localStorage = [{ name: 'cloudy.signed-in', value: 'yes' }];
      const state = { cookies: [], origins: [{ origin: url, localStorage }] };
      const page = await visit(stage.browser, community, { size, locale, colors, state });
      stage.last = page;
      const [longest] = members.filter(({ name }) => name.length === 60);
      for (const place of [
        '',
        'services',
        `services/${services[0].node}/${services[0].id}`,
        'network',
        `network/${longest.name}`,
      ]) {
        await goTo(page, place);
        await looked(page, place, `large-${size}-${colors}`);
      }
      await goTo(page, 'network');
      await page.getByText(words(locale).network.shown(MEMBERS), { exact: true }).waitFor();
      await closed(page);
    });
  }
});
