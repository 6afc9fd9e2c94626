// That nothing of one account is ever drawn beside the name of another: rows, panel, pages,
// messages and dialogs, while both synchronise and are shown in turn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { paintedSoFar, watchPainted, wordsIn } from '../lib/painted.mjs';
import { World } from '../lib/world.mjs';

const LABELS = ['Real Provider', 'Pretend Provider'];

let world, window, page, ids;
before(async () => {
  world = await World.start({ orgs: 150, seed: 11, latency: '15ms', args: ['--demo-orgs', '90'] });
  window = await world.signedIn();
  page = window.page;
  ids = await page.evaluate(async (labels) => {
    const { Session } = window.go.bind;
    const ids = [(await Session.State()).currentAccountId, await Session.ExploreDemo()];
    for (const i of [0, 1]) await Session.RenameAccount(ids[i], labels[i]);
    return ids;
  }, LABELS);
  for (const i of [0, 1]) await become(i);
});
after(() => world?.stop());

/** Shows an account without the page's doing, and waits until it is synchronised. */
async function become(i) {
  await page.evaluate((id) => window.go.bind.Session.SelectAccount(id), ids[i]);
  await page
    .getByRole('banner')
    .getByRole('button', { name: new RegExp(`^${LABELS[i]} (US|Demo)$`) })
    .waitFor();
  await window.grid.waitFor();
  await window.synced();
}

/** What names an account's own organizations, administrators and invoices. */
function namesOf(id) {
  return page.evaluate(async (id) => {
    const { Organizations, Administrators, Billing } = window.go.bind;
    const { rows } = await Organizations.List(id);
    const people = (await Administrators.RefreshAdministratorsPage(id)).administrators;
    const { invoices } = await Billing.RefreshInvoices(id);
    const owned = [
      ...rows.flatMap((row) => [row.id, row.name]),
      ...people.flatMap(({ administrator: who }) => [who.id, who.email]),
      ...invoices.map((invoice) => invoice.id),
    ];
    // Shorter ones may be part of anything.
    return { rows: rows.map((row) => row.id), words: owned.filter((word) => word.length >= 8) };
  }, id);
}

/** Shows the accounts in turn, and of each what there is to see. */
const turns = (ids) =>
  page.evaluate(async (ids) => {
    const { Session, Sync } = window.go.bind;
    const chosen = [];
    const press = (selector, words = '') =>
      [...document.querySelectorAll(selector)]
        .find((element) => element.textContent.includes(words))
        ?.click();
    const frames = async (count) => {
      for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
    };
    const pages = ['Administrators', 'Usage & Billing', 'Activity'];
    const tabs = ['Usage & Billing', 'Administrators', 'History', 'Details'];
    for (let turn = 0; turn < 60; turn++) {
      // The one that is left goes on; a busy or a fresh run are both fine.
      for (const id of ids) Sync.Start(id).catch(() => {});
      const choosing = Session.SelectAccount(ids[turn % 2]);
      chosen.push(choosing);
      // Every third choice is overtaken by the next.
      if (turn % 3 === 0) continue;
      await choosing;
      await frames(2);
      if (turn % 5 === 0) press('nav button', 'Log out');
      else if (turn % 5 === 1) {
        press('nav button', pages[turn % 3]);
        await frames(2);
        press('[role="radio"], label', 'Invoices');
      } else {
        press('[role="row"][data-id] [role="gridcell"]:nth-child(2)');
        await frames(2);
        press('aside [role="tab"]', tabs[turn % 4]);
        press('aside button[aria-label="Copy organization ID"]');
      }
      // What was asked for comes at once, or when the other account is shown already.
      await frames(turn % 7);
    }
    await Promise.all(chosen);
  }, ids);

// What there is to see; a look that never saw it would prove nothing.
const EVERYTHING = [
  'Provider administrators',
  'Invoices',
  'Organization ID copied',
  'Also erase the cached data',
  'Save PDF of invoice',
  'Search the activity',
  'Search this history',
  'Highest number in',
];

/** What was not seen so far. */
async function unseen() {
  const painted = await paintedSoFar(page);
  const texts = LABELS.flatMap((label) => painted[label]?.texts ?? []);
  return EVERYTHING.filter((words) => !texts.some((text) => text.includes(words)));
}

test('nothing of another account is ever drawn while both synchronise', async () => {
  await watchPainted(page);
  // A slow machine shows less of it in as many turns.
  for (let round = 0; round === 0 || (round < 8 && (await unseen()).length > 0); round++) await turns(ids);
  assert.deepEqual(await unseen(), []);
  for (const i of [0, 1]) await become(i);
  const painted = await paintedSoFar(page);
  const names = [await namesOf(ids[0]), await namesOf(ids[1])];
  assert.deepEqual([names[0].rows.length, names[1].rows.length], [150, 90]);
  for (const i of [0, 1]) {
    const { rows, texts } = painted[LABELS[i]];
    const [own, other] = [names[i], names[1 - i]];
    const theirs = other.words.filter(
      (word) => !own.words.some((mine) => mine.includes(word) || word.includes(mine)),
    );
    assert.ok(theirs.length > 100, 'the accounts must differ for this to mean anything');
    assert.deepEqual(
      rows.filter((id) => !own.rows.includes(id)),
      [],
      `rows drawn beside ${LABELS[i]}`,
    );
    assert.deepEqual(wordsIn(texts, theirs), [], `drawn beside ${LABELS[i]}`);
    const dialogs = texts.filter((text) => /^(Log out of|Rename|API key of) /.test(text));
    assert.deepEqual(wordsIn(dialogs, [LABELS[1 - i]]), [], `dialogs beside ${LABELS[i]}`);
    assert.ok(rows.length > 10, `${LABELS[i]} was drawn`);
  }
  await world.assertClean();
});
