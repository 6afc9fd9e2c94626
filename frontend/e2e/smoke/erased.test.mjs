// What the real window's process leaves on the disk: the whole home is searched, not the
// data folder alone, because the web view has folders of its own.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { Desktop } from '../lib/desktop.mjs';
import { RealWindow } from '../lib/inspector.mjs';
import { Simulator } from '../lib/simulator.mjs';
import { until } from '../lib/wait.mjs';

let desktop, simulator, window;
before(async () => {
  desktop = await Desktop.start();
  simulator = await Simulator.start({ orgs: 60 });
  window = await RealWindow.start(desktop.env, [
    '--data-dir',
    desktop.folder('orgdeck'),
    '--api-url',
    simulator.url,
  ]);
  await window.attach();
});
after(async () => {
  await window?.stop().catch(() => {});
  await simulator?.stop();
  await desktop?.stop();
});

const shown = (expression) => until(expression, () => window.evaluate(expression));
const button = (words) =>
  `[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === '${words}')`;
const press = async (words) => {
  await shown(`!!${button(words)}`);
  await window.evaluate(`${button(words)}.click()`);
};
/** Types into a field as a person does: the page hears of it. */
const type = (selector, text) =>
  window.evaluate(`(() => {
    const field = document.querySelector(${JSON.stringify(selector)});
    field.focus();
    document.execCommand('insertText', false, ${JSON.stringify(text)});
    return field.value;
  })()`);

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
  // The home, and beside it what is temporary.
  const room = dirname(desktop.home);
  const { results } = await simulator.organizations();
  // Shorter ones may be part of anything.
  const names = results.map(({ name }) => name).filter((name) => name?.length >= 8);
  const traces = [...names, ...results.map(({ id }) => id), simulator.apiKey, simulator.providerId];

  await shown(`!!document.querySelector('input[type="text"]')`);
  assert.equal(await type('input[type="text"]', simulator.apiKey), simulator.apiKey);
  await press('Sign in');
  await window.trace('sync-done');
  await shown(
    `(() => { const logos = [...document.querySelectorAll('[role="grid"] img')];
       return logos.length > 3 && logos.every((logo) => logo.complete && logo.naturalWidth > 0); })()`,
  );
  await window.evaluate(
    `document.querySelector('[role="grid"] [role="row"][aria-rowindex="3"] [role="gridcell"]:nth-child(2)').click()`,
  );
  await shown(`!!document.querySelector('aside[aria-label="Manage organization"] h2')`);
  await type('[role="search"] input, header input', names[0]);

  const before = await holding(room, traces);
  assert.ok(Object.keys(before.found).length > 0, 'nothing is found even before: the search finds nothing');
  assert.deepEqual(
    Object.entries(before.found).filter(([, held]) => held.includes(simulator.apiKey)),
    [],
    'the key is in a file',
  );
  await press('Log out');
  await shown(`!!document.querySelector('[role="dialog"] input[type="checkbox"]')`);
  await window.evaluate(`document.querySelector('[role="dialog"] input[type="checkbox"]').click()`);
  await press('Log out and erase');
  await shown(`!!${button('Sign in')}`);
  const left = await holding(room, traces);
  assert.deepEqual(left.found, {}, `after erasing, of ${left.read} files`);
  // What the web view would write only at its end.
  assert.equal(await window.stop(), 0, window.program.tail());
  const after = await holding(room, traces);
  assert.deepEqual(after.found, {}, `after the end, of ${after.read} files`);
});
