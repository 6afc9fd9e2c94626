import type { LogoRecipe } from '$lib/bridge/types_logos';

/** What is suggested for a picture that does not meet every rule as it is. */
const SUGGESTED: Pick<LogoRecipe, 'shape' | 'padding'> = { shape: '1200x400', padding: 4 };

/**
 * By how much a picture is made larger at least, as far as its pixels tell; 1
 * where it need not be. What is cropped of it can make it more. Without a
 * recipe it is made as suggested.
 */
export function enlargement(
  { width, height }: { width: number; height: number },
  recipe: LogoRecipe | null,
): number {
  const { shape, padding } = recipe ?? SUGGESTED;
  const [most = 0, high = 0] = shape.split('x').map(Number);
  if (shape === 'keep' || width < 1 || height < 1) return 1;
  const space = Math.round((high * padding) / 100);
  const factor = Math.min((most - 2 * space) / width, (high - 2 * space) / height);
  return Math.max(1, Math.round(factor * 100) / 100);
}

/** From here on a factor is told as one; below it in percent. */
const TIMES = 1.95;

/** The same in words; empty where it need not be made larger. */
export function enlargementWords(factor: number): string {
  if (factor <= 1) return '';
  const much =
    factor < TIMES ? `${Math.round((factor - 1) * 100)} percent` : `${Math.round(factor * 10) / 10} times`;
  return `Small: made at least ${much} larger, and may look blurred`;
}
