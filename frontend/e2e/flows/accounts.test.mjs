// Several accounts in one window: adding, naming, switching, and their keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { World } from '../lib/world.mjs';

let world, window, page;
before(async () => {
  world = await World.start({ orgs: 150, seed: 11, latency: '15ms', args: ['--demo-orgs', '90'] });
  window = await world.window();
  page = window.page;
});
after(() => world?.stop());

const switcher = (name) =>
  page.getByRole('banner').getByRole('button', { name: new RegExp(`^${name} (US|Demo)$`) });
const dialog = () => page.getByRole('dialog');
const menu = () => page.getByRole('menu', { name: 'Accounts' });

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

test('a second account is added from the header, and both are renamed', async () => {
  await window.signIn(world.simulator.apiKey);
  await window.grid.waitFor();
  await rename('.+', 'Real Provider');
  await choose('Real Provider', 'Add an account…');
  await dialog().getByRole('button', { name: 'Explore the demo' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await rename('.+', 'Pretend Provider');
});

test('a name that is too long is refused with words', async () => {
  await choose('Pretend Provider', 'Rename account…');
  await dialog().getByRole('textbox', { name: 'Name of the account' }).fill('x'.repeat(61));
  await dialog().getByText('at most 60').waitFor();
  assert.ok(await dialog().getByRole('button', { name: 'Rename' }).isDisabled());
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
});

test('the switcher works by keyboard and says what it shows', async () => {
  await switcher('Pretend Provider').focus();
  await page.keyboard.press('Enter');
  const real = menu().getByRole('menuitemradio', { name: /Real Provider United States .*@.* Key ready/ });
  await real.waitFor();
  const shown = menu().getByRole('menuitemradio', { name: /Pretend Provider Demo/ });
  assert.equal(await shown.getAttribute('aria-checked'), 'true');
  await real.press('Enter');
  await switcher('Real Provider').waitFor();
  assert.ok(await switcher('Real Provider').evaluate((button) => button === document.activeElement));
});

test('what the key can do is told, and who can grant the rest', async () => {
  await page.evaluate(async () => {
    const { accounts } = await window.go.bind.Session.State();
    await window.go.bind.Session.SelectAccount(accounts.find((account) => !account.demo).id);
  });
  await switcher('Real Provider').waitFor();
  await world.simulator.role('Administrator');
  await choose('Real Provider', 'API key and rights…');
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

test('logging out says what it does, erases, and shows the other account', async () => {
  await page.getByRole('button', { name: 'Log out' }).click();
  await dialog().getByText('it is not revoked').waitFor();
  await dialog().getByRole('button', { name: 'Open the console to end the session' }).waitFor();
  await assertAccessible(page, 'logging out');
  await dialog()
    .getByRole('checkbox', { name: /Also erase/ })
    .check();
  await dialog().getByRole('button', { name: 'Log out and erase' }).click();
  await dialog().waitFor({ state: 'hidden' });
  const { accounts } = await page.evaluate(() => window.go.bind.Session.State());
  assert.deepEqual(
    accounts.map(({ label }) => label),
    ['Pretend Provider'],
  );
  await world.assertClean();
});
