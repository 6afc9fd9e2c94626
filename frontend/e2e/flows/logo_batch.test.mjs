// Setting the logos of many organizations from a folder of pictures.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { assertAccessible } from '../lib/axe.mjs';
import { Logos } from '../lib/logos.mjs';
import { disc, oval } from '../lib/png.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, logos, named, byId, byHand;
/** It meets every rule as it is. */
const good = oval(900, 900, [120, 20, 90]);
before(async () => {
  world = await World.start({ orgs: 60 });
  window = await world.signedIn();
  logos = new Logos(window, world.simulator);
  const { results } = await world.simulator.organizations();
  const folded = (one) => (one.name ?? '').toLowerCase();
  [named, byId, byHand] = results.filter(
    (o) =>
      /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(o.name ?? '') &&
      results.filter((x) => folded(x).includes(folded(o))).length === 1,
  );
  // Without a screen, the folder that is chosen is always this one.
  const folder = join(world.desktop.folder('orgdeck'), 'logos');
  await mkdir(folder, { recursive: true });
  const put = (name, data) => writeFile(join(folder, name), data);
  await put(`${named.name.toLowerCase().replace(' ', '-')}.png`, oval(1300, 390, [10, 100, 60]));
  await put(`${byId.id}.png`, good);
  await put('zzqx 0001.png', disc(300, 300, [90, 90, 10]));
  await put('broken.png', 'this is no picture');
  await put('notes.txt', 'left out');
});
after(() => world?.stop());

const line = (words) => logos.batch.getByRole('row').filter({ hasText: words });

test('a folder is matched: by name, by ID, by hand; what is broken says so', async () => {
  await window.page.getByRole('button', { name: 'Set logos…' }).click();
  await logos.batch.getByRole('button', { name: 'Choose a folder…' }).click();
  await line(named.name).filter({ hasText: 'By its name' }).waitFor();
  await line(byId.name).filter({ hasText: 'By its ID' }).waitFor();
  await line('zzqx')
    .filter({ hasText: 'None found' })
    .filter({ hasText: /at least 23 percent larger/ })
    .waitFor();
  assert.equal(await line('broken.png').getByRole('checkbox').isDisabled(), true);
  await assertAccessible(window.page, 'a folder of logos');
  const before = await logos.logoId(named);
  await logos.batch.getByRole('button', { name: 'Choose the organization for zzqx 0001.png' }).click();
  await logos.batch.getByRole('combobox').fill(byHand.id);
  await logos.batch.getByRole('option').filter({ hasText: byHand.name }).waitFor();
  await window.page.keyboard.press('Enter');
  await line('zzqx').filter({ hasText: byHand.name }).waitFor();
  assert.equal(await logos.logoId(named), before, 'it was sent before it was asked for');
});

test('one of them is looked at with the keyboard, as it came in and as it would be sent', async () => {
  const { batch } = logos;
  const look = (one) => batch.getByRole('region', { name: `Preview for ${one.name}` });
  const eye = (one) => batch.getByRole('button', { name: new RegExp(`^Look at .* for ${one.name}$`) });
  const fresh = (one) => look(one).getByRole('img', { name: `The logo for ${one.name}` });
  const size = async (image) => {
    const picture = await logos.bytesAt(await image.getAttribute('src'));
    return [picture.readUInt32BE(16), picture.readUInt32BE(20)];
  };
  const before = await logos.logoId(byHand);
  await eye(byId).focus();
  await window.page.keyboard.press('Enter');
  await fresh(byId).waitFor();
  assert.equal(await eye(byId).getAttribute('aria-pressed'), 'true');
  assert.deepEqual(await logos.bytesAt(await fresh(byId).getAttribute('src')), good);
  await look(byId)
    .getByText(/byte for byte/)
    .waitFor();
  // The small one: the recipe for all changes what is seen, and its warning goes with it.
  await eye(byHand).click();
  await look(byHand)
    .getByRole('note')
    .filter({ hasText: /made \d+ percent larger/ })
    .waitFor();
  assert.deepEqual(await size(look(byHand).getByRole('img', { name: /as it came in$/ })), [300, 300]);
  assert.deepEqual(await size(fresh(byHand)), [1200, 400]);
  await assertAccessible(window.page, 'one of many logos');
  await batch.getByText('The same for all').click();
  await batch.getByRole('radio', { name: 'Own shape' }).check({ force: true });
  await look(byHand).getByText('400 × 400 pixels', { exact: true }).waitFor();
  assert.equal(await look(byHand).getByRole('note').count(), 0);
  await batch.getByText('Each as suggested').click();
  await look(byHand).getByText('1,200 × 400 pixels', { exact: true }).waitFor();
  await eye(byHand).press('ArrowUp');
  await until('another picture', async () => (await look(byHand).count()) === 0);
  assert.equal(await logos.logoId(byHand), before, 'it was sent because it was looked at');
});

test('the run sets each logo once, and its report names every file', async () => {
  await logos.batch.getByRole('button', { name: 'Set 3 logos' }).click();
  await logos.batch.getByText('All files are done.').waitFor({ timeout: 60_000 });
  await logos.batch.getByText('3 of 3 logos were set, 1 of them with something to look at.').waitFor();
  await line('zzqx')
    .getByText(/larger and may look blurred/)
    .waitFor();
  await assertAccessible(window.page, 'the report of a batch of logos');
  const pictures = await Promise.all([named, byId, byHand].map((one) => logos.served(one)));
  assert.deepEqual(pictures[1], good, 'a file that meets every rule was not sent as it is');
  for (const picture of [pictures[0], pictures[2]]) {
    assert.equal(picture.toString('latin1', 1, 4), 'PNG');
    assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [1200, 400]);
  }
  await logos.batch.getByRole('button', { name: 'Save the report…' }).click();
  const toast = logos.toast('Report saved');
  await toast.waitFor();
  const path = (await toast.innerText()).split('\n').find((text) => text.endsWith('.csv'));
  const report = await readFile(path, 'utf8');
  for (const one of [named, byId, byHand]) assert.ok(report.includes(one.name), report);
  assert.match(report, /larger and may look blurred/);
  await logos.batch.getByRole('button', { name: 'Close', exact: true }).last().click();
});

test('nothing went wrong on the way', () => world.assertClean());
