/** Letters that do not decompose into a base letter and a mark. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');
const plain = /^[\x20-\x7e]*$/;

/**
 * The form in which text is searched: lower case, without accents and other
 * marks, without invisible format characters.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]+/gu, '')
    .replace(special, (letter) => letters[letter] ?? letter);
}

/** The folded words of a search; all of them have to be found. */
export function searchWords(search: string): string[] {
  return fold(search).split(/\s+/).filter(Boolean);
}
