// The main job: find an organization, look at it, copy its id, launch it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { World } from '../lib/world.mjs';
import { until } from '../lib/wait.mjs';

let world, window, sample;
before(async () => {
  world = await World.start({ orgs: 120 });
  window = await world.signedIn();
  const { results } = await world.simulator.organizations();
  sample = results.find((o) => /^[A-Za-z]{4,} [A-Za-z]{3,}/.test(o.name ?? ''));
});
after(() => world?.stop());
beforeEach(() => window.search.fill(''));

test('the grid names its size, its columns and its rows', async () => {
  assert.equal(await window.rowCount(), 120);
  assert.ok(Number(await window.grid.getAttribute('aria-colcount')) >= 6);
  for (const name of [
    'Logo',
    'Organization name',
    'Remote Assist',
    'Current users',
    'Devices',
    'Applications',
  ]) {
    await window.header(name).waitFor();
  }
  const first = await window.names();
  assert.ok(first.length > 5);
});

test('search finds by name, without regard to case', async () => {
  await window.search.fill(sample.name.toUpperCase().slice(0, 8));
  await window.row(sample.name).first().waitFor();
  assert.ok((await window.rowCount()) < 120);
});

test('search finds by id', async () => {
  await window.search.fill(sample.id);
  await until('one row', async () => (await window.rowCount()) === 1);
  await window.row(sample.name).waitFor();
});

test('a search without a match says so and can be cleared', async () => {
  await window.search.fill('zzqxj no such customer');
  await window.page
    .getByText(/no organization|nothing matches|no match/i)
    .first()
    .waitFor();
  await window.page.getByRole('button', { name: /clear/i }).first().click();
  await until('all rows', async () => (await window.rowCount()) === 120);
});

test('rows beyond the edge are drawn once a search rests, and scrolling shows no gap', async () => {
  await window.search.fill('a');
  // How many rows are drawn, how many fit, and whether each that can be seen is there.
  const drawn = () =>
    window.grid.evaluate((grid) => {
      const rows = [...grid.querySelectorAll('[role="row"][data-id]')].filter((row) => !row.hidden);
      const top = grid.querySelector('[data-header]').getBoundingClientRect().bottom;
      const { bottom } = grid.getBoundingClientRect();
      const seen = rows.filter((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      });
      const height = seen.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0);
      return { rows: rows.length, seen: seen.length, full: height >= bottom - top };
    });
  await until('rows beyond the edge', async () => {
    const { rows, seen } = await drawn();
    return rows >= seen + 3;
  });
  await window.grid.evaluate((grid) => {
    grid.scrollTop += 330;
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  assert.ok((await drawn()).full, 'there is a gap');
});

test('sorting by a column says so and turns around', async () => {
  const header = window.header('Current users');
  await header.click();
  const first = await header.getAttribute('aria-sort');
  assert.match(first, /ascending|descending/);
  const users = async () =>
    (await window.users()).slice(0, 12).map((text) => Number(text.replace(/[^\d]/g, '')));
  const order = first === 'ascending' ? 1 : -1;
  const sorted = (values, direction) =>
    values.every((v, i) => i === 0 || (v - values[i - 1]) * direction >= 0);
  await until('rows in order', async () => sorted(await users(), order));
  await header.click();
  await until('the other order', async () => (await header.getAttribute('aria-sort')) !== first);
  await until('rows in the other order', async () => sorted(await users(), -order));
  await window.header('Organization name').click();
});

test('the panel shows the organization, and its id can be copied', async () => {
  await window.search.fill(sample.id);
  await window.openPanel(sample.name);
  await window.panel.getByText(sample.id).waitFor();
  await window.panel.getByRole('tab', { name: 'Details' }).waitFor();
  await window.panel.getByRole('button', { name: 'Copy organization ID' }).click();
  await window.page.getByRole('status').filter({ hasText: /cop/i }).first().waitFor();
  const { execFile } = await import('node:child_process');
  const clipboard = await until('the id on the clipboard', async () => {
    const fromPage = await window.page.evaluate(() => navigator.clipboard.readText()).catch(() => '');
    if (fromPage === sample.id) return fromPage;
    return new Promise((resolve) =>
      execFile('xclip', ['-selection', 'clipboard', '-o'], { env: world.desktop.env }, (_, out) =>
        resolve(out === sample.id ? out : ''),
      ),
    );
  });
  assert.equal(clipboard, sample.id);
});

test("Launch gives the system's browser the exact address and nothing else", async () => {
  await window.search.fill(sample.id);
  await window.openPanel(sample.name);
  const before = (await world.desktop.opened()).length;
  await window.panel.getByRole('button', { name: /^Launch/ }).click();
  const calls = await until('a launch', async () => {
    const all = await world.desktop.opened();
    return all.length > before && all.slice(before);
  });
  assert.deepEqual(calls, [[`https://console.jumpcloud.com/?orgId=${sample.id}`]]);
  await window.page
    .getByText(/if the console shows another organization/i)
    .first()
    .waitFor();
});

test('Close and Escape give the focus back to the row', async () => {
  await window.search.fill(sample.id);
  await window.openPanel(sample.name);
  await window.panel.getByRole('button', { name: 'Close' }).click();
  await window.panel.waitFor({ state: 'hidden' });
  await until('the row to have the focus', () =>
    window.page.evaluate(
      (id) => document.activeElement?.closest('[role="row"]')?.textContent.includes(id.slice(0, 4)),
      sample.id,
    ),
  );
});

test("someone else's new organization, rename and removal arrive with the next synchronisation", async () => {
  const added = await world.simulator.addOrganization({ name: 'Quillfeather Observatory' });
  const { results } = await world.simulator.organizations();
  const renamed = results.find((o) => o.name && o.id !== sample.id && o.id !== added?.id);
  await world.simulator.changeOrganization(renamed.id, { name: 'Zephyr & Daughters Renamed' });
  await window.sync();
  await window.search.fill('Quillfeather');
  await window.row('Quillfeather Observatory').waitFor();
  await window.search.fill(renamed.id);
  await window.row('Zephyr & Daughters Renamed').waitFor();
  const gone = results.find((o) => o.name && o.id !== sample.id && o.id !== renamed.id && o.id !== added?.id);
  await world.simulator.deleteOrganization(gone.id);
  await window.sync();
  await window.search.fill(gone.id);
  await window
    .row(gone.name)
    .getByText(/not listed|no longer/i)
    .first()
    .waitFor();
});

test('nothing went wrong on the way', () => world.assertClean());
