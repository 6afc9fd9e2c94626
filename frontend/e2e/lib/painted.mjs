// Notes, in the page, every text that was ever there beside which account's name.

/** Begins to note: at every change of the page, and before every frame is painted. */
export function watchPainted(page) {
  return page.evaluate(() => {
    window.painted = new Map();
    const look = () => {
      const label = document.querySelector('header [aria-haspopup="menu"] .label')?.textContent ?? '';
      const noted = window.painted.get(label) ?? { rows: new Set(), texts: new Set() };
      window.painted.set(label, noted);
      for (const row of document.querySelectorAll('[role="row"][data-id]')) noted.rows.add(row.dataset.id);
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) noted.texts.add(walk.currentNode.data);
      for (const told of document.querySelectorAll('[title], [aria-label]')) {
        noted.texts.add(told.getAttribute('title') ?? '');
        noted.texts.add(told.getAttribute('aria-label') ?? '');
      }
      for (const field of document.querySelectorAll('input')) noted.texts.add(field.value);
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

/** What was noted so far: { label: { rows, texts } }. */
export function paintedSoFar(page) {
  return page.evaluate(() =>
    Object.fromEntries(
      [...window.painted].map(([label, { rows, texts }]) => [label, { rows: [...rows], texts: [...texts] }]),
    ),
  );
}

/** What of some words, which belong to nobody but another account, is in texts. */
export function wordsIn(texts, words) {
  return texts.flatMap((text) =>
    words.filter((word) => text.includes(word)).map((word) => `${word}: ${text}`),
  );
}
