type Callback = () => void;

/** What waits for the frame that is about to be painted. */
let gathering = new Set<Callback>();

/**
 * Calls back once what is in the page now has been painted; the result calls it off. However many ask
 * before a frame, the browser is asked once: every row of a list asks at every keystroke of a search.
 */
export function afterPaint(callback: Callback): () => void {
  const batch = gathering;
  const call: Callback = () => callback(); // the same callback may wait twice
  if (batch.size === 0) {
    requestAnimationFrame(() => {
      if (gathering === batch) gathering = new Set();
      requestAnimationFrame(() => run(batch));
    });
  }
  batch.add(call);
  return () => batch.delete(call);
}

function run(batch: Set<Callback>): void {
  for (const call of batch) {
    batch.delete(call);
    try {
      call();
    } catch (error) {
      reportError(error); // and the others are called all the same
    }
  }
}
