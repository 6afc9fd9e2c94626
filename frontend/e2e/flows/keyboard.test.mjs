// The whole job without a mouse.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window;
before(async () => (world = await World.start({ orgs: 90 })));
after(() => world?.stop());

const press = (key) => window.page.keyboard.press(key);
const focused = () =>
  window.page.evaluate(() => {
    const row = document.activeElement?.closest('[role="row"]');
    return row
      ? {
          index: Number(row.getAttribute('aria-rowindex')),
          text: row.getAttribute('aria-label') ?? row.textContent,
        }
      : null;
  });
const focusAt = (index) => until(`the focus on row ${index}`, async () => (await focused())?.index === index);

async function tabTo(what, reached, limit = 40) {
  for (let i = 0; i < limit; i++) {
    await press('Tab');
    if (await window.page.evaluate(reached)) return;
  }
  assert.fail(`${what} was not reached with Tab`);
}

test('sign in with the keyboard alone', async () => {
  window = await world.window();
  await window.keyField.waitFor();
  await tabTo(
    "the key's field",
    () =>
      document.activeElement?.matches('input') &&
      /key/i.test(document.activeElement.labels?.[0]?.textContent ?? document.activeElement.ariaLabel ?? ''),
  );
  await window.page.keyboard.type(world.simulator.apiKey);
  await press('Enter');
  await window.grid.waitFor();
  await window.synced();
});

test('arrows, Home, End and the page keys move through the grid', async () => {
  await press('Control+f');
  await until('the focus in the search', () => window.search.evaluate((e) => e === document.activeElement));
  await tabTo('the grid', () => document.activeElement?.closest('[role="grid"]') !== null);
  await press('Control+Home');
  await until('the focus at the top', async () => ((await focused())?.index ?? 99) <= 2);
  if ((await focused()).index === 1) await press('ArrowDown');
  await focusAt(2);
  await press('ArrowDown');
  await focusAt(3);
  await press('ArrowUp');
  await focusAt(2);
  await press('PageDown');
  await until('a page further', async () => (await focused()).index > 5);
  await press('Control+End');
  await focusAt(91);
  await press('Control+Home');
  await until('the focus at the top', async () => (await focused()).index <= 2);
  if ((await focused()).index === 1) await press('ArrowDown');
});

test('Enter opens the panel, Escape closes it and gives the focus back', async () => {
  await focusAt(2);
  await press('ArrowDown');
  await focusAt(3);
  await press('Enter');
  await window.panel.waitFor();
  const name = await window.panel.getByRole('heading').first().innerText();
  await press('Escape');
  await window.panel.waitFor({ state: 'hidden' });
  await focusAt(3);
  assert.ok((await focused()).text.startsWith(name));
});

test('Escape closes the menu of the panel and not the panel', async () => {
  await press('Enter');
  await window.panel.waitFor();
  await window.panel.getByRole('button', { name: /^More/ }).press('Enter');
  const menu = window.page.getByRole('menu');
  await menu.waitFor();
  await assertAccessible(window.page, 'the menu of the panel');
  await press('Escape');
  await menu.waitFor({ state: 'hidden' });
  assert.ok(await window.panel.isVisible());
  await press('Escape');
  await window.panel.waitFor({ state: 'hidden' });
});

test('the keys launch, copy the id and open the lists of settings and shortcuts', async () => {
  await press('Enter');
  await window.panel.waitFor();
  const before = (await world.desktop.opened()).length;
  await press('Control+Enter');
  await until('a launch', async () => (await world.desktop.opened()).length === before + 1);
  await press('Control+Shift+C');
  await window.page.getByRole('status').filter({ hasText: /cop/i }).first().waitFor();
  await press('Escape');
  await window.panel.waitFor({ state: 'hidden' });
  for (const key of ['F1', 'Control+,']) {
    await press(key);
    const dialog = window.page.getByRole('dialog');
    await dialog.waitFor();
    assert.ok(
      await dialog.evaluate((e) => e.contains(document.activeElement)),
      `${key}: the focus is in the dialog`,
    );
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  }
});

test('sorting keeps the focus on the same organization', async () => {
  await window
    .row((await window.names())[4])
    .first()
    .focus();
  const before = (await focused()).text;
  const header = window.header('Devices');
  await header.evaluate((e) =>
    (e.matches('button') ? e : (e.querySelector('button') ?? e)).dispatchEvent(
      new MouseEvent('click', { bubbles: true }),
    ),
  );
  await until('the sort', async () => (await header.getAttribute('aria-sort')) !== 'none');
  await until('the focus on the same organization', async () => (await focused())?.text === before);
});

test('F5 synchronises and does not reload the page', async () => {
  await window.page.evaluate(() => (window.e2e.same = true));
  const before = await window.page.evaluate(() => window.e2e.ended);
  await press('F5');
  await until(
    'a synchronisation',
    () => window.page.evaluate((n) => window.e2e.same && window.e2e.ended > n, before),
    {
      timeout: 30_000,
    },
  );
  await world.assertClean();
});
