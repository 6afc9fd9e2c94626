// What the real window's process leaves on the disk: the whole home is searched, not the
// data folder alone, because the web view has folders of its own.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { SignedWindow } from '../lib/signed_window.mjs';

let signed;
before(async () => {
  signed = await SignedWindow.start();
});
after(() => signed?.stop());

/** The files below a folder, by what they hold of some texts, in the encodings that programs keep them in. */
async function holding(folder, texts) {
  const wanted = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  const found = {};
  let read = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const data = await readFile(path).catch(() => Buffer.alloc(0));
    read += 1;
    const held = wanted.filter((text) => data.includes(text));
    const named = texts.filter((text) => path.includes(text));
    if (held.length + named.length > 0) found[path] = [...held.map(String), ...named];
  }
  return { found, read };
}

test('after logging out with erasing, nothing of the account is anywhere in the home', async () => {
  const { desktop, simulator, window } = signed;
  // The home, and beside it what is temporary.
  const room = dirname(desktop.home);
  const { results } = await simulator.organizations();
  // Shorter ones may be part of anything.
  const names = results.map(({ name }) => name).filter((name) => name?.length >= 8);
  const traces = [...names, ...results.map(({ id }) => id), simulator.apiKey, simulator.providerId];

  await signed.signIn();
  await signed.shown(
    `(() => { const logos = [...document.querySelectorAll('[role="grid"] img')];
       return logos.length > 3 && logos.every((logo) => logo.complete && logo.naturalWidth > 0); })()`,
  );
  await window.evaluate(
    `document.querySelector('[role="grid"] [role="row"][aria-rowindex="3"] [role="gridcell"]:nth-child(2)').click()`,
  );
  await signed.shown(`!!document.querySelector('aside[aria-label="Manage organization"] h2')`);
  await signed.type('[role="search"] input, header input', names[0]);

  const before = await holding(room, traces);
  assert.ok(Object.keys(before.found).length > 0, 'nothing is found even before: the search finds nothing');
  assert.deepEqual(
    Object.entries(before.found).filter(([, held]) => held.includes(simulator.apiKey)),
    [],
    'the key is in a file',
  );
  await signed.press('Log out');
  await signed.shown(`!!document.querySelector('[role="dialog"] input[type="checkbox"]')`);
  await window.evaluate(`document.querySelector('[role="dialog"] input[type="checkbox"]').click()`);
  await signed.press('Log out and erase');
  await signed.shown(`!!${signed.button('Sign in')}`);
  const left = await holding(room, traces);
  assert.deepEqual(left.found, {}, `after erasing, of ${left.read} files`);
  await signed.assertClean();
  // What the web view would write only at its end.
  assert.equal(await window.stop(), 0, window.program.tail());
  const after = await holding(room, traces);
  assert.deepEqual(after.found, {}, `after the end, of ${after.read} files`);
});
