// Takes the pictures of the README: CLOUDY_FLOWS=gallery CLOUDY_SHOTS=FOLDER, with an engine.
import { mkdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { button, card, goTo, row } from '../browser.mjs';
import { run, until } from '../community.mjs';
import { turnOn } from '../forms.mjs';
import { closed, IMAGE, open, SHOTS, stage, workOver } from '../stage.mjs';
import { words } from '../words.mjs';

const OFFERS = [
  ['attic', 'Garden station', 'website', 'Soil and weather of the shared garden'],
  ['roof', 'Photos of the village', 'nextcloud', 'Albums and files, with a login of the community'],
  ['roof', 'Wiki of the valley', 'wiki', 'How things work here, written by all of us'],
  ['cellar', 'Radio of the square', 'radio', 'Live from the town hall on Fridays'],
  ['cellar', 'Notes of the assembly', 'etherpad', 'What was said, while it is said'],
];
const COMPOSE = `services:
  web:
    image: ${IMAGE}
    network_mode: none
    command: [sh, -c, "i=0; while :; do i=$$((i+1)); echo GET /page/$$i 200; sleep 3; done"]
    restart: unless-stopped
    mem_limit: 64m
    stop_grace_period: 1s
`;
const MINUTES_MEASURED = 4;

async function take(page, name) {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

describe('the gallery', { skip: IMAGE && SHOTS ? false : 'needs an engine and a folder' }, () => {
  it('has services, a stack, a chart, apps and a phone', async () => {
    const { attic } = stage;
    mkdirSync(SHOTS, { recursive: true });
    for (const [node, name, type, description] of OFFERS) {
      const port = Number(new URL(stage[node].url).port);
      const check = { kind: 'tcp', interval: '2s' };
      await stage[node].announce(name, port, { type, description, check });
    }
    const page = await open({ locale: 'en' });
    const t = words('en');
    for (const module of ['graphs', 'bind', 'squid']) await turnOn(page, module, t);
    const begun = Date.now();
    await attic.call('POST', '/v1/stacks', { name: 'garden', files: { 'compose.yaml': COMPOSE } });
    await workOver();
    await goTo(page, 'stacks/of/garden');
    await page.getByLabel(t.containers.log, { exact: true }).getByText('page/3').waitFor();
    await take(page, 'stack');
    await goTo(page, 'services');
    await page.locator('.tile', { hasText: 'Notes of the assembly' }).waitFor();
    await until('all are looked at', async () =>
      (await attic.get('/v1/services')).services.every((one) => one.health.state === 'ok'),
    );
    await page.waitForFunction(() => !document.querySelector('.tile .state:not(.ok)'));
    await take(page, 'services');
    await goTo(page, 'modules/graphs');
    while (Date.now() - begun < MINUTES_MEASURED * 60_000) {
      // Something to measure, more and less of it.
      const bytes = 200 + Math.round(8_000 * Math.abs(Math.sin(Date.now() / 40_000)));
      await run('ping', ['-q', '-c', '60', '-i', '0.01', '-s', String(bytes), '127.0.0.1']);
    }
    await button(row(card(page, t.graphs.devices), 'This machine'), 'This machine').click();
    await page.getByLabel(t.graphs.range, { exact: true }).selectOption('3600');
    const traffic = page.getByRole('region', { name: 'lo', exact: true });
    for (let i = 0; i < 3; i++) {
      await button(traffic, t.common.closer).click();
      for (let j = 0; j < 3; j++) await button(traffic, t.common.later).click();
    }
    await traffic.scrollIntoViewIfNeeded();
    await take(page, 'graphs');
    // Of what has just begun there are no figures yet, and no log.
    await closed(page, /404.*\/series|503.*\/logs/);
    const night = await open({ locale: 'en', colors: 'dark' });
    await goTo(night, 'apps');
    await night.getByText('Jellyfin').waitFor();
    await take(night, 'apps');
    await closed(night);
    const phone = await open({ locale: 'ca', size: 'phone', colors: 'dark' });
    await goTo(phone, 'network');
    await take(phone, 'phone-network');
    await goTo(phone, '');
    await phone.getByText(words('ca').overview.needs).waitFor();
    await take(phone, 'phone');
    await closed(phone);
  });
});
