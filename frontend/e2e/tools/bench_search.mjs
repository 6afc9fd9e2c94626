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

/** Milliseconds from a keystroke to the next: twice as fast as people type. */
const PACE = 60;

/**
 * Types words into the search letter by letter and takes them away again;
 * gives the milliseconds from each keystroke to the painting of its rows.
 */
export async function searchKeystrokes(window) {
  await window.search.click();
  await window.page.evaluate(() => {
    const times = [];
    document.activeElement.addEventListener('beforeinput', () => measure(performance.now()), {
      capture: true,
    });
    // The callback of a frame runs before its painting. What was painted is
    // done when a message sent in it arrives, or when the next frame begins,
    // which the browser may put first.
    function measure(start) {
      requestAnimationFrame(() => {
        let open = true;
        const painted = () => {
          if (open) times.push(performance.now() - start);
          open = false;
          window.bench.wake?.();
        };
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = painted;
        port2.postMessage(null);
        requestAnimationFrame(painted);
      });
    }
    window.bench = {
      times,
      upTo: (count) =>
        new Promise((resolve) => {
          const look = () => times.length >= count && resolve();
          window.bench.wake = look;
          look();
        }),
    };
  });
  let expected = 0;
  const typed = async (key) => {
    const pace = new Promise((resolve) => setTimeout(resolve, PACE));
    await window.page.keyboard.press(key === ' ' ? 'Space' : key);
    expected += 1;
    await window.page.evaluate((n) => window.bench.upTo(n), expected);
    await pace;
  };
  for (const word of words) {
    for (const letter of word) await typed(letter);
    for (let i = 0; i < word.length; i++) await typed('Backspace');
  }
  return window.page.evaluate(() => window.bench.times);
}
