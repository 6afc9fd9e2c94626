/**
 * Keeps the window on this page. A followed link or a dropped file would
 * replace the whole program: drops are refused before anything else sees
 * them, and links are handed over. The result takes the guards away.
 */
export function guardPage(target: Document, openLink: (url: string) => void): () => void {
  const refuse = (event: Event) => event.preventDefault();
  const hand = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    if (event.button <= 1) openLink(link.href);
  };
  const drags = ['dragenter', 'dragover', 'drop'] as const;
  for (const name of drags) target.addEventListener(name, refuse, true);
  target.addEventListener('submit', refuse, true);
  target.addEventListener('click', hand, true);
  target.addEventListener('auxclick', hand, true);
  return () => {
    for (const name of drags) target.removeEventListener(name, refuse, true);
    target.removeEventListener('submit', refuse, true);
    target.removeEventListener('click', hand, true);
    target.removeEventListener('auxclick', hand, true);
  };
}
