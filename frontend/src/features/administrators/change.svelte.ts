import type { Problem } from '$lib/bridge/types';
import type { AdministratorOutcome } from '$lib/bridge/types_roster';
import type { AccountScope } from '$lib/state/account.svelte';
import type { AppState } from '$lib/state/app.svelte';
import { isProblem, toldElsewhere } from './outcome';

/** A change that a dialog asks for: whether it is under way, and why it was refused. */
export class AdministratorChange {
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  readonly #app: AppState;
  readonly #scope: () => AccountScope;

  constructor(app: AppState, scope: () => AccountScope) {
    this.#app = app;
    this.#scope = scope;
  }

  /**
   * Asks for it, with the words for when it is done. Gives its outcome, for the dialog to tell;
   * null where it was refused, or where the account was left meanwhile and it is told there.
   */
  async ask(
    done: string,
    change: () => Promise<AdministratorOutcome | Problem>,
  ): Promise<AdministratorOutcome | null> {
    if (this.busy) return null;
    const scope = this.#scope();
    this.busy = true;
    this.problem = null;
    const result = await change();
    this.busy = false;
    if (toldElsewhere(this.#app, scope, done, result)) return null;
    if (!isProblem(result)) return result;
    this.problem = result;
    return null;
  }
}
