// Chromium, and pages in it that fail a test on any error they should not have.
import { chromium } from 'playwright-core';

import { chromiumPath } from './paths.mjs';

const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'];

export function launch(extra = []) {
  return chromium.launch({ executablePath: chromiumPath(), headless: true, args: [...args, ...extra] });
}

/** What the development server of Wails itself does wrong in every page. */
function knownNoise(text, where = '') {
  return (
    where.includes('/wails/ipc.js') ||
    text.includes('Unknown message from front end: runtime:ready') ||
    (text.includes('WebSocket connection to') && where.includes('/wails/'))
  );
}

/**
 * Opens a page of its own context on a url. Its list `errors` holds every
 * uncaught error and every error on its console.
 */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => {});
  const page = await context.newPage();
  page.errors = [];
  // Patience costs nothing where all is well; a loaded machine needs it.
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => {
    if (!knownNoise(error.message, error.stack ?? ''))
      page.errors.push(`uncaught: ${error.stack ?? error.message}`);
  });
  page.on('console', (message) => {
    const where = message.location().url ?? '';
    if (message.type() === 'error' && !knownNoise(message.text(), where)) {
      page.errors.push(`console: ${message.text()} (${where})`);
    }
  });
  if (url) await page.goto(url);
  return page;
}
