// Files dropped on the release build's real window, and a picture pasted into it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { Drag } from '../lib/drag.mjs';
import { inRoot } from '../lib/paths.mjs';
import { Child } from '../lib/process.mjs';
import { SignedWindow } from '../lib/signed_window.mjs';
import { until } from '../lib/wait.mjs';

const run = promisify(execFile);

let signed, desktop, window, drag, page, clipboard;
before(async () => {
  signed = await SignedWindow.start();
  ({ desktop, window } = signed);
  drag = new Drag(desktop);
  await drag.prepare();
  await signed.signIn();
  page = await window.evaluate('location.href');
});
after(async () => {
  await clipboard?.stop();
  await signed?.stop();
});

const rows = `document.querySelectorAll('[role="grid"] [role="row"][aria-rowindex]').length`;
const row = `document.querySelector('[role="grid"] [role="row"][aria-rowindex="4"]')`;
const dialog = `document.querySelector('[role="dialog"]')`;
const dropping = (element) => `${element}?.dataset.dropping !== undefined`;
/** The middle of an element, where the page is still the app. */
const middle = (element) => () =>
  window.evaluate(
    `(() => { const box = ${element}.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })()`,
  );
const closed = async () => {
  await window.evaluate(`${dialog}.querySelector('[aria-label="Close"]').click()`);
  await until('the dialog to close', () => window.evaluate(`${dialog} === null`));
};
const stillTheApp = async () => {
  assert.equal(await window.evaluate('location.href'), page);
  assert.ok((await window.evaluate(rows)) > 5);
};

test('a picture dropped on a row opens the dialog of that organization’s logo', async () => {
  const picture = desktop.folder('Zoë’s 100% logo.png');
  await copyFile(inRoot('build/appicon.png'), picture);
  const text = await window.evaluate(`${row}.textContent`);
  await drag.drop(picture, middle(row), () => window.evaluate(dropping(row)));
  await until('the picture in the dialog', () =>
    window.evaluate(`/Zoë’s 100% logo\\.png/.test(${dialog}?.textContent)`),
  );
  const title = await window.evaluate(`${dialog}.querySelector('h2, [role="heading"]').textContent.trim()`);
  const name = /^Set logo of (.+)$/.exec(title)?.[1];
  assert.ok(name && text.includes(name), `${title}, on ${text}`);
  await until('the logo made of it', () =>
    window.evaluate(
      `[...${dialog}.querySelectorAll('img[src^="/ready/"]')].some((i) => i.complete && i.naturalWidth > 0)`,
    ),
  );
  await window.picture(inRoot('build/smoke/drop.png'));
  await stillTheApp();
});

test('a picture that the page reads itself is handed over whole', async () => {
  // As long as the program's answer to a POST is awaited, the drop's picture stays.
  await window.evaluate(`(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1300, height: 700 });
    const draw = canvas.getContext('2d');
    draw.putImageData(new ImageData(crypto.getRandomValues(new Uint8ClampedArray(65536)), 128, 128), 500, 300);
    const data = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    const files = new DataTransfer();
    files.items.add(new File([data], 'Æ from the page.png'));
    const input = ${dialog}.querySelector('input[type="file"]');
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  })()`);
  await until('the picture in the dialog', () =>
    window.evaluate(
      `/Æ from the page\\.png/.test(${dialog}.textContent) && /1300 × 700/.test(${dialog}.textContent)`,
    ),
  );
  await closed();
});

test('a page dropped on a row is refused, and does not replace the window', async () => {
  const file = desktop.folder('page.html');
  await writeFile(file, '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>');
  for (let i = 0; i < 5; i++) {
    await drag.drop(file, middle(row), () => window.evaluate(dropping(row)));
    await until('the refusal', () =>
      window.evaluate(`${dialog}?.querySelector('[role="alert"]')?.textContent`),
    );
    await stillTheApp();
    await closed();
  }
});

test('a file dropped on no organization is told where to drop it', async () => {
  const heading = `document.querySelector('header')`;
  let over = 0;
  await window.evaluate(
    `void (document.addEventListener('dragover', () => (globalThis.draggedOver = (globalThis.draggedOver ?? 0) + 1)))`,
  );
  await drag.drop(desktop.folder('page.html'), middle(heading), async () => {
    over = await window.evaluate('globalThis.draggedOver ?? 0');
    return over > 1;
  });
  await until('the words', () =>
    window.evaluate(`document.body.textContent.includes('Drop it on an organization')`),
  );
  await stillTheApp();
});

test('a text dropped after a file that only passed by is no drop of the file', async () => {
  await window.evaluate(`void (globalThis.draggedOver = 0)`);
  const noticed = async () => (await window.evaluate('globalThis.draggedOver')) > 1;
  await drag.pass(desktop.folder('page.html'), middle(row), noticed);
  await window.evaluate(`void (globalThis.draggedOver = 0)`);
  await drag.dropText('just words', middle(row), noticed);
  // A dialog that the text had opened would take this file for its own.
  const other = row.replace('"4"', '"6"');
  const text = await window.evaluate(`${other}.textContent`);
  await drag.drop(desktop.folder('page.html'), middle(other), () => window.evaluate(dropping(other)));
  await until('the dialog', () => window.evaluate(`${dialog} !== null`));
  const title = await window.evaluate(`${dialog}.querySelector('h2, [role="heading"]').textContent.trim()`);
  assert.ok(text.includes(/^Set logo of (.+)$/.exec(title)?.[1]), `${title}, on ${text}`);
  await stillTheApp();
  await closed();
});

test('a picture on the clipboard is pasted for the organization whose row has the focus', async () => {
  const { env } = desktop;
  // It serves the clipboard until it is ended.
  clipboard = new Child(
    'xclip',
    ['-quiet', '-selection', 'clipboard', '-t', 'image/png', '-i', inRoot('build/appicon.png')],
    { env },
  );
  const found = await run('xdotool', ['search', '--onlyvisible', '--name', '^Orgdeck$'], { env });
  await run('xdotool', ['windowfocus', '--sync', found.stdout.trim().split('\n')[0]], { env });
  await until('the row to have the focus', () =>
    window.evaluate(`(${row}.focus(), document.activeElement === ${row} && document.hasFocus())`),
  );
  await until('the logo made of it', async () => {
    // xclip says nowhere that it has the clipboard by now.
    if (await window.evaluate(`${dialog} === null`)) await run('xdotool', ['key', 'ctrl+v'], { env });
    return window.evaluate(
      `[...(${dialog}?.querySelectorAll('img[src^="/ready/"]') ?? [])].some((i) => i.complete && i.naturalWidth > 0)`,
    );
  });
  const title = await window.evaluate(`${dialog}.querySelector('h2, [role="heading"]').textContent.trim()`);
  const text = await window.evaluate(`${row}.textContent`);
  assert.ok(text.includes(/^Set logo of (.+)$/.exec(title)?.[1] ?? '?'), `${title}, on ${text}`);
  await closed();
});

test('no exchange broke the contract', () => signed.assertClean());

test('it ends when asked, without complaint', async () => {
  assert.equal(await window.stop(), 0, window.program.tail());
});
