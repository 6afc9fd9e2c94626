import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { organizationAt, watchDrops, type DropWatch } from './drops';

/** An element that stands in others, with what the page says of it. */
class Part {
  constructor(
    readonly dataset: Record<string, string>,
    readonly parent: Part | null = null,
  ) {}
  closest(): Part | null {
    if (this.dataset.logoOf !== undefined || this.dataset.id !== undefined) return this;
    return this.parent?.closest() ?? null;
  }
}

class Page {
  readonly listeners = new Map<string, (event: object) => void>();
  under: Part | null = null;
  addEventListener = (name: string, listener: (event: object) => void) => this.listeners.set(name, listener);
  removeEventListener = (name: string) => this.listeners.delete(name);
  elementFromPoint = () => this.under;
  fire(name: string, target: Part, more: object = {}): void {
    this.listeners.get(name)?.({ target, relatedTarget: null, ...more });
  }
}

const picture = new File(['x'], 'a.png');
const files = { dataTransfer: { types: ['Files'], files: [picture], dropEffect: 'none' } };
const row = new Part({ id: 'acme' });
const panel = new Part({ logoOf: 'barlow' });
const inPanel = new Part({}, panel);
const elsewhere = new Part({});

let page: Page;
let told: boolean;
let dropped: string[];
let watch: DropWatch;
const document = () => page as unknown as Document;

beforeEach(() => {
  vi.stubGlobal('Element', Part);
  page = new Page();
  told = false;
  dropped = [];
  watch = watchDrops(
    document(),
    () => told,
    (orgId, all) => dropped.push(`${orgId}: ${all.map(({ name }) => name).join()}`),
  );
});
afterEach(() => vi.unstubAllGlobals());

describe('files dragged over the page', () => {
  test('show what they would be dropped on, one at a time', () => {
    page.fire('dragenter', row, files);
    expect('dropping' in row.dataset).toBe(true);
    page.fire('dragover', inPanel, files);
    expect(['dropping' in row.dataset, 'dropping' in panel.dataset]).toEqual([false, true]);
    page.fire('dragleave', inPanel, { relatedTarget: elsewhere });
    expect('dropping' in panel.dataset).toBe(true);
    page.fire('dragleave', inPanel);
    expect('dropping' in panel.dataset).toBe(false);
  });

  test('are told from text', () => {
    page.fire('dragover', row, { dataTransfer: { types: ['text/plain'] } });
    expect([watch.ofFiles(), 'dropping' in row.dataset]).toEqual([false, false]);
    page.fire('dragover', row, { dataTransfer: { types: ['text/uri-list'] } });
    expect(watch.ofFiles()).toBe(true);
  });
});

describe('a drop', () => {
  test.each([
    ['on a row', row, 'acme: a.png'],
    ['in the panel', inPanel, 'barlow: a.png'],
    ['beside them', elsewhere, ': a.png'],
  ])('%s is for what it fell on', (_, target, words) => {
    page.fire('dragover', target, files);
    page.fire('drop', target, files);
    expect([dropped, 'dropping' in target.dataset]).toEqual([[words], false]);
  });

  test('of no files, or one that the program tells of, is left alone', () => {
    page.fire('drop', row, { dataTransfer: { types: ['text/plain'], files: [] } });
    told = true;
    page.fire('drop', row, files);
    expect(dropped).toEqual([]);
  });

  test('at a point of the window is for what is there', () => {
    expect(organizationAt(document(), 1, 1)).toBe('');
    page.under = inPanel;
    expect(organizationAt(document(), 1, 1)).toBe('barlow');
  });

  test('is not watched any more in the end', () => {
    page.fire('dragover', row, files);
    watch.end();
    expect(['dropping' in row.dataset, page.listeners.size]).toEqual([false, 0]);
  });
});
