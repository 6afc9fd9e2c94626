// Several accounts in one window: adding, naming, switching, logging out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, page;
before(async () => {
  world = await World.start({ orgs: 150, seed: 11, latency: '15ms', args: ['--demo-orgs', '90'] });
  window = await world.window();
  page = window.page;
});
after(() => world?.stop());

const REAL = 'Real Provider';
const PRETEND = 'Pretend Provider';

const switcher = (name) =>
  page.getByRole('banner').getByRole('button', { name: new RegExp(`^${name} (US|Demo)$`) });
const dialog = () => page.getByRole('dialog');
const menu = () => page.getByRole('menu', { name: 'Accounts' });
const accountItem = (name) => menu().getByRole('menuitemradio', { name: new RegExp(`^${name}`) });
const focused = (what, locator) =>
  until(`the focus on ${what}`, () => locator.evaluate((element) => element === document.activeElement));

async function choose(name, item) {
  await switcher(name).click();
  await menu().getByRole('menuitem', { name: item }).click();
  await dialog().waitFor();
}

async function rename(from, to) {
  await choose(from, 'Rename account…');
  await dialog().getByRole('textbox', { name: 'Name of the account' }).fill(to);
  await dialog().getByRole('button', { name: 'Rename' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await switcher(to).waitFor();
}

/** Both accounts: their ids and labels. */
const accountsKnown = () =>
  page.evaluate(async () => {
    const { accounts } = await window.go.bind.Session.State();
    return accounts.map(({ id, label }) => ({ id, label }));
  });

/** Shows an account without the page's doing, as a switch that the page is told of. */
async function become(label) {
  const { id } = (await accountsKnown()).find((account) => account.label === label);
  await page.evaluate((id) => window.go.bind.Session.SelectAccount(id), id);
  await switcher(label).waitFor();
}

test('a second account is added from the header, and both are renamed', async () => {
  await window.signIn(world.simulator.apiKey);
  await window.grid.waitFor();
  await rename('.+', REAL);
  await choose(REAL, 'Add an account…');
  await dialog().getByRole('button', { name: 'Explore the demo' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await rename('.+', PRETEND);
});

test('a name that is too long is refused with words', async () => {
  await choose(PRETEND, 'Rename account…');
  await dialog().getByRole('textbox', { name: 'Name of the account' }).fill('x'.repeat(61));
  await dialog().getByText('at most 60').waitFor();
  assert.ok(await dialog().getByRole('button', { name: 'Rename' }).isDisabled());
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
});

test('the menu of accounts is accessible', async () => {
  await switcher(PRETEND).click();
  await accountItem(REAL).waitFor();
  await assertAccessible(page, 'the menu of accounts');
  await page.keyboard.press('Escape');
  await menu().waitFor({ state: 'hidden' });
  await focused('the switcher', switcher(PRETEND));
});

test('the switcher works by keyboard and says what it shows', async () => {
  await switcher(PRETEND).focus();
  await page.keyboard.press('Enter');
  await menu()
    .getByRole('menuitemradio', { name: /^Real Provider United States .*@.* Key ready/ })
    .waitFor();
  assert.equal(await accountItem(PRETEND).getAttribute('aria-checked'), 'true');
  assert.equal(await accountItem(REAL).getAttribute('aria-checked'), 'false');
  await page.keyboard.press('End');
  await focused('the last item', menu().getByRole('menuitem', { name: 'API key and rights…' }));
  await page.keyboard.press('ArrowDown');
  await focused('the first item again', accountItem(REAL));
  await page.keyboard.press('P');
  await focused('the item whose name was begun', accountItem(PRETEND));
  await page.keyboard.press('ArrowUp');
  await focused('the item above', accountItem(REAL));
  await page.keyboard.press('Enter');
  await switcher(REAL).waitFor();
  await menu().waitFor({ state: 'hidden' });
  await focused('the switcher', switcher(REAL));
});

test('a dialog about one account closes when another is shown', async () => {
  await choose(REAL, 'API key and rights…');
  await page.getByRole('dialog', { name: `API key of ${REAL}` }).waitFor();
  await become(PRETEND);
  await dialog().waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('dialog', { name: `Log out of ${PRETEND}` }).waitFor();
  await become(REAL);
  await dialog().waitFor({ state: 'hidden' });
});

test('what the key can do is told, and who can grant the rest', async () => {
  await become(REAL);
  await world.simulator.role('Administrator');
  await choose(REAL, 'API key and rights…');
  await dialog()
    .getByText(/See invoices: No/)
    .waitFor();
  await dialog()
    .getByText(/List organizations: Yes/)
    .waitFor();
  await dialog().getByText('An Administrator With Billing of your provider').first().waitFor();
  await dialog()
    .getByText(/\d+ days left/)
    .waitFor();
  await assertAccessible(page, 'the key');
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
  await world.simulator.role('Administrator With Billing');
});

test('logging out offers to end the browser’s session, and opens the console', async () => {
  const before = (await world.desktop.opened()).length;
  await page.getByRole('button', { name: 'Log out' }).click();
  await dialog().getByText('it is not revoked').waitFor();
  await dialog().getByText('Your browser stays signed in').waitFor();
  await assertAccessible(page, 'logging out');
  await dialog().getByRole('button', { name: 'Open the console to end the session' }).click();
  const calls = await until('the console to be opened', async () => {
    const calls = await world.desktop.opened();
    return calls.length > before && calls;
  });
  assert.deepEqual(calls.slice(before), [['https://console.jumpcloud.com/']]);
  // It is still to be decided whether to log out here.
  assert.ok(await dialog().isVisible());
});

test('logging out erases where that is asked, and the demo is offered, not forced on anyone', async () => {
  await dialog()
    .getByRole('checkbox', { name: /Also erase/ })
    .check();
  await dialog().getByRole('button', { name: 'Log out and erase' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await window.keyField.waitFor();
  assert.deepEqual(
    (await accountsKnown()).map(({ label }) => label),
    [PRETEND],
  );
  await page.getByRole('button', { name: `${PRETEND} Demo` }).click();
  await switcher(PRETEND).waitFor();
  assert.equal(await window.rowCount(), 90);
  await world.assertClean();
});
