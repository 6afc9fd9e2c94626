import type { AppState } from './app.svelte';

/** How many endings are kept of one account: more toasts than there is room for help nobody. */
const MOST = 20;

/**
 * What ended in an account while another was shown. Its words belong to that account alone, so
 * they are said when it is shown again; that something went wrong there is said at once.
 */
export class News {
  readonly #app: AppState;
  readonly #held = new Map<string, (() => void)[]>();

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Tells what ended in an account: now where it is shown, else when it is. */
  tell(accountId: string, wentWell: boolean, tell: () => void): void {
    if (this.#app.scope?.accountId === accountId) {
      tell();
      return;
    }
    const account = this.#app.session?.accounts.find((known) => known.id === accountId);
    // It was signed out of and erased: nothing is left to tell of.
    if (!account) return;
    this.#held.set(accountId, [...(this.#held.get(accountId) ?? []), tell].slice(-MOST));
    if (wentWell) return;
    this.#app.toasts.add({
      severity: 'warning',
      title: `A change in ${account.label} did not go through`,
      message: 'Show that account to see which one, and why.',
      actions: [{ label: `Show ${account.label}`, run: () => void this.#app.pick(accountId) }],
    });
  }

  /** Tells what was kept of the account that is shown now. */
  shown(accountId: string): void {
    const held = this.#held.get(accountId) ?? [];
    this.#held.delete(accountId);
    for (const tell of held) tell();
  }

  forget(accountId: string): void {
    this.#held.delete(accountId);
  }
}
