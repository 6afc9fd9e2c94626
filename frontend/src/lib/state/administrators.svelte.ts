import type { Bridge, Problem } from '$lib/bridge/types';
import type { AdministratorOutcome, AdministratorsList, NewAdministrator } from '$lib/bridge/types_roster';
import { problemFrom } from '$lib/errors/normalise';
import { Reader } from './reader.svelte';

/** The provider's administrators, and the acts on them. */
export class AdministratorsState {
  readonly accountId: string;
  readonly list: Reader<AdministratorsList>;
  readonly #bridge: Bridge;

  /** How many there are; null while it is not known. */
  readonly count = $derived.by(() => {
    const known = this.list.value;
    return known === null || known.reading.at === 0 ? null : known.administrators.length;
  });

  constructor(accountId: string, bridge: Bridge) {
    this.accountId = accountId;
    this.#bridge = bridge;
    this.list = new Reader<AdministratorsList>(
      { accountId },
      {
        cached: () => bridge.administrators.readProvider(accountId),
        fresh: () => bridge.administrators.refreshProvider(accountId),
      },
    );
  }

  takeAccess(orgId: string, administratorId: string): Promise<AdministratorOutcome | Problem> {
    return this.#act(() => this.#bridge.administrators.takeAccess(this.accountId, orgId, administratorId));
  }

  giveAccess(orgId: string, administratorId: string): Promise<AdministratorOutcome | Problem> {
    return this.#act(() => this.#bridge.administrators.giveAccess(this.accountId, orgId, administratorId));
  }

  remove(administratorId: string, typedEmail: string): Promise<AdministratorOutcome | Problem> {
    return this.#act(() => this.#bridge.administrators.remove(this.accountId, administratorId, typedEmail));
  }

  create(wanted: NewAdministrator): Promise<AdministratorOutcome | Problem> {
    return this.#act(() => this.#bridge.administrators.create(this.accountId, wanted));
  }

  /** Does one thing once; whatever came of it, the list is shown as the cache has it then. */
  async #act(act: () => Promise<AdministratorOutcome>): Promise<AdministratorOutcome | Problem> {
    try {
      return await act();
    } catch (error) {
      return problemFrom(error);
    } finally {
      void this.list.load();
    }
  }
}
