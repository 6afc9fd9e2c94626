import type { Bridge, Problem, SyncStatus } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';

/** How long a screen has to rest before its rows are asked for first, in milliseconds. */
const REST = 250;

/** The synchronisation of one account. */
export class SyncState {
  readonly accountId: string;
  status = $state.raw<SyncStatus | null>(null);
  /** What was told in the banner that was put away; empty for none. */
  #putAway = $state('');
  /** Whether a person asked for the run that is told of next: its failures are told again. */
  #wanted = false;
  /** Whether a start or a cancel is on its way. */
  asking = $state(false);

  readonly running = $derived(this.status?.state === 'running');
  /** False only when an exchange failed: before the first one nothing is known. */
  readonly offline = $derived(
    this.status !== null && !this.status.online && this.status.state !== 'never' && !this.running,
  );
  /** The newest run's failure as far as it is worth a banner. */
  readonly trouble: Problem | null = $derived(this.#trouble(this.status) ?? this.#beside(this.status));

  readonly #bridge: Bridge;
  #visible: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(accountId: string, bridge: Bridge) {
    this.accountId = accountId;
    this.#bridge = bridge;
  }

  /** Asks how it stands. */
  async load(): Promise<void> {
    try {
      this.apply(await this.#bridge.sync.status(this.accountId));
    } catch {
      // The list is shown without it, and the next event tells.
    }
  }

  /** Takes a status of this account, unless a newer one is known. */
  apply(status: SyncStatus): void {
    if (status.accountId !== this.accountId) return;
    if (this.status !== null && status.revision < this.status.revision) return;
    const began = status.state === 'running' && !this.running;
    this.status = status;
    if (this.#wanted || (status.state === 'done' && !status.administrators)) this.#putAway = '';
    this.#wanted = false;
    if (began) this.#tellVisible();
  }

  /** Starts a run; null, or why it could not be started. Who asks for one is told all of it. */
  start(): Promise<Problem | null> {
    this.#wanted = true;
    return this.#ask(() => this.#bridge.sync.start(this.accountId));
  }

  cancel(): Promise<Problem | null> {
    return this.#ask(() => this.#bridge.sync.cancel(this.accountId));
  }

  /** Says which rows are on screen; passed on while a run reads figures. */
  setVisible(ids: string[]): void {
    if (ids.length === this.#visible.length && ids.every((id, i) => id === this.#visible[i])) return;
    this.#visible = ids;
    if (this.running) this.#tellVisible();
  }

  /** Hides the banner, for as long as runs that begin by themselves meet with the same. */
  putAway(): void {
    this.#putAway = tidings(this.status);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #tellVisible(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.running || this.#visible.length === 0) return;
      // A hint about order: the run goes on without it.
      this.#bridge.sync.setVisible(this.accountId, this.#visible).catch(() => undefined);
    }, REST);
  }

  async #ask(call: () => Promise<void>): Promise<Problem | null> {
    if (this.asking) return null;
    this.asking = true;
    try {
      await call();
      return null;
    } catch (error) {
      const problem = problemFrom(error);
      return problem.code === 'busy' ? null : problem;
    } finally {
      this.asking = false;
    }
  }

  /** What else could not be read, where the run itself went well. */
  #beside(status: SyncStatus | null): Problem | null {
    if (status?.state !== 'done' || !status.administrators || tidings(status) === this.#putAway) return null;
    // The next exchange with the server tells of these by other means.
    return ['offline', 'unauthorized', 'signed_out', 'canceled'].includes(status.administrators.code)
      ? null
      : status.administrators;
  }

  #trouble(status: SyncStatus | null): Problem | null {
    if (!status?.problem || tidings(status) === this.#putAway) return null;
    if (status.state !== 'partial' && status.state !== 'failed') return null;
    // Being offline has its badge, a refused key its own banner. One organization
    // that gave no answer is told here, as long as the others did.
    const elsewhere = ['unauthorized', 'signed_out', 'canceled'];
    if (!status.online) elsewhere.push('offline');
    return elsewhere.includes(status.problem.code) ? null : status.problem;
  }
}

/** What a banner tells of a run, to be compared with that of another one. */
function tidings(status: SyncStatus | null): string {
  if (!status) return '';
  const failures = (status.failures ?? []).map((failure) =>
    [failure.organizationId, failure.problem.code].join(),
  );
  return JSON.stringify([status.problem?.code, status.administrators?.code, status.failed, failures.sort()]);
}
