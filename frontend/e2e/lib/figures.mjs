// Small statistics, and a table of them.

/** When a page has painted a list of so many organizations: a promise, made before they come. */
export async function namesPainted(page, organizations) {
  const painted = (rows) =>
    new Promise((resolve) => {
      // Told of changes, and not asking at every frame, which would make the page draw them all.
      const watcher = new MutationObserver(look);
      watcher.observe(document, { subtree: true, childList: true, attributeFilter: ['aria-rowcount'] });
      function look() {
        const grid = document.querySelector(`[role="grid"][aria-rowcount="${rows}"]`);
        const drawn = grid?.querySelector('[role="gridcell"]')?.closest('[role="row"]')?.textContent.trim();
        if (!drawn) return;
        watcher.disconnect();
        // The frame that is drawn next shows it; after that it is on the screen.
        requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
      }
      look();
    });
  await page.evaluate(`void (window.namesPainted = (${painted})(${organizations + 1}))`);
  return { at: () => page.evaluate(() => window.namesPainted) };
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

export function median(values) {
  return percentile(values, 0.5);
}

/** Prints figures of { name, value, unit, budget, detail }. */
export function print(figures) {
  const width = Math.max(...figures.map((figure) => figure.name.length));
  console.log(`${''.padEnd(width)}  measured        budget`);
  for (const { name, value, unit, budget, detail } of figures) {
    const measured = `${value}${unit}`.padEnd(14);
    console.log(`${name.padEnd(width)}  ${measured}  ${budget}${unit}${value > budget ? '  OVER' : ''}`);
    console.log(`${''.padEnd(width)}  ${JSON.stringify(detail)}`);
  }
}
