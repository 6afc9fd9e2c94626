import { rejection } from './rejection';
import type { Bridge, Details, EditOutcome, ImportPreview, ImportResult, ImportStatus, Row } from './types';

/** What the fake program lets its edits reach. */
export interface FakeServer {
  row(accountId: string, orgId: string): Row | undefined;
  rows(accountId: string): Row[];
  keep(accountId: string, row: Row, extra: Partial<Details>): void;
  tell(status: ImportStatus): void;
  log: string[];
  /** That of the newest event. */
  revision(): number;
}

export function fakeImport(accountId: string, more: Partial<ImportStatus> = {}): ImportStatus {
  const counts = { total: 0, done: 0, added: 0, skipped: 0, failed: 0, uncertain: 0 };
  return {
    accountId,
    revision: 0,
    state: 'never',
    ...counts,
    current: '',
    pausedUntil: 0,
    startedAt: 0,
    finishedAt: 0,
    ...more,
  };
}

type Kept = { before: string; after: string; orgId: string; field: string };

/** Edits in memory, with the ways in which a server may behave. */
export class FakeEdits {
  /** What someone else wrote meanwhile, by "org/field". */
  readonly elsewhere = new Map<string, string>();
  /** Fields whose writes are accepted and ignored. */
  readonly ignored = new Set<string>();
  /** Fields whose answer is lost and cannot be read back. */
  readonly lost = new Set<string>();
  /** What edits and additions are refused with. */
  refusal: Error | null = null;
  result: ImportResult | null = null;
  readonly #server: FakeServer;
  readonly #kept = new Map<number, Kept>();
  #next = 1;

  constructor(server: FakeServer) {
    this.#server = server;
  }

  readonly calls: Bridge['edits'] = {
    edit: async (accountId, orgId, field, expected, value, overwrite) =>
      this.#edit(accountId, { orgId, field, before: expected, after: value }, overwrite),
    undo: async (accountId, activityId) => {
      const kept = this.#kept.get(activityId);
      if (!kept) throw rejection('not_found');
      return this.#edit(accountId, { ...kept, before: kept.after, after: kept.before }, false);
    },
    add: async (accountId, name, userCap) => {
      if (this.refusal) throw this.refusal;
      this.#server.log.push(`add ${name}`);
      const id = (0x70000000 + this.#next++).toString(16).padEnd(24, '0');
      const none = { at: 0 };
      const row: Row = {
        id,
        name,
        logo: '',
        remoteAssist: 'unknown',
        users: none,
        devices: none,
        applications: none,
        detailsAt: 0,
      };
      this.#server.keep(accountId, row, userCap === '' ? {} : { maxSystemUsers: Number(userCap) });
      const message = `${name} was added.`;
      return { accountId, organizationId: id, state: 'added', name, row, activityId: 0, message, hint: '' };
    },
    previewImport: async (accountId, text) => this.#preview(accountId, text),
    startImport: async (accountId, text) => {
      this.#server.log.push('import');
      const { rows } = this.#preview(accountId, text);
      const counts = { total: rows.length, done: 1, added: 1, current: rows[1]?.name ?? '' };
      this.#server.tell(fakeImport(accountId, { state: 'running', startedAt: 1, ...counts }));
    },
    cancelImport: async (accountId) => {
      this.#server.log.push('cancel import');
      this.#server.tell(fakeImport(accountId, { state: 'canceled', total: 3, done: 1, added: 1 }));
    },
    importStatus: async (accountId) => ({
      ...(this.result?.status ?? fakeImport(accountId)),
      revision: this.#server.revision(),
    }),
    saveImportResult: async (accountId) => {
      this.#server.log.push('save import');
      return { accountId, path: '/home/sam/import.csv', rows: this.result?.rows.length ?? 0 };
    },
    importResult: async (accountId) =>
      this.result ?? { accountId, status: fakeImport(accountId), rows: [], csv: '' },
  };

  #edit(accountId: string, wish: Kept, overwrite: boolean): EditOutcome {
    const { orgId, field } = wish;
    if (this.refusal) throw this.refusal;
    const row = this.#server.row(accountId, orgId);
    if (!row) throw rejection('not_found');
    this.#server.log.push(
      `edit ${field} "${wish.before}" to "${wish.after}"${overwrite ? ' overwriting' : ''}`,
    );
    const key = `${orgId}/${field}`;
    const held = this.elsewhere.get(key) ?? wish.before;
    const outcome = (state: string, server: string, message: string): EditOutcome => {
      const done = state === 'applied';
      const activityId = this.#next++;
      if (done) this.#kept.set(activityId, { orgId, field, before: held, after: wish.after });
      return {
        accountId,
        organizationId: orgId,
        field,
        state,
        before: held,
        wanted: wish.after,
        serverValue: server,
        serverKnown: state !== 'uncertain',
        at: 1_790_000_000,
        activityId,
        canUndo: done,
        others: false,
        openConsole: state === 'not_applied',
        message,
        hint: state === 'not_applied' ? 'Change it in the console instead.' : '',
      };
    };
    if (this.lost.has(field))
      return outcome('uncertain', held, 'The answer was lost. It may have been changed.');
    if (held === wish.after)
      return outcome('unchanged', held, 'JumpCloud holds this already. Nothing was sent.');
    if (held !== wish.before)
      return outcome('conflict', held, 'Someone else changed it meanwhile. Nothing was sent.');
    if (this.ignored.has(field))
      return outcome('not_applied', held, 'JumpCloud accepted the request but the value did not change.');
    this.elsewhere.delete(key);
    this.#write(accountId, row, field, wish.after);
    return outcome('applied', wish.after, 'JumpCloud holds the new value.');
  }

  #write(accountId: string, row: Row, field: string, value: string): void {
    if (field === 'name') this.#server.keep(accountId, { ...row, name: value }, {});
    else if (field === 'remoteAssist') this.#server.keep(accountId, { ...row, remoteAssist: value }, {});
    else if (field === 'userCap') {
      const maxSystemUsers = value === '' ? undefined : Number(value);
      this.#server.keep(accountId, row, { maxSystemUsers });
    } else this.#server.keep(accountId, row, { [field]: value });
  }

  #preview(accountId: string, text: string): ImportPreview {
    const names = new Set(this.#server.rows(accountId).map((row) => row.name));
    const lines = text.split(/\r?\n/).slice(1).filter(Boolean);
    const rows = lines.map((line, i) => {
      const [name = '', most = ''] = line.split(',');
      const verdict = name.startsWith('=') ? 'invalid' : names.has(name) ? 'exists' : 'new';
      const reason =
        verdict === 'invalid'
          ? 'A name may not begin like a formula.'
          : verdict === 'exists'
            ? 'There is an organization of this name already.'
            : '';
      const cap = most === '' ? {} : { maxSystemUsers: Number(most) };
      return { line: i + 2, name, ...cap, verdict, reason, organizationId: '' };
    });
    const of = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
    const counts = { new: of('new'), existing: of('exists'), duplicate: 0, invalid: of('invalid') };
    return { accountId, rows, ...counts, cannotAdd: '' };
  }
}
