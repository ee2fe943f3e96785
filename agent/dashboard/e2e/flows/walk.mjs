// Every page, with all that the tests before have left there.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { goTo, visit } from '../browser.mjs';
import { closed, IMAGE, looked, open, stage } from '../stage.mjs';
import { PLACES } from './places.mjs';

/** Adds the places of what there is. */
async function places() {
  const { attic } = stage;
  const found = [...PLACES];
  const { services } = await attic.get('/v1/services?limit=10000');
  const some = [
    services.find((one) => one.node === 'roof'),
    services.find((one) => one.type === 'Docker'),
  ];
  for (const one of some.filter(Boolean))
    found.push(`services/${encodeURIComponent(one.node)}/${one.id}`);
  if (IMAGE) {
    for (const one of (await attic.get('/v1/stacks')).stacks) found.push(`stacks/of/${one.name}`);
    const [first] = (await attic.get('/v1/containers')).containers;
    if (first) found.push(`stacks/container/${first.id}`);
  }
  return found;
}

/** Keys beyond the number of controls: the page's end, the browser's own, scrolling boxes. */
const SPARE = 20;
const WAYS = [
  ['phone', 'ca', 'dark'],
  ['desk', 'ca', 'light'],
  ['phone', 'es', 'light'],
  ['desk', 'es', 'dark'],
  ['phone', 'en', 'light'],
  ['desk', 'en', 'dark'],
];

/** What one can press or fill in on a page, and never comes to with the key Tab. */
async function unreached(page) {
  const count = await page.evaluate(() => {
    globalThis.reached = new Set();
    document.addEventListener('focusin', ({ target }) => globalThis.reached.add(target));
    globalThis.controls = [
      ...document.querySelectorAll('a, button, input, select, summary, textarea'),
    ].filter((one) => !one.disabled && one.checkVisibility());
    document.activeElement.blur();
    return globalThis.controls.length;
  });
  for (let i = 0; i < count + SPARE; i++) await page.keyboard.press('Tab');
  return page.evaluate(() =>
    globalThis.controls
      .filter((one) => one.isConnected && !globalThis.reached.has(one))
      .map((one) => one.outerHTML.slice(0, 100)),
  );
}

describe('every page', () => {
  for (const [size, locale, colors] of WAYS) {
    it(`shows itself on a ${size} in ${locale} and ${colors}, without a complaint of the browser or axe`, async () => {
      const page = await open({ size, locale, colors });
      for (const place of await places()) {
        await goTo(page, place);
        assert.equal(await page.getAttribute('html', 'lang'), locale);
        await looked(page, place, `${size}-${colors}`);
      }
      await closed(page);
    });
  }

  it('has nothing that the keyboard does not reach', async () => {
    const page = await open({ locale: 'en' });
    for (const place of await places()) {
      await goTo(page, place);
      assert.deepEqual(await unreached(page), [], place);
    }
    await closed(page);
  });

  it('of a node with nothing teaches what to do', async () => {
    const page = await visit(stage.browser, stage.cellar, { size: 'phone', locale: 'ca' });
    for (const place of PLACES) {
      await goTo(page, place);
      await looked(page, place, 'empty');
    }
    await closed(page, /503|404/);
  });
});
