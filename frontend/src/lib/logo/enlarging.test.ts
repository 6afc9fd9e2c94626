import { describe, expect, test } from 'vitest';
import type { LogoRecipe } from '$lib/bridge/types_logos';
import { enlargement, enlargementWords } from './enlarging';

const recipe: LogoRecipe = { shape: '800x400', background: 'white', crop: true, tolerance: 8, padding: 0 };

describe('what has to be enlarged', () => {
  test.each([
    [300, 100, null, 3.68],
    [1000, 300, null, 1.17],
    [1200, 400, null, 1],
    [500, 420, null, 1],
    [100, 900, null, 1],
    [200, 100, recipe, 4],
    [200, 100, { ...recipe, padding: 25 }, 2],
    [20, 10, { ...recipe, shape: 'keep' }, 1],
    [0, 0, null, 1],
  ])('%d by %d pixels', (width, height, how, factor) => {
    expect(enlargement({ width, height }, how)).toBe(factor);
  });

  test('is said with its factor', () => {
    expect([1, 1.17, 1.99, 3.68].map(enlargementWords)).toEqual([
      '',
      'Small: made at least 17 percent larger, and may look blurred',
      'Small: made at least 2 times larger, and may look blurred',
      'Small: made at least 3.7 times larger, and may look blurred',
    ]);
  });
});
