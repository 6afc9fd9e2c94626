// Pictures for the README and the documents, taken of the running app in
// Chromium: the list and the panel in light and dark, and every other state.
import { mkdir } from 'node:fs/promises';

import { inRoot } from '../lib/paths.mjs';
import { Tasks } from '../lib/tasks.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

const folder = inRoot('docs/pictures');
await mkdir(folder, { recursive: true });

// A file for each colour scheme a state is wanted in.
async function take(window, name, schemes = ['light']) {
  await window.page.mouse.move(0, 0); // or what happens to be under it looks pointed at
  for (const colorScheme of schemes) {
    await window.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await until('the logos', () =>
      window.page.evaluate(() =>
        [...document.images].every((image) => image.complete && image.naturalWidth > 0),
      ),
    );
    const file = schemes.length > 1 ? `${name}-${colorScheme}.png` : `${name}.png`;
    await window.page.screenshot({ path: `${folder}/${file}`, animations: 'disabled', caret: 'hide' });
    console.log(`docs/pictures/${file}`);
  }
}

async function demo() {
  const world = await World.start({ simulator: false, args: ['--demo'] });
  const window = await world.window();
  await window.grid.waitFor();
  await window.synced();
  await take(window, 'list', ['light', 'dark']);
  const [name] = await window.names();
  await window.openPanel(name);
  await take(window, 'panel', ['light', 'dark']);
  await pages(window);
  await window.page.keyboard.press('Escape');
  await window.search.fill('no such customer');
  await take(window, 'no-match');
  await window.search.fill('');
  await window.page.keyboard.press('F1');
  await window.page.getByRole('dialog').waitFor();
  await take(window, 'shortcuts');
  await world.stop();
}

const both = ['light', 'dark'];

// The tabs of the panel that is open, the pages beside the list, and what adds.
async function pages(window) {
  const tasks = new Tasks(window);
  await anEdit(tasks);
  for (const [tab, file, words] of [
    ['Usage & Billing', 'panel-usage', 'Billing model'],
    ['Administrators', 'panel-administrators', 'Local administrators'],
    ['History', 'panel-history', 'User cap changed'],
  ]) {
    const shown = await tasks.tab(tab);
    await shown.getByText(words).locator('visible=true').first().waitFor();
    await until('what is being read', async () => (await shown.getByText('Reading…').count()) === 0);
    await take(window, file, both);
  }
  for (const [page, file, table] of [
    ['Administrators', 'administrators', 'Administrators'],
    ['Usage & Billing', 'usage', 'Usage of organizations'],
    ['Activity', 'activity', 'Activity'],
  ]) {
    await tasks.goTo(page);
    await window.page.getByRole('table', { name: table, exact: true }).getByRole('row').nth(1).waitFor();
    await until('what is being read', async () => (await window.page.getByText('Reading…').count()) === 0, {
      timeout: 60_000,
    });
    await take(window, file, both);
  }
  await tasks.goTo('Organizations');
  await window.page.keyboard.press('Control+n');
  await tasks.dialog('Add organization').getByRole('textbox', { name: 'Name' }).fill('Harbour Light Pottery');
  await take(window, 'add', both);
  await window.page.keyboard.press('Escape');
  await tasks.tab('Administrators');
  await window.panel.locator('button:not([aria-disabled])', { hasText: 'Take access…' }).first().click();
  await tasks.dialog('Take access to').waitFor();
  await take(window, 'take-access', both);
  await window.page.keyboard.press('Escape');
}

// Something for the history to tell: a cap changed, and changed back.
async function anEdit(tasks) {
  await tasks.tab('Details');
  const cap = tasks.field('User cap');
  const before = await cap.inputValue();
  for (const value of [String(Number(before) + 25), before]) {
    await tasks.save('User cap', value);
    await tasks.toast('User cap').waitFor();
    await tasks.clearToasts();
  }
}

// Someone else changed the name between opening the panel and saving.
async function conflict() {
  const world = await World.start({ orgs: 60 });
  const window = await world.signedIn();
  const tasks = new Tasks(window);
  const organization = await world.simulator.addOrganization({ name: 'Harbour Light Pottery' });
  await window.sync();
  await tasks.open(organization);
  await tasks.field('Organization name').fill('Harbour Light Ceramics');
  await world.simulator.changeOrganization(organization.id, { name: 'Harbour Light Studio' });
  await tasks.saveButton('Organization name').click();
  await tasks.dialog(/changed meanwhile$/).waitFor();
  await take(window, 'conflict', both);
  await world.stop();
}

async function ownServer() {
  const world = await World.start({ orgs: 248, latency: '40ms' });
  const window = await world.window();
  await window.keyField.waitFor();
  await take(window, 'first-run', ['light', 'dark']);
  await world.simulator.faults({ path: '/api/systemusers', kind: 'slow', delayMs: 2000 });
  await window.signIn(world.simulator.apiKey);
  await window.grid.waitFor();
  await until('names and some figures', async () => {
    const status = await window.status();
    return status?.phase === 'figures' && status.done >= 0;
  });
  await take(window, 'first-sync');
  await world.simulator.faults();
  await window.synced();
  await world.simulator.faults({ path: '/api/systemusers', kind: 'status', status: 500 });
  await window.sync({ timeout: 300_000 });
  await take(window, 'partial-sync');
  await world.simulator.faults({ path: '/api/v2/providers', kind: 'status', status: 403 });
  await window.sync();
  await take(window, 'no-rights');
  await world.simulator.faults();
  await world.simulator.replaceKey();
  await window.sync();
  await take(window, 'key-refused');
  await world.simulator.stop();
  await world.restartApp();
  const offline = await world.window();
  await offline.grid.waitFor();
  await offline.page
    .getByText(/offline/i)
    .first()
    .waitFor({ timeout: 60_000 });
  await take(offline, 'offline');
  await world.stop();
}

async function nothing() {
  const world = await World.start({ orgs: 0 });
  const window = await world.window();
  await window.signIn(world.simulator.apiKey);
  await window.synced();
  await take(window, 'nothing-to-show');
  await world.stop();
}

const parts = { demo, conflict, ownServer, nothing };
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts)) await parts[name]();
