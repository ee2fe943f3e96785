// What is measured of devices, in charts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { button, card, goTo, row } from '../browser.mjs';
import { until } from '../community.mjs';
import { turnOn } from '../forms.mjs';
import { closed, open, stage } from '../stage.mjs';
import { words } from '../words.mjs';

const BASE = '/v1/modules/graphs';

/** Of what has not been measured yet there is no series. */
const NOTHING_YET = /404.*\/series/;

/** The second of the day that a time of the clock names. */
function secondOf(time) {
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}

describe('the graph server', () => {
  it('watches devices, and tests one step by step', async () => {
    const t = words('es').graphs;
    const page = await open({ locale: 'es' });
    await turnOn(page, 'graphs', words('es'));
    await until('something is measured', async () => {
      const query = 'measure=ping&port=0&from=-3600&points=600';
      const { series } = await stage.attic.get(`${BASE}/devices/here/series?${query}`);
      return series.some((one) => one.values.some((value) => value !== null));
    });
    const devices = card(page, t.devices);
    await button(devices, t.refresh).click();
    const here = row(devices, 'This machine');
    await here.getByText(t.answers).waitFor();
    await row(devices, 'The other').waitFor();
    await devices.getByLabel(t.find).fill('MACHINE');
    await row(devices, 'The other').waitFor({ state: 'detached' });
    await button(here, 'This machine').click();
    await button(page, t.test).click();
    await row(card(page, 'This machine'), 'counters').getByText('64 bits').waitFor();
    await button(page, t.back).click();
    await here.waitFor();
    await closed(page, NOTHING_YET);
  });

  it('draws charts of a time that one chooses, zooms into, compares and takes along', async () => {
    const t = words('ca').graphs;
    const page = await open({ locale: 'ca' });
    await goTo(page, 'modules/graphs');
    await button(row(card(page, t.devices), 'This machine'), 'This machine').click();
    await page.getByLabel(t.range, { exact: true }).selectOption('3600');
    const chart = page.getByRole('img', { name: t.latency });
    await chart.locator('canvas').waitFor();
    await chart.scrollIntoViewIfNeeded();
    const plot = chart.locator('.u-over');
    const { x, y, width, height } = await plot.boundingBox();
    await page.mouse.move(x + width / 4, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
    const chosen = () => chart.locator('.u-select').evaluate((one) => one.offsetWidth);
    await until('the part is marked', async () => (await chosen()) > width / 8);
    await page.mouse.up();
    await until('the part fills the chart', async () => (await chosen()) === 0);
    const part = page.getByRole('group', { name: t.latency }).getByText(' – ');
    const minutes = async () => {
      const [from, to] = (await part.innerText()).match(/\d+:\d\d:\d\d/g).map(secondOf);
      return Math.round(((to - from + 86_400) % 86_400) / 60);
    };
    assert.equal(await minutes(), 15, 'a quarter of the hour');
    await plot.dblclick();
    await part.waitFor({ state: 'detached' });
    const press = (name) => button(page.getByRole('group', { name: t.latency }), name).click();
    await press(words('ca').common.closer);
    assert.equal(await minutes(), 30);
    const before = await part.innerText();
    await press(words('ca').common.earlier);
    assert.notEqual(await part.innerText(), before);
    await press(words('ca').common.later);
    assert.equal(await part.innerText(), before);
    await press(words('ca').common.farther);
    await part.waitFor({ state: 'detached' });
    await page.getByLabel(t.compare, { exact: true }).selectOption({ index: 1 });
    await page.getByRole('img', { name: `This machine: ${t.latency}` }).waitFor();
    const cards = page.getByRole('region').filter({ has: page.getByRole('img') });
    await cards.nth(1).waitFor();
    const download = page.waitForEvent('download');
    await cards.first().getByRole('link', { name: t.download }).click();
    assert.equal((await download).suggestedFilename(), 'here.csv');
    const popup = page.waitForEvent('popup');
    await cards.first().getByRole('link', { name: t.picture }).click();
    const picture = await popup;
    await picture.waitForLoadState();
    assert.match(await picture.evaluate(() => document.contentType), /^image\//);
    await picture.close();
    await closed(page, NOTHING_YET);
  });

  it('takes another device by its form', async () => {
    const t = words('en');
    const page = await open({ locale: 'en', size: 'phone' });
    await goTo(page, 'modules/graphs');
    await stage.attic.cloudy('graphs', 'add', 'other', '127.0.0.9', '--title', 'Another device');
    await until('it is watched', async () =>
      (await stage.attic.get(`${BASE}/devices`)).devices.some((one) => one.id === 'other'),
    );
    await button(card(page, t.graphs.devices), t.graphs.refresh).click();
    await row(card(page, t.graphs.devices), 'Another device').waitFor();
    await closed(page, NOTHING_YET);
  });
});
