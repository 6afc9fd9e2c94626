const words = [
  'dental',
  'law group',
  'north',
  'bakery',
  'ac',
  'zz',
  'harbor',
  'museum of',
  's',
  'clinic',
  'freight co',
  '61f0',
];

/**
 * Types words into the search letter by letter and takes them away again;
 * gives the milliseconds from each keystroke to the frame that shows its rows.
 */
export async function searchKeystrokes(window) {
  await window.search.click();
  await window.page.evaluate(() => {
    const field = document.activeElement;
    window.bench = [];
    field.addEventListener(
      'beforeinput',
      () => {
        const start = performance.now();
        // The callback of a frame runs before its painting, a message sent in
        // it arrives after.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => window.bench.push(performance.now() - start);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  let expected = 0;
  const typed = async (key) => {
    await window.page.keyboard.press(key === ' ' ? 'Space' : key);
    expected += 1;
    await window.page.waitForFunction((n) => window.bench.length >= n, expected);
  };
  for (const word of words) {
    for (const letter of word) await typed(letter);
    for (let i = 0; i < word.length; i++) await typed('Backspace');
  }
  return window.page.evaluate(() => window.bench);
}
