// How a logo is looked at before it is set, and the ways in and out of its dialog.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { Logos } from '../lib/logos.mjs';
import { oval } from '../lib/png.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, logos, one;
before(async () => {
  world = await World.start({ orgs: 40 });
  window = await world.signedIn();
  logos = new Logos(window, world.simulator);
  const { results } = await world.simulator.organizations();
  one = results.find(
    (o) =>
      /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(o.name ?? '') &&
      results.filter((x) => x.name?.startsWith(o.name)).length === 1,
  );
});
after(() => world?.stop());
beforeEach(async () => {
  if (await window.page.getByRole('dialog').isVisible()) await window.page.keyboard.press('Escape');
  await logos.clearToasts();
});

/** Too low to be sent as it is. */
const mark = oval(1500, 390, [20, 90, 160]);

/** Opens the dialog with the picture. */
async function begun() {
  const dialog = await logos.begin(one);
  await logos.give(dialog, 'mark.png', mark);
  return { dialog, made: await logos.made(dialog) };
}

/** How large the pictures are that the pages show: [width, height] of each. */
function shown(dialog) {
  return dialog
    .locator('figure[data-kind] img[src^="/ready/"]')
    .evaluateAll((images) => images.map((image) => [image.naturalWidth, image.naturalHeight]));
}

/** What a page of the preview is drawn on. */
function paper(dialog, kind) {
  return dialog
    .locator(`figure[data-kind="${kind}"] .page`)
    .evaluate((it) => getComputedStyle(it).backgroundColor);
}

test('the picture that came in is shown beside the logo of today and the new one', async () => {
  const { dialog, made } = await begun();
  const came = dialog.getByRole('img', { name: 'As it came in' });
  await came.waitFor();
  const path = await came.getAttribute('src');
  assert.match(path, /^\/taken\//);
  const source = await logos.bytesAt(path);
  // It keeps its own shape, and is made small enough for the dialog.
  assert.deepEqual([source.readUInt32BE(16), source.readUInt32BE(20)], [1200, 312]);
  assert.notDeepEqual(source, made);
});

test('all five pages show the new picture, light and dark', async () => {
  const { dialog } = await begun();
  await until('five pictures', async () => (await shown(dialog)).length === 5);
  for (const size of await shown(dialog)) assert.deepEqual(size, [1200, 400]);
  const light = await paper(dialog, 'login');
  await dialog.getByRole('radiogroup', { name: 'Pages shown' }).getByText('Dark').click();
  await until('dark pages', async () => (await paper(dialog, 'login')) !== light);
  await assertAccessible(window.page, 'a logo on dark pages');
  await dialog.getByRole('radio', { name: '800 × 400' }).check({ force: true });
  await until('the other shape on every page', async () =>
    (await shown(dialog)).every(([width, height]) => width === 800 && height === 400),
  );
});

test('crop, tolerance and padding change the picture, and Start over takes them back', async () => {
  const { dialog, made: first } = await begun();
  const crop = dialog.getByRole('checkbox', { name: 'Crop the empty space around it' });
  const tolerance = dialog.getByRole('slider', { name: 'Crop tolerance' });
  const fresh = dialog.getByRole('img', { name: 'The new logo' });
  const changed = async (what, act) => {
    const before = await fresh.getAttribute('src');
    await act();
    await until(what, async () => (await fresh.getAttribute('src')) !== before);
    return logos.made(dialog);
  };
  const whole = await changed('a picture that is not cropped', () => crop.uncheck());
  assert.notDeepEqual(whole, first);
  assert.equal(await tolerance.isDisabled(), true);
  assert.deepEqual(await changed('a cropped picture', () => crop.check()), first);
  await changed('a picture of another tolerance', () => tolerance.fill('60'));
  await dialog.getByText('60 of 64').waitFor();
  const padded = await changed('a padded picture', () =>
    dialog.getByRole('slider', { name: 'Padding' }).fill('25'),
  );
  assert.notDeepEqual(padded, first);
  const again = await changed('the picture as it was suggested', () =>
    dialog.getByRole('button', { name: 'Start over' }).click(),
  );
  assert.deepEqual(again, first);
  assert.notEqual(await tolerance.inputValue(), '60');
});

test('a picture is dropped on the panel of an organization', async () => {
  await logos.open(one);
  const data = await logos.dragged('dropped.png', mark);
  const heading = window.panel.getByRole('heading', { name: one.name });
  for (const event of ['dragenter', 'dragover', 'drop'])
    await heading.dispatchEvent(event, { dataTransfer: data });
  const dialog = logos.dialogOf(one);
  await dialog.getByText('dropped.png').waitFor();
  await logos.made(dialog);
});

test('one click saves the picture, opens the console and says the way there', async () => {
  const before = await logos.logoId(one);
  const { dialog, made } = await begun();
  const opened = (await world.desktop.opened()).length;
  await dialog.getByRole('button', { name: 'Set it in the console instead…' }).click();
  await until('the console', async () => (await world.desktop.opened()).length > opened);
  assert.match((await world.desktop.opened()).at(-1).join(' '), new RegExp(`^https://.*orgId=${one.id}`));
  const words = await dialog.getByText(/^Saved as /).innerText();
  const [, path] = /^Saved as (.*)\. In the console: Settings, Organization Profile, Customize Logo, /.exec(
    words,
  );
  assert.deepEqual(await readFile(path), made);
  assert.ok(path.includes(one.name), path);
  assert.equal(await logos.logoId(one), before, 'it was sent all the same');
});

test('a picture that is copied with text, or pasted into a field, opens nothing', async () => {
  await logos.open(one);
  await window.panel.getByRole('heading', { name: one.name }).click();
  await window.page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    await navigator.clipboard.write([
      new ClipboardItem({
        'image/png': new Blob([bytes], { type: 'image/png' }),
        'text/plain': new Blob(['Acme\t12'], { type: 'text/plain' }),
      }),
    ]);
  }, mark.toString('base64'));
  await window.page.keyboard.press('Control+v');
  await logos.copy(mark);
  await window.search.focus();
  await window.page.keyboard.press('Control+v');
  // What comes after them is shown; so they would have been.
  await window.panel.getByRole('heading', { name: one.name }).click();
  await logos.tab('History');
  assert.equal(await window.page.getByRole('dialog').count(), 0);
});

test('nothing went wrong on the way', () => world.assertClean());
