import type { AdministratorsList, ProviderAdministrator } from '$lib/bridge/types_roster';

/** Whether an administrator may enter an organization; unknown where that was never read. */
export type Access = 'yes' | 'no' | 'unknown';

/** Who may enter what, ready to be asked for single fields of the matrix. */
export class AccessMatrix {
  readonly #sets = new Map<string, Set<number>>();
  readonly #places: Map<string, number>;

  constructor(list: AdministratorsList) {
    this.#places = new Map(list.organizationIds.map((id, place) => [id, place]));
    for (const row of list.administrators) this.#sets.set(row.administrator.id, new Set(row.indexes));
  }

  access(row: ProviderAdministrator, orgId: string): Access {
    if (row.access.at === 0) return 'unknown';
    const place = this.#places.get(orgId);
    if (place === undefined) return 'unknown';
    return row.all || this.#sets.get(row.administrator.id)?.has(place) ? 'yes' : 'no';
  }
}
