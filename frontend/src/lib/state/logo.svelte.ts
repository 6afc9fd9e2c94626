import type { Bridge, EditOutcome, Problem } from '$lib/bridge/types';
import type { LogoRecipe, ReadyLogo, TakenLogo } from '$lib/bridge/types_logos';
import type { SavedFile } from '$lib/bridge/types_roster';
import { problemFrom } from '$lib/errors/normalise';
import { refusedFiles } from '$lib/logo/files';
import { letGo } from './logo_look.svelte';

/** How long a recipe has to rest before the picture is made anew, in milliseconds. */
const REST = 120;

interface Owned {
  accountId: string;
  organizationId: string;
}

/**
 * The making and setting of one organization's logo. Nothing is sent before it
 * is set; what comes for another account or organization is dropped.
 */
export class LogoState {
  readonly accountId: string;
  readonly orgId: string;
  /** The logo that the person saw: its path, empty for none. */
  expected = $state('');
  taken = $state.raw<TakenLogo | null>(null);
  /** The newest picture that was made; while another is being made it stays, and is stale. */
  ready = $state.raw<ReadyLogo | null>(null);
  recipe = $state.raw<LogoRecipe | null>(null);
  /** Whether a picture is being handed over, or is to be sent. */
  taking = $state(false);
  sending = $state(false);
  /** Whether `ready` is not what the recipe says. */
  stale = $state(false);
  /** Why the newest step failed; what was there before stays. */
  problem = $state.raw<Problem | null>(null);
  /** What became of setting or removing it, where that did not come to its end. */
  outcome = $state.raw<EditOutcome | null>(null);

  readonly canSet = $derived(this.ready !== null && !this.stale && !this.taking && !this.sending);

  readonly #bridge: Bridge;
  #takes = 0;
  #recipes = 0;
  #making = false;
  #ended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(accountId: string, orgId: string, expected: string, bridge: Bridge) {
    this.accountId = accountId;
    this.orgId = orgId;
    this.expected = expected;
    this.#bridge = bridge;
  }

  /** Takes the one file that was chosen, pasted or dropped here. */
  async take(files: readonly File[]): Promise<void> {
    const [file] = files;
    const refused = refusedFiles(files);
    if (refused || !file) {
      this.problem = refused;
      return;
    }
    await this.#take(() => this.#bridge.logos.take(this.accountId, this.orgId, file));
  }

  /** Takes the one file that was dropped on the window. */
  async takeDropped(dropId: string): Promise<void> {
    await this.#take(() => this.#bridge.logos.takeDropped(this.accountId, this.orgId, dropId));
  }

  /** Changes how the logo is made; the picture follows as soon as the changing rests. */
  change(part: Partial<LogoRecipe>): void {
    if (!this.recipe || this.sending) return;
    this.#want({ ...this.recipe, ...part });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#make(), REST);
  }

  /** Goes back to the recipe that was suggested. */
  startOver(): void {
    if (this.taken) this.change(this.taken.suggested);
  }

  /** Makes the picture again after that failed. */
  retry(): void {
    if (this.recipe) this.change({});
  }

  /** Sets what is shown; null where there is nothing to set, or the answer is nobody's any more. */
  set(overwrite = false): Promise<EditOutcome | Problem | null> {
    const ready = this.ready;
    if (!ready || !this.canSet) return Promise.resolve(null);
    const expected = this.#seen(overwrite);
    return this.#send(() =>
      this.#bridge.logos.set(this.accountId, this.orgId, ready.id, expected, overwrite),
    );
  }

  /** Takes the logo away. */
  remove(overwrite = false): Promise<EditOutcome | Problem | null> {
    if (this.sending) return Promise.resolve(null);
    const expected = this.#seen(overwrite);
    return this.#send(() => this.#bridge.logos.remove(this.accountId, this.orgId, expected, overwrite));
  }

  /** Saves what is shown where the person chooses; null where there is nothing. */
  async save(): Promise<SavedFile | Problem | null> {
    if (!this.ready || this.stale) return null;
    try {
      return await this.#bridge.logos.save(this.accountId, this.orgId, this.ready.id);
    } catch (error) {
      return problemFrom(error);
    }
  }

  /** Ends it: answers that come later are dropped, and what was taken is let go of. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#ended = true;
    letGo(this.#bridge, this.taken);
    this.#takes++;
    this.#recipes++;
  }

  /** What the person was shown last to be JumpCloud's. */
  #seen(overwrite: boolean): string {
    if (!overwrite || !this.outcome) return this.expected;
    const { serverKnown, serverValue, before } = this.outcome;
    return serverKnown ? serverValue : before;
  }

  async #take(ask: () => Promise<TakenLogo>): Promise<void> {
    if (this.sending) return;
    const take = ++this.#takes;
    this.taking = true;
    this.problem = null;
    try {
      const taken = await ask();
      if (take !== this.#takes || !this.#mine(taken)) {
        letGo(this.#bridge, taken);
        return;
      }
      letGo(this.#bridge, this.taken);
      this.taken = taken;
      this.ready = null;
      this.outcome = null;
      this.#want(taken.suggested);
      await this.#make();
    } catch (error) {
      if (take === this.#takes) this.problem = problemFrom(error);
    } finally {
      if (take === this.#takes) this.taking = false;
    }
  }

  #want(recipe: LogoRecipe): void {
    this.recipe = { ...recipe };
    this.stale = true;
    this.#recipes++;
  }

  /** Makes one picture at a time, until it is the one that is wanted: an older one is never shown. */
  async #make(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#making || !this.stale) return;
    this.#making = true;
    try {
      let made = -1;
      while (!this.#ended && made !== this.#recipes && this.taken && this.recipe) {
        made = this.#recipes;
        await this.#makeOnce(made, this.taken, this.recipe);
      }
    } finally {
      this.#making = false;
    }
  }

  async #makeOnce(wanted: number, taken: TakenLogo, recipe: LogoRecipe): Promise<void> {
    try {
      const ready = await this.#bridge.logos.prepare(this.accountId, this.orgId, taken.id, recipe);
      if (wanted !== this.#recipes || !this.#mine(ready)) return;
      this.ready = ready;
      this.problem = null;
      this.stale = false;
    } catch (error) {
      if (wanted === this.#recipes) this.problem = problemFrom(error);
    }
  }

  async #send(ask: () => Promise<EditOutcome>): Promise<EditOutcome | Problem | null> {
    this.sending = true;
    this.problem = null;
    try {
      const outcome = await ask();
      if (!this.#mine(outcome)) return null;
      const done = outcome.state === 'applied' || outcome.state === 'unchanged';
      this.outcome = done ? null : outcome;
      return outcome;
    } catch (error) {
      this.problem = problemFrom(error);
      return this.problem;
    } finally {
      this.sending = false;
    }
  }

  #mine({ accountId, organizationId }: Owned): boolean {
    return accountId === this.accountId && organizationId === this.orgId;
  }
}
