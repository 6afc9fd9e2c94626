import type { Bridge, Problem } from '$lib/bridge/types';
import type { LogoBatch, LogoMatch, LogoPair, LogoPlan, LogoRecipe } from '$lib/bridge/types_logos';
import { problemFrom } from '$lib/errors/normalise';

/** What one recipe for all begins with: the shape that JumpCloud recommends, without the empty space around. */
export const FIRST_RECIPE: LogoRecipe = {
  shape: '1200x400',
  background: 'transparent',
  crop: true,
  tolerance: 8,
  padding: 4,
};

/** A file of the folder with what the person decided about it. */
export interface PlannedLogo {
  file: LogoMatch;
  organizationId: string;
  /** How the organization was found: as in the plan, or "hand". */
  match: string;
  included: boolean;
  /** Why it cannot be included as it is; empty where it can. */
  reason: string;
}

interface Choice {
  organizationId?: string;
  included?: boolean;
}

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
  /** Whether a start was asked for that no event told of: a short batch may end before one does. */
  #starting = false;

  constructor(accountId: string, bridge: Bridge) {
    this.accountId = accountId;
    this.#bridge = bridge;
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
    return this.#ask(async () => {
      const plan = await this.#bridge.logos.plan(this.accountId, dropId);
      // No folder was chosen: what was there stays.
      if (request !== this.#request || plan.accountId !== this.accountId || plan.id === '') return;
      this.forget();
      this.plan = plan;
    });
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
    });
  }

  async #ask(act: () => Promise<void>): Promise<void> {
    this.asking = true;
    this.problem = null;
    try {
      await act();
    } catch (error) {
      this.problem = problemFrom(error);
    } finally {
      this.asking = false;
    }
  }
}

function ended(batch: LogoBatch): boolean {
  return batch.state === 'done' || batch.state === 'canceled' || batch.state === 'stopped';
}

/** Puts the choices on a plan. Of two files for one organization the first stays, and the other says why not. */
function planned(files: readonly LogoMatch[], choices: ReadonlyMap<string, Choice>): PlannedLogo[] {
  const owners = new Map<string, string>();
  const rows = files.map((file): PlannedLogo => {
    const choice = choices.get(file.fileName);
    const byHand = choice?.organizationId !== undefined && choice.organizationId !== '';
    const organizationId = choice?.organizationId ?? file.organizationId;
    const match = byHand ? 'hand' : file.match;
    const certain = match === 'id' || match === 'name' || match === 'hand';
    const wanted = choice?.included ?? certain;
    const reason = file.problem
      ? file.problem.message
      : organizationId === ''
        ? 'It has no organization.'
        : '';
    return { file, organizationId, match, included: wanted && reason === '', reason };
  });
  // What was ticked by a person goes before what the program ticked.
  const order = [...rows].sort((a, b) => rank(choices, b) - rank(choices, a));
  for (const row of order) {
    if (row.organizationId === '' || row.reason !== '') continue;
    const owner = owners.get(row.organizationId);
    if (owner !== undefined) {
      row.reason = `${owner} is for this organization already; it has one logo.`;
      row.included = false;
    } else if (row.included) owners.set(row.organizationId, row.file.fileName);
  }
  return rows;
}

function rank(choices: ReadonlyMap<string, Choice>, row: PlannedLogo): number {
  if (!row.included) return 0;
  return choices.get(row.file.fileName)?.included === true ? 2 : 1;
}
