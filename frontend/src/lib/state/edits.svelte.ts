import type { Bridge, EditOutcome, Problem } from '$lib/bridge/types';
import type { EditField } from '$lib/edits/fields';
import { rowOf } from '$lib/errors/catalog';
import { problemFrom } from '$lib/errors/normalise';

/** What became of an edit that did not come to its end. */
export interface Notice {
  severity: 'warning' | 'error';
  title: string;
  message: string;
  /** Whether the organization's console is offered. */
  console: boolean;
  /** Whether it was for want of a good key: another key makes it untrue. */
  ofKey?: boolean;
}

/** A value that was typed and is not JumpCloud's yet. */
export interface Draft {
  value: string;
  /** What the person saw when the draft began. */
  expected: string;
  busy: boolean;
  notice: Notice | null;
}

const titles: Record<string, string> = {
  conflict: 'Changed by someone else meanwhile',
  not_applied: 'Not applied',
  uncertain: 'It is not known whether it was applied',
};

/** The edits of one account: its drafts outlive the panel, and a failed edit. */
export class EditsState {
  readonly accountId: string;
  /** The newest outcome that asks whose value is to stay. */
  conflict = $state.raw<EditOutcome | null>(null);
  /** What the person saw before that; empty where that was not told. */
  conflictExpected = $state('');
  readonly #drafts: Record<string, Draft> = $state({});
  readonly #bridge: Bridge;

  constructor(accountId: string, bridge: Bridge) {
    this.accountId = accountId;
    this.#bridge = bridge;
  }

  draft(orgId: string, field: EditField): Draft | undefined {
    return this.#drafts[key(orgId, field)];
  }

  /** Takes what was typed; typing what JumpCloud holds ends the draft. */
  type(orgId: string, field: EditField, held: string, value: string): void {
    const draft = this.draft(orgId, field);
    if (draft?.busy) return;
    if (draft) {
      draft.value = value;
      if (value === held && draft.notice === null) this.drop(orgId, field);
    } else if (value !== held) {
      this.#drafts[key(orgId, field)] = { value, expected: held, busy: false, notice: null };
    }
  }

  drop(orgId: string, field: string): void {
    delete this.#drafts[key(orgId, field)];
  }

  /** Sends a draft; null where there is none, or where it is on its way. */
  async save(orgId: string, field: EditField): Promise<EditOutcome | Problem | null> {
    const draft = this.draft(orgId, field);
    if (!draft || draft.busy) return null;
    return this.write(orgId, field, draft.expected, draft.value.trim(), false);
  }

  /** Writes one value. What it came to is held with the draft, if there is one. */
  write(
    orgId: string,
    field: string,
    expected: string,
    value: string,
    overwrite: boolean,
  ): Promise<EditOutcome | Problem> {
    const ask = () => this.#bridge.edits.edit(this.accountId, orgId, field, expected, value, overwrite);
    return this.#run(ask, this.#drafts[key(orgId, field)]);
  }

  /** Writes back what an edit of the history replaced. */
  undo(activityId: number): Promise<EditOutcome | Problem> {
    return this.#run(() => this.#bridge.edits.undo(this.accountId, activityId), undefined);
  }

  /** Writes the wanted value over the one that the person was shown. */
  overwrite(conflict: EditOutcome): Promise<EditOutcome | Problem> {
    this.conflict = null;
    const { organizationId, field, serverValue, wanted } = conflict;
    return this.write(organizationId, field, serverValue, wanted, true);
  }

  /** Gives the draft up for what JumpCloud holds. */
  keepTheirs(conflict: EditOutcome): void {
    this.conflict = null;
    this.drop(conflict.organizationId, conflict.field);
  }

  /** Drops what was said of a key that another has replaced; the drafts stay, to be sent with the new one. */
  keyReplaced(): void {
    for (const draft of Object.values(this.#drafts)) if (draft.notice?.ofKey) draft.notice = null;
  }

  async #run(ask: () => Promise<EditOutcome>, draft: Draft | undefined): Promise<EditOutcome | Problem> {
    if (draft) draft.busy = true;
    try {
      const outcome = await ask();
      this.#settle(outcome, draft);
      return outcome;
    } catch (error) {
      const problem = problemFrom(error);
      if (draft) draft.notice = noticeOf(problem);
      return problem;
    } finally {
      if (draft) draft.busy = false;
    }
  }

  #settle(outcome: EditOutcome, draft: Draft | undefined): void {
    const { organizationId, field, state, message, hint } = outcome;
    if (state === 'applied' || state === 'unchanged') {
      if (draft) this.drop(organizationId, field);
      return;
    }
    if (state === 'conflict') {
      this.conflict = outcome;
      this.conflictExpected = draft?.expected ?? '';
    }
    if (draft) {
      const title = titles[state] ?? 'Not done';
      draft.notice = {
        severity: 'warning',
        title,
        message: words(message, hint),
        console: outcome.openConsole,
      };
    }
  }
}

function key(orgId: string, field: string): string {
  return `${orgId}/${field}`;
}

function noticeOf(problem: Problem): Notice {
  const { title, severity } = rowOf(problem);
  const message = words(problem.message, problem.hint);
  const ofKey = problem.code === 'unauthorized' || problem.code === 'signed_out';
  return { severity: severity === 'error' ? 'error' : 'warning', title, message, console: false, ofKey };
}

function words(message: string, hint: string): string {
  return hint === '' ? message : `${message} ${hint}`;
}
