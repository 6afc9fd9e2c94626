import type { LogoMatch, LogoRecipe } from '$lib/bridge/types_logos';

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

/** What a person decided about a file. */
export interface Choice {
  organizationId?: string;
  included?: boolean;
}

/** Puts the choices on a plan. Of two files for one organization the first stays, and the other says why not. */
export function planned(files: readonly LogoMatch[], choices: ReadonlyMap<string, Choice>): PlannedLogo[] {
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
