import type { Bridge, Problem } from '$lib/bridge/types';
import type { LogoRecipe, ReadyLogo, TakenLogo } from '$lib/bridge/types_logos';
import { problemFrom } from '$lib/errors/normalise';

/** How long a recipe has to rest before the picture is made anew, in milliseconds. */
const REST = 120;

/** Lets the program forget a picture that nobody looks at any more. */
export function letGo(bridge: Bridge, taken: TakenLogo | null): void {
  // Where that fails its account was left, and with it went all that it had.
  if (taken) bridge.logos.forget(taken.accountId, taken.id).catch(() => {});
}

/** One picture of a folder, as it came in and as it would be sent. Nothing is. */
export class LogoLook {
  /** The file that is looked at; empty for none. */
  fileName = $state('');
  taken = $state.raw<TakenLogo | null>(null);
  /** The newest picture that was made; while another is being made it stays. */
  ready = $state.raw<ReadyLogo | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);

  readonly #accountId: string;
  readonly #bridge: Bridge;
  #planId = '';
  #recipe: LogoRecipe | null = null;
  /** Counts what is wanted: an older picture is never shown. */
  #wants = 0;
  #working = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(accountId: string, bridge: Bridge) {
    this.#accountId = accountId;
    this.#bridge = bridge;
  }

  /** Looks at a file of a plan; without a recipe it is made as it is suggested. */
  show(planId: string, fileName: string, recipe: LogoRecipe | null): void {
    if (planId !== this.#planId || fileName !== this.fileName) this.close();
    this.#planId = planId;
    this.fileName = fileName;
    this.#recipe = recipe;
    this.#wants++;
    void this.#work();
  }

  /** Makes what is looked at by another recipe, as soon as the changing rests. */
  remake(recipe: LogoRecipe | null): void {
    if (this.fileName === '') return;
    this.#recipe = recipe;
    this.#wants++;
    this.busy = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#work(), REST);
  }

  /** Looks at nothing more, and lets go of what was looked at. */
  close(): void {
    clearTimeout(this.#timer);
    letGo(this.#bridge, this.taken);
    this.#wants++;
    this.fileName = '';
    this.taken = null;
    this.ready = null;
    this.problem = null;
    this.busy = false;
  }

  async #work(): Promise<void> {
    this.busy = true;
    if (this.#working) return;
    this.#working = true;
    try {
      let made = -1;
      while (made !== this.#wants && this.fileName !== '') {
        made = this.#wants;
        await this.#once(made, this.#planId, this.fileName, this.#recipe);
      }
    } finally {
      this.#working = false;
      this.busy = false;
    }
  }

  async #once(want: number, planId: string, fileName: string, recipe: LogoRecipe | null): Promise<void> {
    try {
      const taken = this.taken ?? (await this.#take(planId, fileName));
      if (!taken) return;
      const ready = await this.#bridge.logos.prepareLook(
        this.#accountId,
        taken.id,
        recipe ?? taken.suggested,
      );
      if (want !== this.#wants) return;
      this.ready = ready;
      this.problem = null;
    } catch (error) {
      if (want !== this.#wants) return;
      this.problem = problemFrom(error);
      this.ready = null;
    }
  }

  /** Null where another file is looked at by the time it came in. */
  async #take(planId: string, fileName: string): Promise<TakenLogo | null> {
    const taken = await this.#bridge.logos.look(this.#accountId, planId, fileName);
    if (planId !== this.#planId || fileName !== this.fileName) {
      letGo(this.#bridge, taken);
      return null;
    }
    this.taken = taken;
    return taken;
  }
}
