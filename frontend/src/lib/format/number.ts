const grouped = new Intl.NumberFormat();

/** A count with the digits grouped as the system's locale does. */
export function count(value: number): string {
  return grouped.format(value);
}

/** A count with its noun: `plural(2, 'organization')` is "2 organizations". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
