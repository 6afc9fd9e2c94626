// Pictures of the page in every state, on a made-up program: node dev/shots.mjs [folder] [state...]
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { rosterShots } from './shots_roster.mjs';
import { editShots } from './shots_edits.mjs';
import { logoShots } from './shots_logo.mjs';

const folder = process.argv[2] ?? 'shots';
const only = new Set(process.argv.slice(3));
mkdirSync(folder, { recursive: true });
const port = Number(process.env.PORT ?? 5199);
const outDir = join(tmpdir(), `orgdeck-shots-${port}`);
await build({
  logLevel: 'error',
  build: { outDir, emptyOutDir: true, rollupOptions: { input: 'dev/index.html' } },
});
const server = await preview({
  logLevel: 'error',
  build: { outDir },
  preview: { port, host: '127.0.0.1' },
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

const open = (page) => page.getByRole('row', { name: /^Acme/ }).click();
const shots = [
  { name: 'list', state: 'list' },
  { name: 'panel', state: 'list', act: open },
  { name: 'demo', state: 'demo' },
  { name: 'firstsync', state: 'firstsync' },
  { name: 'offline', state: 'offline' },
  { name: 'refused', state: 'refused' },
  {
    name: 'newkey',
    state: 'refused',
    act: (page) => page.getByRole('button', { name: 'Enter the new key' }).click(),
  },
  {
    name: 'partial',
    state: 'partial',
    act: (page) => page.getByRole('button', { name: 'Show which' }).click(),
  },
  { name: 'norights', state: 'norights' },
  { name: 'empty', state: 'empty' },
  { name: 'nomatch', state: 'list', act: (page) => page.getByRole('searchbox').fill('zzz') },
  { name: 'search', state: 'list', act: (page) => page.getByRole('searchbox').fill('dental') },
  { name: 'hostile', state: 'hostile', act: (page) => page.getByRole('row').nth(2).click() },
  { name: 'signin', state: 'signin' },
  {
    name: 'signin-refused',
    state: 'signin',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'API key' }).fill('jca_0123456789');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
  },
  { name: 'nokeychain', state: 'nokeychain' },
  { name: 'failed', state: 'failed' },
  { name: 'settings', state: 'list', act: (page) => page.keyboard.press('Control+,') },
  { name: 'shortcuts', state: 'list', act: (page) => page.keyboard.press('F1') },
  { name: 'logout', state: 'list', act: (page) => page.getByRole('button', { name: 'Log out' }).click() },
  { name: 'columns', state: 'list', act: (page) => page.getByRole('button', { name: 'Columns' }).click() },
  {
    name: 'rowmenu',
    state: 'list',
    act: (page) => page.getByRole('row', { name: /^Cedar/ }).click({ button: 'right' }),
  },
  {
    name: 'launch',
    state: 'list',
    act: async (page) => {
      await open(page);
      await page.getByRole('complementary').getByRole('button', { name: 'Launch' }).click();
    },
  },
  { name: 'narrow', state: 'list', width: 700 },
  { name: 'narrow-panel', state: 'list', width: 700, act: open },
  { name: 'text200', state: 'list', zoom: '200%', act: open },
  ...editShots,
  { name: 'contrast', state: 'list', forcedColors: 'active', act: open },
];

for (const scheme of ['light', 'dark']) {
  for (const shot of [...shots, ...rosterShots, ...logoShots]) {
    if (only.size > 0 && !only.has(shot.name)) continue;
    if (shot.forcedColors && scheme === 'dark') continue;
    const page = await browser.newPage({
      viewport: { width: shot.width ?? 1280, height: 800 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      forcedColors: shot.forcedColors ?? 'none',
    });
    page.on('pageerror', (error) => console.error(shot.name, scheme, String(error)));
    page.on(
      'console',
      (message) => message.type() === 'error' && console.error(shot.name, scheme, message.text()),
    );
    page.setDefaultTimeout(4000);
    await page.goto(`http://127.0.0.1:${port}/dev/index.html#${shot.state}`);
    if (shot.zoom) await page.addStyleTag({ content: `html { font-size: ${shot.zoom} }` });
    await page.waitForTimeout(250);
    await shot.act?.(page).catch((error) => console.error(shot.name, String(error).split('\n')[0]));
    await page.waitForTimeout(350);
    await page.screenshot({ path: `${folder}/${shot.name}-${scheme}.png` });
    await page.close();
  }
}
await browser.close();
await server.close();
