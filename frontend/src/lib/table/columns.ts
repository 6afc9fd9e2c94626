import type { ColumnChoice } from '$lib/bridge/types';

export type ColumnId = 'logo' | 'name' | 'remoteAssist' | 'users' | 'devices' | 'applications';
export type FigureColumn = 'users' | 'devices' | 'applications';

export interface ColumnDefinition {
  id: ColumnId;
  label: string;
  numeric: boolean;
  sortable: boolean;
  /** Whether it may be hidden: a list without names could not be read. */
  hideable: boolean;
  /** Its width in rem; the least one where it grows. */
  rem: number;
  /** Whether it takes the room that is left. */
  grows?: boolean;
}

/** The columns in their order. Labels are names that tests and assistive tools rely on. */
export const columns: readonly ColumnDefinition[] = [
  { id: 'logo', label: 'Logo', numeric: false, sortable: false, hideable: true, rem: 3.5 },
  {
    id: 'name',
    label: 'Organization name',
    numeric: false,
    sortable: true,
    hideable: false,
    rem: 8,
    grows: true,
  },
  {
    id: 'remoteAssist',
    label: 'Remote Assist',
    numeric: false,
    sortable: true,
    hideable: true,
    rem: 6.75,
  },
  { id: 'users', label: 'Current users', numeric: true, sortable: true, hideable: true, rem: 7 },
  { id: 'devices', label: 'Devices', numeric: true, sortable: true, hideable: true, rem: 4.875 },
  {
    id: 'applications',
    label: 'Applications',
    numeric: true,
    sortable: true,
    hideable: true,
    rem: 6.25,
  },
];

export interface Sort {
  column: ColumnId;
  descending: boolean;
}

/** The column of an id, if it can be sorted by; else the name. */
export function sortOf(column: string, descending: boolean): Sort {
  const found = columns.find((candidate) => candidate.id === column && candidate.sortable);
  return found ? { column: found.id, descending } : { column: 'name', descending: false };
}

/** What a click on a header changes the sort to: first its natural direction, then the other. */
export function nextSort(current: Sort, column: ColumnId): Sort {
  if (current.column === column) return { column, descending: !current.descending };
  // The largest organizations are what a person looks for in a column of counts.
  return { column, descending: columns.find((candidate) => candidate.id === column)?.numeric ?? false };
}

/** The columns to show, in our order; a choice that is not known is ignored, a missing one is shown. */
export function visibleColumns(choices: readonly ColumnChoice[]): ColumnDefinition[] {
  const hidden = new Set(choices.filter((choice) => !choice.visible).map((choice) => choice.id));
  return columns.filter((column) => !column.hideable || !hidden.has(column.id));
}

/** The choices with one column shown or hidden; always complete. */
export function withColumn(choices: readonly ColumnChoice[], id: ColumnId, visible: boolean): ColumnChoice[] {
  const shown = new Set(visibleColumns(choices).map((column) => column.id));
  return columns.map((column) => ({
    id: column.id,
    visible: column.id === id ? visible || !column.hideable : shown.has(column.id),
  }));
}

/** The columns as tracks of CSS grid. */
export function tracks(shown: readonly ColumnDefinition[]): string {
  return shown.map(({ rem, grows }) => (grows ? `minmax(${rem}rem, 1fr)` : `${rem}rem`)).join(' ');
}

/** The least width of a row with these columns in rem, without its padding. */
export function leastWidth(shown: readonly ColumnDefinition[]): number {
  return shown.reduce((sum, column) => sum + column.rem, 0);
}

/** How a sort is told in words: "sorted by name". */
export function sortWords(sort: Sort): string {
  const words: Record<ColumnId, string> = {
    logo: 'logo',
    name: 'name',
    remoteAssist: 'Remote Assist',
    users: 'current users',
    devices: 'devices',
    applications: 'applications',
  };
  return `sorted by ${words[sort.column]}${sort.descending ? ', descending' : ''}`;
}
