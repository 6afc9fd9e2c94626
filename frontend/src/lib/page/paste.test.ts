import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pastedFiles } from './paste';

class Html {
  isContentEditable = false;
}
class Input extends Html {
  constructor(readonly type: string) {
    super();
  }
}
class Area extends Html {}

const picture = new File(['x'], 'a.png', { type: 'image/png' });
const read = vi.fn();

beforeEach(() => {
  vi.stubGlobal('HTMLElement', Html);
  vi.stubGlobal('HTMLInputElement', Input);
  vi.stubGlobal('HTMLTextAreaElement', Area);
  vi.stubGlobal('navigator', { clipboard: { read } });
  read.mockReset().mockResolvedValue([]);
});
afterEach(() => vi.unstubAllGlobals());

/** The names of what a paste gives. */
async function pasted(types: string[], files: File[], target: object = new Html()): Promise<string[]> {
  const event = { clipboardData: { types, files }, target } as unknown as ClipboardEvent;
  return (await pastedFiles(event)).map(({ name }) => name);
}
const item = (...types: string[]) => ({ types, getType: async () => new Blob(['x']) });

describe('a paste', () => {
  test('of a picture gives it', async () => {
    expect(await pasted(['Files'], [picture])).toEqual(['a.png']);
    expect(await pasted(['text/html', 'Files'], [picture])).toEqual(['a.png']);
  });

  test('of text gives nothing, whatever picture comes with it', async () => {
    expect(await pasted(['text/plain', 'text/html', 'Files'], [picture])).toEqual([]);
    expect(await pasted(['text/plain'], [])).toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });

  test.each([
    ['a field', new Input('text'), []],
    ['a search field', new Input('search'), []],
    ['a long field', new Area(), []],
    ['what is written in', Object.assign(new Html(), { isContentEditable: true }), []],
    ['a slider', new Input('range'), ['a.png']],
    ['a box to tick', new Input('checkbox'), ['a.png']],
    ['the page', {}, ['a.png']],
  ])('into %s', async (_, target, names) => {
    expect(await pasted(['Files'], [picture], target)).toEqual(names);
  });

  test('of files keeps those that may be pictures', async () => {
    const files = [
      picture,
      new File(['x'], 'b', { type: '' }),
      new File(['x'], 'c.bin', { type: 'application/octet-stream' }),
      new File(['x'], 'd.pdf', { type: 'application/pdf' }),
      new File(['x'], 'e.csv', { type: 'text/csv' }),
    ];
    expect(await pasted(['Files'], files)).toEqual(['a.png', 'b', 'c.bin']);
  });

  test('that says nothing of itself is read from the clipboard', async () => {
    read.mockResolvedValue([item('image/png')]);
    expect(await pasted([], [])).toEqual(['Pasted picture.png']);
    read.mockResolvedValue([item('text/plain', 'image/png')]);
    expect(await pasted([], [])).toEqual([]);
    read.mockRejectedValue(new Error('not allowed'));
    expect(await pasted([], [])).toEqual([]);
    expect(await pasted([], [], new Input('text'))).toEqual([]);
    expect(read).toHaveBeenCalledTimes(3);
  });
});
