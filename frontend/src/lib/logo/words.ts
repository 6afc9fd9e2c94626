import { count } from '$lib/format/number';

/** The shapes that a logo can be made to, in the order of a list to choose from. */
export const shapes = [
  { value: '1200x400', label: '1200 × 400' },
  { value: '800x400', label: '800 × 400' },
  { value: 'keep', label: 'Own shape' },
] as const;

/** What a logo's empty space can be made of. */
export const backgrounds = [
  { value: 'transparent', label: 'Transparent' },
  { value: 'white', label: 'White' },
] as const;

/** A picture's size, such as "1,200 × 400 pixels". */
export function pixels(width: number, height: number): string {
  return `${count(width)} × ${count(height)} pixels`;
}

/** A file's size in the unit that people read it in: decimal kilobytes, as the limit is. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${count(bytes)} bytes`;
  if (bytes < 1_000_000) return `${count(Math.round(bytes / 1000))} KB`;
  return `${count(Math.round(bytes / 100_000) / 10)} MB`;
}

/** How a file of a folder was matched to its organization, and whether a person has to look at it. */
export const matchWords: Readonly<Record<string, string>> = {
  id: 'By its ID',
  name: 'By its name',
  alike: 'A guess: please confirm',
  many: 'Several have this name',
  none: 'None found',
  hand: 'Chosen by hand',
};
