import { OVERSCAN, ROW_REM, scrollTo, type Viewport } from '$lib/table/window';

/** How long a list rests before the rows around what can be seen are painted too, in milliseconds. */
const REST = 200;

/** The part of a grid that can be seen, as its scrolling element tells it. */
export class GridViewport {
  current = $state.raw<Viewport>({ scrollTop: 0, height: 720, rowHeight: 44 });
  /** How many rows to paint above and below what can be seen: none until the list rests or is scrolled. */
  overscan = $state(0);
  #scroller: HTMLElement | null = null;

  /** An attachment for the element that scrolls; its first child is the header. */
  readonly attach = (scroller: HTMLElement): (() => void) => {
    this.#scroller = scroller;
    const observer = new ResizeObserver(this.measure);
    observer.observe(scroller);
    const callOff = this.#widen();
    return () => {
      callOff();
      observer.disconnect();
      this.#scroller = null;
    };
  };

  readonly measure = (): void => {
    const scroller = this.#scroller;
    if (!scroller) return;
    const head = scroller.firstElementChild?.clientHeight ?? 0;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    this.current = {
      scrollTop: scroller.scrollTop,
      height: Math.max(0, scroller.clientHeight - head),
      rowHeight: rem * ROW_REM,
    };
  };

  /** Notes that it was scrolled. Where a person did, who may go on, the rows around are wanted at once. */
  readonly scrolled = (): void => {
    if (this.#scroller?.scrollTop !== this.current.scrollTop) this.overscan = OVERSCAN;
    this.measure();
  };

  /** Scrolls no further than needed to show a row in full. */
  reveal(place: number): void {
    this.scroll(scrollTo(place, this.current));
  }

  /** Scrolls at once, without waiting for the event that tells of it. */
  scroll(top: number): void {
    if (!this.#scroller || top === this.current.scrollTop) return;
    this.#scroller.scrollTop = top;
    this.current = { ...this.current, scrollTop: top };
  }

  /**
   * Begins another list at its top: what can be seen of it is painted, and the
   * rows around it once it rests, because the next letter of a search or the
   * next names of a sync make it another one again. The result calls the latter off.
   */
  restart(): () => void {
    this.scroll(0);
    this.overscan = 0;
    return this.#widen();
  }

  #widen(): () => void {
    const timer = setTimeout(() => (this.overscan = OVERSCAN), REST);
    return () => clearTimeout(timer);
  }
}
