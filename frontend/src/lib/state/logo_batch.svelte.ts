import type { Bridge, Problem } from '$lib/bridge/types';
import type { LogoBatch, LogoPair, LogoPlan, LogoPlanProgress, LogoRecipe } from '$lib/bridge/types_logos';
import { problemFrom } from '$lib/errors/normalise';
import { LogoLook } from './logo_look.svelte';
import { FIRST_RECIPE, planned, type Choice, type PlannedLogo } from './logo_planned';

/** Setting the logos of many organizations of one account. It goes on while its dialog is closed. */
export class LogoBatchState {
  readonly accountId: string;
  plan = $state.raw<LogoPlan | null>(null);
  status = $state.raw<LogoBatch | null>(null);
  /** The newest batch with its rows, once it ended. */
  result = $state.raw<LogoBatch | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Whether one recipe makes all logos; else each is made as it is suggested for its picture. */
  same = $state(false);
  recipe = $state.raw<LogoRecipe>({ ...FIRST_RECIPE });
  /** Whether an answer is awaited. */
  asking = $state(false);
  /** Whether a folder is being looked at, and how far that has come as far as is told. */
  planning = $state(false);
  progress = $state.raw<LogoPlanProgress | null>(null);
  /** The one picture of the folder that is looked at. */
  readonly one: LogoLook;

  #choices = $state.raw<ReadonlyMap<string, Choice>>(new Map());

  /** The recipe for all; null for each as suggested. */
  readonly wanted = $derived(this.same ? this.recipe : null);
  readonly running = $derived(this.status?.state === 'running');
  readonly rows: readonly PlannedLogo[] = $derived(planned(this.plan?.rows ?? [], this.#choices));
  readonly pairs: readonly LogoPair[] = $derived(
    this.rows
      .filter((row) => row.included)
      .map((row) => ({ fileName: row.file.fileName, organizationId: row.organizationId })),
  );

  readonly #bridge: Bridge;
  #request = 0;
  #asks = 0;
  /** Whether a start was asked for that no event told of: a short batch may end before one does. */
  #starting = false;

  constructor(accountId: string, bridge: Bridge) {
    this.accountId = accountId;
    this.#bridge = bridge;
    this.one = new LogoLook(accountId, bridge);
  }

  /** Asks how the newest batch stands, as when the dialog opens. */
  async load(): Promise<void> {
    try {
      const batch = await this.#bridge.logos.batch(this.accountId);
      if (batch.accountId !== this.accountId || this.#isOlder(batch)) return;
      this.status = batch;
      if (ended(batch) && this.plan === null) this.result = batch;
    } catch {
      // Without it a folder can be chosen all the same; starting tells what is wrong.
    }
  }

  /** Takes a batch of this account, unless a newer one is known. */
  apply(batch: LogoBatch): void {
    if (batch.accountId !== this.accountId || this.#isOlder(batch)) return;
    const end = ended(batch) && (this.running || this.#starting || this.status === null);
    this.#starting = false;
    this.status = batch;
    if (end) void this.#readResult();
  }

  /** Looks at the folder of a drop, or at the one that the person chooses now. */
  look(dropId = ''): Promise<void> {
    const request = ++this.#request;
    this.planning = true;
    this.progress = null;
    return this.#ask(async () => {
      try {
        const plan = await this.#bridge.logos.plan(this.accountId, dropId);
        // No folder was chosen: what was there stays.
        if (request !== this.#request || plan.accountId !== this.accountId || plan.id === '') return;
        this.forget();
        this.plan = plan;
        const first = this.rows.find((row) => row.included) ?? this.rows.find((row) => !row.file.problem);
        if (first) this.show(first.file.fileName);
      } catch (error) {
        if (request === this.#request) throw error;
      } finally {
        if (request === this.#request) this.planning = false;
      }
    });
  }

  /** Takes how far the looking at a folder has come. */
  lookedAt(progress: LogoPlanProgress): void {
    if (!this.planning || progress.accountId !== this.accountId) return;
    if (progress.revision > (this.progress?.revision ?? 0)) this.progress = progress;
  }

  /** Stops the looking at a folder; what was there before stays. */
  stopLooking(): void {
    if (!this.planning) return;
    this.#request++;
    this.#asks++;
    this.planning = false;
    this.asking = false;
    // Where that fails the account was left, which stops it too.
    this.#bridge.logos.stopPlan(this.accountId).catch(() => {});
  }

  /** Looks at one picture of the folder, as it would be sent now. */
  show(fileName: string): void {
    if (this.plan) this.one.show(this.plan.id, fileName, this.wanted);
  }

  /** Makes each logo as it is suggested for its picture, or all by one recipe. */
  makeAll(same: boolean): void {
    this.same = same;
    this.one.remake(this.wanted);
  }

  /** Changes the one recipe. */
  change(part: Partial<LogoRecipe>): void {
    this.recipe = { ...this.recipe, ...part };
    this.one.remake(this.wanted);
  }

  /** Ends what is done for a dialog that is open; a batch that runs goes on. */
  leave(): void {
    this.stopLooking();
    this.one.close();
  }

  include(fileName: string, included: boolean): void {
    this.#choose(fileName, { included });
  }

  /** Gives a file to an organization by hand, which includes it too. */
  assign(fileName: string, organizationId: string): void {
    this.#choose(fileName, { organizationId, included: organizationId !== '' });
  }

  start(): Promise<void> {
    const { plan, pairs } = this;
    if (!plan || pairs.length === 0 || this.running) return Promise.resolve();
    return this.#ask(async () => {
      this.#starting = true;
      try {
        await this.#bridge.logos.startBatch(this.accountId, plan.id, [...pairs], this.wanted);
      } catch (error) {
        this.#starting = false;
        throw error;
      }
      if (this.#starting) this.apply(await this.#bridge.logos.batch(this.accountId));
    });
  }

  cancel(): Promise<void> {
    return this.#ask(() => this.#bridge.logos.cancelBatch(this.accountId));
  }

  /** Puts away what was looked at, for another folder. */
  forget(): void {
    this.one.close();
    this.plan = null;
    this.result = null;
    this.problem = null;
    this.#choices = new Map();
  }

  #choose(fileName: string, choice: Choice): void {
    const known = this.#choices.get(fileName);
    this.#choices = new Map(this.#choices).set(fileName, { ...known, ...choice });
  }

  #isOlder(batch: LogoBatch): boolean {
    return this.status !== null && batch.revision < this.status.revision;
  }

  async #readResult(): Promise<void> {
    await this.#ask(async () => {
      const result = await this.#bridge.logos.batch(this.accountId);
      if (result.accountId !== this.accountId) return;
      this.result = result;
      this.plan = null;
      this.one.close();
    });
  }

  async #ask(act: () => Promise<void>): Promise<void> {
    const ask = ++this.#asks;
    this.asking = true;
    this.problem = null;
    try {
      await act();
    } catch (error) {
      this.problem = problemFrom(error);
    } finally {
      if (ask === this.#asks) this.asking = false;
    }
  }
}

function ended(batch: LogoBatch): boolean {
  return batch.state === 'done' || batch.state === 'canceled' || batch.state === 'stopped';
}
