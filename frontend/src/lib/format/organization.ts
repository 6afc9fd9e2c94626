/** How an organization without a name is called. */
export const NO_NAME = '(no name)';

/** Dark enough for white text at 4.5:1. */
const colours = [
  '#24476b',
  '#7a3b2e',
  '#2f6b3a',
  '#5b3a7a',
  '#8f5316',
  '#0f5e73',
  '#8a2846',
  '#3d4f63',
  '#1f5c8a',
  '#64521b',
  '#3c4da0',
  '#7b2f72',
];

/** Characters that turn the direction of what follows: a name could pass for another with them. */
const overrides = /[\u202a-\u202e\u2066-\u2069]/g;

/** A name to show, also for an organization that has none. */
export function displayName(name: string): string {
  const plain = name.replace(overrides, '');
  return plain.trim() === '' ? NO_NAME : plain;
}

/** The beginning and the end of an id. */
export function shortId(id: string): string {
  return id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}

/** One or two letters that stand for a name where it has no logo. */
export function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first, second] = words;
  if (first === undefined) return '?';
  const letters = second === undefined ? [...first].slice(0, 2) : [[...first][0], [...second][0]];
  return letters.join('').toLocaleUpperCase();
}

/** A colour that stays the same for an id, on any computer. */
export function colourOf(id: string): string {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return colours[(hash >>> 0) % colours.length] ?? '#24476b';
}
