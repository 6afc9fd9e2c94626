// Notes, in the page, which rows were ever there beside which account's name.

/** Begins to note: at every change of the page, and before every frame is painted. */
export function watchPainted(page) {
  return page.evaluate(() => {
    window.painted = new Map();
    const look = () => {
      const label = document.querySelector('header [aria-haspopup="menu"] .label')?.textContent ?? '';
      const noted = window.painted.get(label) ?? { rows: new Set(), dialogs: new Set() };
      window.painted.set(label, noted);
      for (const row of document.querySelectorAll('[role="row"][data-id]')) noted.rows.add(row.dataset.id);
      const dialog = document.querySelector('[role="dialog"] h2');
      if (dialog) noted.dialogs.add(dialog.textContent);
    };
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(look).observe(document, everything);
    const frame = () => {
      look();
      requestAnimationFrame(frame);
    };
    frame();
  });
}

/** What was noted so far: { label: { rows, dialogs } }. */
export function paintedSoFar(page) {
  return page.evaluate(() =>
    Object.fromEntries(
      [...window.painted].map(([label, { rows, dialogs }]) => [
        label,
        { rows: [...rows], dialogs: [...dialogs] },
      ]),
    ),
  );
}
