/** A column of a table that only shows. */
export interface DataColumn<T> {
  id: string;
  label: string;
  /** A track of a CSS grid; it begins with the least width in rem. */
  least: number;
  grow?: number;
  numeric?: boolean;
  centered?: boolean;
  /** Orders ascending; a column without it cannot be sorted. */
  order?: (a: T, b: T) => number;
}

export interface DataSort {
  id: string;
  descending: boolean;
}

/** The tracks of a CSS grid for columns. */
export function dataTracks(columns: readonly DataColumn<never>[]): string {
  return columns
    .map(({ least, grow }) => (grow ? `minmax(${least}rem, ${grow}fr)` : `${least}rem`))
    .join(' ');
}

/** How wide columns are at the least, in rem. */
export function dataWidth(columns: readonly DataColumn<never>[]): number {
  return columns.reduce((total, column) => total + column.least, 0);
}

/** Rows in the order of a sort; rows that are equal in it keep theirs. */
export function sorted<T>(
  rows: readonly T[],
  columns: readonly DataColumn<T>[],
  sort: DataSort | null,
): readonly T[] {
  const order = columns.find((column) => column.id === sort?.id)?.order;
  if (!order) return rows;
  return [...rows].sort(sort?.descending ? (a, b) => order(b, a) : order);
}

/** Orders numbers ascending, with what is not known before all of them. */
export function byNumber<T>(of: (row: T) => number | null | undefined): (a: T, b: T) => number {
  return (a, b) => (of(a) ?? -1) - (of(b) ?? -1);
}

const natural = new Intl.Collator(undefined, { numeric: true });

/** Orders texts as people do. */
export function byText<T>(of: (row: T) => string): (a: T, b: T) => number {
  return (a, b) => natural.compare(of(a), of(b));
}
