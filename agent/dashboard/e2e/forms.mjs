// The forms of modules, made from what each says can be set.
import { button, field, goTo } from './browser.mjs';
import { stage } from './stage.mjs';

/** Returns what can be set of a module, by key. */
export async function settings(id) {
  return (await stage.attic.get(`/v1/modules/${id}/schema`)).properties;
}

/** What a setting is called on a page of that language. */
export function titled(setting, language = 'en') {
  return setting['x-titles']?.[language] ?? setting.title;
}

/** Turns a module on by its page, and returns once it runs. */
export async function turnOn(page, id, t) {
  await goTo(page, `modules/${id}`);
  const { enabled } = await settings(id);
  await field(page, titled(enabled, await page.getAttribute('html', 'lang'))).check();
  await apply(page, t);
  await button(page, t.modules.restart).waitFor();
}

/** Applies what was changed in a module's form, after a look at it. */
export async function apply(page, t) {
  await page.getByRole('button', { name: t.modules.apply }).click();
  await page.getByRole('region', { name: t.modules.review }).waitFor();
  await button(page, t.modules.applyNow).click();
  await page.getByRole('status').getByText(t.modules.applied).first().waitFor();
}
