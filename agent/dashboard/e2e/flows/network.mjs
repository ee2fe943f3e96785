// The community at a glance, its map, and one node of it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { button, card, goTo, row, sure } from '../browser.mjs';
import { until } from '../community.mjs';
import { oldNode } from '../parts.mjs';
import { closed, open, stage } from '../stage.mjs';
import { words } from '../words.mjs';

describe('the overview', () => {
  it('tells what needs somebody, and leads on', async () => {
    await stage.attic.announce('Page of nobody', 9011, {
      check: { kind: 'tcp', interval: '1s', timeout: '1s', down: 1 },
    });
    const t = words('es').overview;
    const page = await open({ locale: 'es', size: 'phone' });
    const needs = card(page, t.needs);
    await needs.getByText('Page of nobody').waitFor();
    await card(page, t.announced).getByText('Page of nobody').waitFor();
    await card(page, t.recent).getByText(t.events['service-announce']('Page of nobody')).waitFor();
    await stage.attic.call('DELETE', '/v1/announcements/website-page-of-nobody');
    await needs.getByText('Page of nobody').waitFor({ state: 'detached' });
    await card(page, t.recent).getByText(t.events['service-withdraw']('Page of nobody')).waitFor();
    await card(page, t.community)
      .getByRole('link', { name: t.membersAlive(3) })
      .click();
    await page.getByRole('heading', { level: 1, name: words('es').network.title }).waitFor();
    await closed(page);
  });
});

describe('the network', () => {
  it('leads from its map and its list to a node, and from there to what it offers', async () => {
    const t = words('ca').network;
    const page = await open({ locale: 'ca' });
    await goTo(page, 'network');
    const map = page.getByRole('group', { name: t.map });
    await map.getByRole('link', { name: /^roof/ }).locator('circle').click();
    await page.getByRole('heading', { level: 1, name: 'roof' }).waitFor();
    await card(page, t.history).getByRole('listitem').first().waitFor();
    await card(page, t.tags).getByText('cloudy', { exact: true }).waitFor();
    await card(page, t.services).getByRole('link', { name: 'Page of the roof' }).click();
    await page.getByRole('heading', { level: 1, name: 'Page of the roof' }).waitFor();
    await goTo(page, 'network/roof');
    await page.getByRole('link', { name: t.back }).click();
    const members = card(page, t.members);
    await members.getByLabel(t.search).fill('CEL');
    await members.getByText(t.shown(1)).waitFor();
    await members.getByRole('combobox').selectOption('failed');
    await members.getByText(t.shown(0)).waitFor();
    await members.getByRole('combobox').selectOption('alive');
    await row(members, 'cellar').getByText('Cloudy 1, Serf 5').waitFor();
    await members.getByRole('link', { name: 'cellar' }).click();
    await page.getByRole('heading', { level: 1, name: 'cellar' }).waitFor();
    await closed(page);
  });

  it('has a map of places for who tells theirs, and lists who does not', async () => {
    const t = words('en').network;
    const page = await open({ locale: 'en' });
    await goTo(page, 'network');
    await button(page, t.byPlace).click();
    const map = page.getByRole('group', { name: t.ground });
    await map.getByRole('link').nth(1).waitFor();
    const spot = async (name) => {
      const circle = map.getByRole('link', { name }).locator('circle');
      return {
        x: Number(await circle.getAttribute('cx')),
        y: Number(await circle.getAttribute('cy')),
      };
    };
    assert.equal(await map.getByRole('link').count(), 2);
    const [attic, roof] = [await spot('attic'), await spot('roof')];
    assert.ok(roof.x > attic.x && roof.y < attic.y, 'the roof is in the north-east');
    const nowhere = page.getByText(t.nowhere(1));
    await nowhere.filter({ hasText: 'cellar' }).waitFor();
    await button(page, t.byTrips).click();
    await page.getByRole('group', { name: t.map }).waitFor();
    await closed(page);
  });

  it('sees a node fail, and declares it as left', async () => {
    const old = await oldNode('shed', stage.attic.gossip);
    await until('it is a member', async () =>
      (await stage.attic.get('/v1/members')).members.some((one) => one.name === 'shed'),
    );
    const t = words('en').network;
    const page = await open({ locale: 'en', size: 'phone' });
    await goTo(page, 'network/shed');
    const state = card(page, words('en').common.state);
    await state.getByText(words('en').common.alive).waitFor();
    await old.stop();
    await state.getByText(words('en').common.failed).waitFor();
    await row(
      card(page, t.history),
      words('en').overview.events['member-failed']('shed'),
    ).waitFor();
    await sure(page, button(page, t.forget), t.forget, t.forgetLoses('shed'));
    await page.getByRole('heading', { level: 1, name: t.title }).waitFor();
    await row(page, 'shed').getByText(words('en').common.left).waitFor();
    await goTo(page, 'network/nobody');
    await page.getByText(t.unknownNode('nobody')).waitFor();
    await closed(page);
  });
});
