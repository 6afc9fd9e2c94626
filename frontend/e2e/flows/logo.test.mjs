// Setting, removing and putting back the logo of one organization, proven by
// what the server serves afterwards.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { after, before, beforeEach, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { Logos } from '../lib/logos.mjs';
import { disc, oval } from '../lib/png.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, logos, marked, bare;
before(async () => {
  world = await World.start({ orgs: 60 });
  window = await world.signedIn();
  logos = new Logos(window, world.simulator);
  const { results } = await world.simulator.organizations();
  const plain = results.filter(
    (o) =>
      /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(o.name ?? '') &&
      results.filter((x) => x.name?.startsWith(o.name)).length === 1,
  );
  for (const one of plain) {
    const has = (await logos.logoId(one)) !== '';
    if (has) marked ??= one;
    else bare ??= one;
  }
  if (!bare) {
    bare = plain.find((one) => one !== marked);
    await world.simulator.changeOrganization(bare.id, { logo: '' });
    await window.sync();
  }
});
after(() => world?.stop());
beforeEach(async () => {
  // What one test leaves open is not the next one's failure.
  if (await window.page.getByRole('dialog').isVisible()) await window.page.keyboard.press('Escape');
  await logos.clearToasts();
  if (await window.search.isVisible()) await window.search.fill('');
});

const wide = oval(1500, 390, [20, 90, 160]);
const small = disc(500, 420, [170, 40, 60]);

test('a picture is chosen, looked at and set; the row shows it and the server serves it', async () => {
  const dialog = await logos.begin(bare);
  await assertAccessible(window.page, 'the dialog of a logo before a picture came in');
  await logos.give(dialog, 'brand sheet.png', wide);
  const made = await logos.made(dialog);
  await dialog.getByText('1,200 × 400 pixels', { exact: true }).waitFor();
  for (const page of ['Console header', 'User portal', 'Login page', 'E-mail', 'macOS set-up'])
    await dialog.getByText(page, { exact: true }).waitFor();
  assert.equal(await logos.served(bare), null, 'it was sent before it was set');
  await assertAccessible(window.page, 'the dialog of a logo');
  await logos.set(dialog);
  await dialog.waitFor({ state: 'hidden' });
  await logos.toast(`${bare.name}: Logo`).getByRole('button', { name: 'Undo' }).waitFor();
  assert.deepEqual(await logos.served(bare), made);
  await until('the logo in the row', async () => (await logos.inRow(bare)) !== null);
});

test('the recipe is changed with the keyboard alone, from the row to the set logo', async () => {
  const { page } = window;
  await window.search.fill(marked.id);
  await window.row(marked.name).first().focus();
  await page.keyboard.press('Enter');
  await window.panel.getByRole('heading', { name: marked.name }).waitFor();
  const before = await logos.served(marked);
  await logos.tabTo('Change logo…');
  await page.keyboard.press('Enter');
  const dialog = logos.dialogOf(marked);
  const choosing = page.waitForEvent('filechooser'); // early, or the browser opens its own
  await until('the focus in the dialog', () => dialog.evaluate((it) => it.contains(document.activeElement)));
  await logos.tabTo('Choose a file…');
  await page.keyboard.press('Enter');
  await (await choosing).setFiles({ name: 'mark.png', mimeType: 'image/png', buffer: wide });
  const first = await logos.made(dialog);
  await logos.tabTo('1200 × 400');
  await page.keyboard.press('ArrowRight');
  await dialog.getByText('800 × 400 pixels', { exact: true }).waitFor();
  await logos.tabTo('Padding');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  const second = await logos.made(dialog);
  assert.notDeepEqual(second, first);
  await logos.tabTo('Set logo');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(await logos.served(marked), second);
  assert.notDeepEqual(second, before);
});

test('the logo before is put back from the History', async () => {
  const before = await logos.served(marked);
  const dialog = await logos.begin(marked);
  await logos.give(dialog, 'other.png', small);
  const made = await logos.made(dialog);
  await logos.set(dialog);
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(await logos.served(marked), made);
  const history = await logos.tab('History');
  const line = history.getByRole('listitem').filter({ hasText: 'Logo changed' }).first();
  await until('the pictures before and after', async () => (await line.getByRole('img').count()) === 2);
  await line.getByRole('button', { name: 'Undo: Logo changed' }).click();
  await logos.toast(`${marked.name}: Logo`).waitFor();
  await until('the logo before at the server', async () => (await logos.served(marked))?.equals(before));
});

for (const { name, file, buffer, words } of [
  {
    name: 'an SVG drawing',
    file: 'mark.svg',
    buffer: Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>',
    ),
    words: /SVG/,
  },
  { name: 'what is no picture', file: 'mark.png', buffer: Buffer.from('not a picture at all'), words: /\w/ },
  { name: 'an empty file', file: 'mark.png', buffer: Buffer.alloc(0), words: /empty/ },
  { name: 'a picture cut short', file: 'mark.png', buffer: wide.subarray(0, 900), words: /\w/ },
]) {
  test(`${name} is refused with words, and nothing is sent`, async () => {
    const before = await logos.logoId(bare);
    const dialog = await logos.begin(bare);
    await logos.give(dialog, file, buffer);
    const alert = dialog.getByRole('alert').filter({ hasText: words });
    await alert.waitFor();
    assert.match(await alert.innerText(), /Nothing was (sent|changed)/);
    assert.doesNotMatch(await alert.innerText(), /undefined|\[object|Error:/);
    assert.equal(await dialog.getByRole('img', { name: 'The new logo' }).count(), 0);
    await window.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await logos.logoId(bare), before);
  });
}

test('a logo that the server ignores is told as not set, with the ways that are left', async () => {
  await world.simulator.behaviour({ logoWrites: 'ignore' });
  const dialog = await logos.begin(marked);
  const [id, shown] = [await logos.logoId(marked), await logos.inRow(marked)];
  await logos.give(dialog, 'mark.png', small);
  await logos.made(dialog);
  await logos.set(dialog);
  await dialog.getByRole('alert').filter({ hasText: 'Not set' }).waitFor({ timeout: 60_000 });
  await world.simulator.behaviour({ logoWrites: 'apply' });
  assert.equal(await logos.logoId(marked), id);
  await assertAccessible(window.page, 'a logo that was ignored');
  const opened = (await world.desktop.opened()).length;
  await dialog.getByRole('button', { name: 'Open the console' }).click();
  await until('the console', async () => (await world.desktop.opened()).length > opened);
  await dialog.getByRole('button', { name: 'Save the picture…' }).click();
  const saved = await dialog.getByText(/^Saved as /).innerText();
  assert.ok((await stat(saved.replace(/^Saved as (.*)\.$/, '$1'))).size > 100, saved);
  await window.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await logos.inRow(marked), shown);
});

async function conflict() {
  const dialog = await logos.begin(marked);
  await logos.give(dialog, 'mark.png', small);
  const made = await logos.made(dialog);
  await world.simulator.changeOrganization(marked.id, { logo: 'new' });
  const theirs = await logos.logoId(marked);
  await logos.set(dialog);
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('img', { name: 'The logo at JumpCloud' }).waitFor();
  await dialog.getByRole('img', { name: 'Your logo' }).waitFor();
  assert.equal(await logos.logoId(marked), theirs, 'it was written over before anyone was asked');
  return { dialog, made, theirs };
}

test('changed by someone else meanwhile: both are shown, and theirs is kept', async () => {
  const { dialog, theirs } = await conflict();
  await assertAccessible(window.page, 'two logos to choose from');
  await window.page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await logos.logoId(marked), theirs);
});

test('changed by someone else meanwhile: theirs is overwritten on purpose', async () => {
  const { dialog, made } = await conflict();
  await dialog.getByRole('button', { name: 'Overwrite' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(await logos.served(marked), made);
});

test('putting back asks first where someone else set another logo since', async () => {
  await world.simulator.changeOrganization(marked.id, { logo: 'new' });
  const theirs = await logos.logoId(marked);
  await logos.open(marked, 'History');
  const line = window.panel.getByRole('listitem').filter({ hasText: 'Logo changed' });
  await line.getByRole('button', { name: 'Undo: Logo changed' }).first().click();
  const dialog = logos.dialog(/changed meanwhile$/);
  await dialog.getByRole('img', { name: 'The logo at JumpCloud' }).waitFor();
  await assertAccessible(window.page, 'a logo that was changed meanwhile');
  await dialog.getByRole('button', { name: 'Change logo…' }).click();
  await logos.dialogOf(marked).waitFor();
  assert.equal(await logos.logoId(marked), theirs);
});

test('a logo is removed, by its name, and letters stand for it', async () => {
  await logos.open(bare);
  await window.panel.getByRole('button', { name: 'More actions' }).click();
  await window.page.getByRole('menuitem', { name: 'Remove logo…' }).click();
  const dialog = logos.dialog(`Remove logo of ${bare.name}`);
  await assertAccessible(window.page, 'the question before a logo is removed');
  await dialog.getByRole('button', { name: 'Remove logo' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await until('no logo at the server', async () => (await logos.logoId(bare)) === '');
  await until('letters in the row', async () => (await logos.inRow(bare)) === null);
});

test('a picture is dropped on a row', async () => {
  await window.search.fill(bare.id);
  const row = window.row(bare.name).first();
  const data = await logos.dragged('dropped.png', small);
  await row.dispatchEvent('dragenter', { dataTransfer: data });
  await row.dispatchEvent('dragover', { dataTransfer: data });
  await row.dispatchEvent('drop', { dataTransfer: data });
  const dialog = logos.dialogOf(bare);
  await dialog.getByText('dropped.png').waitFor();
  await logos.made(dialog);
  await window.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

test('a picture is dropped beside every organization: told where to', async () => {
  const data = await logos.dragged('dropped.png', small);
  await window.search.dispatchEvent('drop', { dataTransfer: data });
  await logos.toast('Drop it on an organization').waitFor();
});

test('a picture is pasted for the organization that is open', async () => {
  await logos.open(bare);
  await logos.copy(small);
  await window.page.keyboard.press('Control+v');
  const dialog = logos.dialogOf(bare);
  await dialog.getByText(/^PNG · 500 × 420 pixels/).waitFor();
  await logos.made(dialog);
  await logos.copy(wide);
  await window.page.keyboard.press('Control+v');
  await dialog.getByText(/^PNG · 1,500 × 390 pixels/).waitFor();
  await logos.made(dialog);
  await window.page.keyboard.press('Escape');
});

test('nothing went wrong on the way', () =>
  // A refused picture is an answer of 400, which Chromium writes on its console.
  world.assertClean({ allow: [/status of 400.*\/take\//] }));
