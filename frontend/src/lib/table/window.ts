/** The height of every row in rem; the token --row holds the same. */
export const ROW_REM = 2.75;

/** Rows painted above and below what can be seen, so that scrolling shows no gaps. */
export const OVERSCAN = 4;

/** What can be seen of the rows; all in pixels. */
export interface Viewport {
  scrollTop: number;
  /** The height in which rows can be seen. */
  height: number;
  rowHeight: number;
}

/** The rows to paint: from start up to, not including, end. */
export function paintRange(
  viewport: Viewport,
  count: number,
  overscan = OVERSCAN,
): { start: number; end: number } {
  const first = Math.floor(viewport.scrollTop / viewport.rowHeight) - overscan;
  const last = Math.ceil((viewport.scrollTop + viewport.height) / viewport.rowHeight) + overscan;
  const start = Math.min(Math.max(0, first), count);
  return { start, end: Math.min(count, Math.max(last, start)) };
}

/** Where to scroll so that a row can be seen in full; the same place where it can already. */
export function scrollTo(index: number, viewport: Viewport): number {
  const top = index * viewport.rowHeight;
  if (top < viewport.scrollTop) return top;
  const bottom = top + viewport.rowHeight;
  return bottom > viewport.scrollTop + viewport.height ? bottom - viewport.height : viewport.scrollTop;
}

/** How many whole rows a page up or down goes. */
export function pageSize(viewport: Viewport): number {
  return Math.max(1, Math.floor(viewport.height / viewport.rowHeight) - 1);
}
