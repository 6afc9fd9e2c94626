// The release build in its real WebKit window.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { inRoot, programs } from '../lib/paths.mjs';
import { Child } from '../lib/process.mjs';
import { SignedWindow } from '../lib/signed_window.mjs';
import { until, within } from '../lib/wait.mjs';

let signed, window;
before(async () => {
  signed = await SignedWindow.start();
  window = signed.window;
  await signed.signIn();
});
after(() => signed?.stop());

const rows = `document.querySelectorAll('[role="grid"] [role="row"][aria-rowindex]').length`;

test('rows are painted, and the trace says so in order', async () => {
  const first = await window.trace('first-rows');
  assert.ok(first.rows > 0 && first.ms > 0, JSON.stringify(first));
  await until('rows', async () => (await window.evaluate(rows)) > 5);
  const events = window.events.map((event) => event.event);
  for (const [earlier, later] of [
    ['main', 'dom-ready'],
    ['dom-ready', 'first-rows'],
    ['sync-start', 'sync-names'],
    ['sync-names', 'sync-done'],
  ]) {
    assert.ok(
      events.includes(earlier) && events.indexOf(earlier) < events.indexOf(later),
      `${earlier} before ${later} in ${events}`,
    );
  }
});

test('a click opens the panel', async () => {
  await window.evaluate(
    `document.querySelector('[role="grid"] [role="row"][aria-rowindex="3"] [role="gridcell"]:nth-child(2)').click()`,
  );
  const title = await until('the panel', () =>
    window.evaluate(
      `document.querySelector('aside[aria-label="Manage organization"], [role="complementary"][aria-label="Manage organization"]')?.querySelector("h1,h2,h3")?.textContent`,
    ),
  );
  assert.ok(title.trim().length > 0);
});

test('a picture of it is kept', async () => {
  const path = inRoot('build/smoke/window.png');
  // None at all would be complete too.
  await until('the logos', () =>
    window.evaluate(`(() => {
      const all = [...document.querySelectorAll('[role="grid"] img')];
      return all.length > 0 && all.every((i) => i.complete && i.naturalWidth > 0);
    })()`),
  );
  await window.picture(path);
  const bytes = await readFile(path);
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
  assert.ok(bytes.length > 10_000, 'an empty picture');
});

test('nothing navigates the window away', async () => {
  const where = await window.evaluate('location.href');
  await window.evaluate(
    `(() => { const a = document.createElement("a"); a.href = "https://example.com/"; document.body.append(a); a.click(); a.remove(); })()`,
  );
  await window.evaluate(`void window.open("https://example.com/")`);
  await window.evaluate(
    `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`,
  );
  assert.equal(await window.evaluate('location.href'), where);
  assert.ok((await window.evaluate(rows)) > 5);
});

test('a frame is refused, so that it cannot call the program', async () => {
  const refused = await window.evaluate(`new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
    const frame = document.createElement("iframe");
    frame.src = "https://example.com/";
    document.body.append(frame);
    setTimeout(() => resolve("not refused"), 3000);
  })`);
  assert.match(refused, /frame-src|child-src|default-src/);
});

test('a second start raises the first window and ends', async () => {
  const second = new Child(programs.release, [...signed.args, '--trace-startup'], {
    env: signed.desktop.env,
  });
  const code = await within(60_000, 'the second start to end', second.exited);
  assert.ok(code === 0 || code === 1, `it ended with ${code}: ${second.tail()}`);
  await window.trace('second-instance');
  assert.ok(window.program.running, 'the first one ended');
  assert.ok((await window.evaluate(rows)) > 5);
});

test('no exchange broke the contract', () => signed.assertClean());

test('it ends when asked, without complaint', async () => {
  assert.equal(await window.stop(), 0, window.program.tail());
});

test('it starts again from what it kept, and nobody drives it through the environment alone', async () => {
  const shut = await signed.open({ inspected: false });
  const { rows: kept } = await shut.trace('first-rows');
  assert.ok(kept > 5, `${kept} rows were kept`);
  await assert.rejects(fetch(`http://127.0.0.1:${shut.port}/`), 'the inspector listens');
  assert.equal(await shut.stop(), 0, shut.program.tail());
});
