// How long a keystroke takes from the key to painted rows, in Chromium, on a
// made-up program with 10,000 organizations: node dev/measure.mjs
// Each keystroke is typed eight times and its best time counts, so that other
// work on the machine does not.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const outDir = join(tmpdir(), 'orgdeck-measure');
await build({
  logLevel: 'error',
  build: { outDir, emptyOutDir: true, rollupOptions: { input: 'dev/index.html' } },
});
const server = await preview({
  logLevel: 'error',
  build: { outDir },
  preview: { port: 5198, host: '127.0.0.1' },
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto('http://127.0.0.1:5198/dev/index.html#many');
await page.getByRole('row').nth(3).waitFor();

const times = await page.evaluate(async () => {
  const box = document.querySelector('input[type=search]');
  const grid = () => document.querySelector('[role=grid]');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const best = new Map();
  for (const search of ['acme dental', 'søn', 'zzz', 'harbor realty 12', '0000a']) {
    for (let round = 0; round < 8; round++) {
      for (let length = 1; length <= search.length; length++) {
        await frame();
        const start = performance.now();
        box.value = search.slice(0, length);
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await Promise.resolve();
        await Promise.resolve();
        // Asking for the layout does at once what painting would have to do.
        void (grid()?.getBoundingClientRect().height ?? document.body.offsetHeight);
        const key = search.slice(0, length);
        best.set(key, Math.min(best.get(key) ?? Infinity, performance.now() - start));
      }
    }
  }
  return [...best.values()].sort((a, b) => a - b);
});
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
console.log(`${times.length} keystrokes: median ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`);
await browser.close();
await server.close();
