// Chromium on a page of the dashboard; whatever a browser complains of is kept.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Machines that do other things beside are slow, and that is no failure.
const PATIENCE_MILLIS = 120_000;
export const SIZES = {
  phone: { width: 360, height: 740 },
  desk: { width: 1440, height: 900 },
};

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CLOUDY_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
}

/** Opens a page of a size, language and colours, and signs in unless told otherwise. */
export async function visit(
  browser,
  agent,
  { size = 'desk', locale = 'en', colors = 'light', state } = {},
) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale,
    colorScheme: colors,
    reducedMotion: 'reduce',
    ...(state ? { storageState: state } : {}),
  });
  context.setDefaultTimeout(PATIENCE_MILLIS);
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      page.complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(agent.url)) page.complaints.push(`request to ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    page.complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.goto(agent.url);
  if (!state) await signIn(page, 'admin', agent.password);
  return page;
}

export async function signIn(page, login, password) {
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
  await page.waitForSelector('#menu', { state: 'attached' });
}

/** Goes to a place by its hash, and returns once it has something to show. */
export async function goTo(page, place) {
  await page.evaluate(
    (hash) =>
      new Promise((drawn) => {
        const soon = () => requestAnimationFrame(() => requestAnimationFrame(drawn));
        if (location.hash === hash) return soon();
        addEventListener('hashchange', soon, { once: true });
        location.hash = hash;
      }),
    `#/${place}`,
  );
  await page.waitForSelector('#menu + main h1');
  await page.waitForFunction(() => !document.querySelector('main .loading'));
}

/** The button, or what acts as one, of exactly that name. */
export function button(within, name) {
  return within.getByRole('button', { name, exact: true });
}

/** What is filled in under a label that begins so: hints and choices follow in it. */
export function field(within, label) {
  return within.getByLabel(new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
}

/** The part of the page beneath that title. */
export function card(page, title) {
  return page.getByRole('region', { name: title, exact: true });
}

/** The row of a table or list that holds a text. */
export function row(within, text) {
  return within.locator('tr, li').filter({ hasText: text });
}

/** Presses a button that asks first, reads what will be lost, and goes on. */
export async function sure(page, pressed, action, loses) {
  await pressed.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(loses).waitFor();
  await button(dialog, action).click();
}

/** Returns what axe-core finds wrong, in a line each. */
export async function audit(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return violations.map(
    (one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target).join(' ')}`,
  );
}

/** How many pixels of the page lie beyond the right edge. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}
