// Live video: published on one node, found and watched on another.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { button, card, goTo, row, sure } from '../browser.mjs';
import { run, until } from '../community.mjs';
import { turnOn } from '../forms.mjs';
import { closed, open, stage, STREAMER } from '../stage.mjs';
import { words } from '../words.mjs';

const BASE = '/v1/modules/peerstreamer';
const FFMPEG = '/usr/bin/ffmpeg';
const skip = STREAMER && existsSync(FFMPEG) ? false : 'needs ffmpeg and a streamer';

/** Makes a film that browsers know, below the folder that a node may publish from. */
async function film(agent) {
  const media = `${agent.folder}/state/services/peerstreamer/media`;
  mkdirSync(media, { recursive: true });
  const file = `${media}/film.ts`;
  await run(FFMPEG, [
    ...'-v error -f lavfi -i testsrc=size=320x240:rate=25'.split(' '),
    ...'-f lavfi -i sine=frequency=440 -t 20 -c:v libx264 -preset ultrafast'.split(' '),
    ...'-pix_fmt yuv420p -g 50 -c:a aac -f mpegts'.split(' '),
    file,
  ]);
  return `file:${file}`;
}

const flows = async (agent, channel) =>
  (await agent.get(`${BASE}/channels`)).channels.some(
    (one) => one.channel === channel && one.state === 'flowing',
  );

describe('video', { skip }, () => {
  it('is published, and ended', async () => {
    const t = words('ca').video;
    const page = await open({ locale: 'ca' });
    await turnOn(page, 'peerstreamer', words('ca'));
    const form = card(page, t.publish);
    await form.getByLabel(t.id).fill('garden');
    await form.getByLabel(t.title, { exact: true }).fill('The garden');
    await form.getByLabel(t.source).fill(await film(stage.attic));
    await form.getByLabel(t.kbit).fill('2000');
    await button(form, t.publish).click();
    const channel = row(card(page, t.channels), 'The garden');
    await channel.waitFor();
    await until('it flows', () => flows(stage.attic, 'garden'));
    const { roof } = stage;
    await until('roof hears of it', async () =>
      (await roof.get(`${BASE}/channels`)).catalogue.some((one) => one.node === 'attic'),
    );
    await sure(page, button(channel, t.stop), t.stop, t.stopLoses('The garden'));
    await channel.waitFor({ state: 'detached' });
    await closed(page);
  });

  it('of another node is watched, or passed on, and left', async () => {
    const { roof, attic } = stage;
    await roof.call('POST', `${BASE}/publish`, {
      channel: 'sky',
      source: await film(roof),
      title: 'The sky',
    });
    const t = words('en').video;
    const page = await open({ locale: 'en', size: 'phone' });
    const loaded = [];
    page.on('request', (request) => loaded.push(request.url()));
    await goTo(page, 'services');
    const tile = page.locator('.tile', { hasText: 'The sky' });
    await tile.getByRole('link', { name: words('en').services.watch, exact: true }).click();
    const offer = row(card(page, t.others), 'The sky');
    const channel = row(card(page, t.channels), 'The sky');
    await button(offer, t.join).click();
    await channel.waitFor();
    await until('it flows', () => flows(attic, 'sky'));
    await button(channel, t.play).click();
    const screen = page.locator('video');
    const plays = (what) =>
      until(what, async () => (await screen.evaluate((video) => video.currentTime)) > 0.5);
    await plays('the browser plays it');
    await page.reload();
    await page.evaluate(() => (HTMLMediaElement.prototype.canPlayType = () => ''));
    await button(channel, t.play).click();
    await plays('the page helps a browser that cannot');
    assert.ok(loaded.some((url) => url.includes('/assets/hls-')));
    const none = (route) => route.fulfill({ status: 404, json: { detail: 'none' } });
    await page.route('**/index.m3u8', none);
    await page.clock.install();
    await page.reload();
    await button(channel, t.play).click();
    await page.getByRole('status').getByText(t.waits).waitFor();
    await page.clock.fastForward(60_000);
    await page.getByRole('alert').getByText(t.late).waitFor();
    await page.unroute('**/index.m3u8', none);
    await button(page.getByRole('alert'), words('en').common.retry).click();
    await plays('what comes late is played');
    await sure(page, button(channel, t.stop), t.stop, t.stopLoses('The sky'));
    await channel.waitFor({ state: 'detached' });
    await button(offer, t.relay).click();
    await channel.getByText(t.kinds.relay).waitFor();
    await until('it flows', () => flows(attic, 'sky'));
    await closed(page, /hls/);
  });
});
