import type { Problem } from '$lib/bridge/types';

export type Severity = 'info' | 'warning' | 'error';
/** What a person can do about it from where it is shown. */
export type Remedy = 'none' | 'retry' | 'enter-key' | 'settings';

export interface CatalogRow {
  title: string;
  severity: Severity;
  remedy: Remedy;
}

const rows = {
  unauthorized: { title: 'JumpCloud refused this key', severity: 'error', remedy: 'enter-key' },
  forbidden: { title: 'This key may not do that', severity: 'warning', remedy: 'none' },
  not_found: { title: 'Not found', severity: 'warning', remedy: 'none' },
  conflict: { title: 'It was changed by someone else', severity: 'warning', remedy: 'none' },
  rejected: { title: 'JumpCloud refused the request', severity: 'error', remedy: 'none' },
  rate_limited: { title: 'JumpCloud asks for a pause', severity: 'warning', remedy: 'retry' },
  offline: { title: 'JumpCloud cannot be reached', severity: 'info', remedy: 'retry' },
  server: { title: 'JumpCloud has a problem', severity: 'warning', remedy: 'retry' },
  protocol: { title: 'The answer could not be understood', severity: 'warning', remedy: 'retry' },
  canceled: { title: 'Stopped', severity: 'info', remedy: 'none' },
  busy: { title: 'Already running', severity: 'info', remedy: 'none' },
  invalid_input: { title: 'That cannot be used', severity: 'warning', remedy: 'none' },
  no_provider: { title: 'This key opens no provider', severity: 'error', remedy: 'enter-key' },
  signed_out: { title: 'No key on this computer', severity: 'warning', remedy: 'enter-key' },
  already_here: { title: 'This provider is here already', severity: 'warning', remedy: 'none' },
  keychain: { title: 'The system keychain failed', severity: 'warning', remedy: 'none' },
  cache_too_new: { title: 'The cache is from a newer Orgdeck', severity: 'error', remedy: 'none' },
  cache_damaged: { title: 'The cache was damaged', severity: 'warning', remedy: 'none' },
  cache_failed: { title: 'The cache failed', severity: 'error', remedy: 'retry' },
  already_running: { title: 'Orgdeck is already running', severity: 'error', remedy: 'none' },
  launch_failed: { title: 'The browser did not open', severity: 'error', remedy: 'settings' },
  link_refused: { title: 'That link was not opened', severity: 'warning', remedy: 'none' },
  logo_failed: { title: 'The logo could not be read', severity: 'warning', remedy: 'retry' },
  partial_listing: { title: 'The list may be incomplete', severity: 'warning', remedy: 'retry' },
  settings_failed: { title: 'The settings were not saved', severity: 'warning', remedy: 'none' },
  file_failed: { title: 'The file was not saved or opened', severity: 'warning', remedy: 'none' },
  internal: { title: 'A defect in Orgdeck', severity: 'error', remedy: 'none' },
} as const satisfies Record<string, CatalogRow>;

/** Every code of the program, by name. */
export const catalog: ReadonlyMap<string, CatalogRow> = new Map(Object.entries(rows));

/** The row of a problem; a code that is not known here is shown as a defect. */
export function rowOf(problem: Pick<Problem, 'code'>): CatalogRow {
  return catalog.get(problem.code) ?? rows.internal;
}
