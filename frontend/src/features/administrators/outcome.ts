import type { Problem } from '$lib/bridge/types';
import type { AdministratorOutcome } from '$lib/bridge/types_roster';
import type { AccountScope } from '$lib/state/account.svelte';
import type { AppState } from '$lib/state/app.svelte';

const titles: ReadonlyMap<string, string> = new Map([
  ['unchanged', 'It was so already'],
  ['not_applied', 'It was not done'],
  ['partial', 'Done in part'],
  ['uncertain', 'It is not known whether it was done'],
]);

export function isProblem(result: AdministratorOutcome | Problem): result is Problem {
  return 'code' in result;
}

/**
 * Tells how a change ended whose account was left meanwhile, and its dialog with it: there, when
 * it is shown again. Gives whether it was so.
 */
export function toldElsewhere(
  app: AppState,
  scope: AccountScope,
  done: string,
  result: AdministratorOutcome | Problem,
): boolean {
  if (scope === app.scope) return false;
  const wentWell = !isProblem(result) && (result.state === 'applied' || result.state === 'unchanged');
  app.news.tell(scope.accountId, wentWell, () => {
    if (!isProblem(result)) tellOutcome(app, done, result);
    else app.toasts.problem(result);
  });
  return true;
}

/** Tells how a change ended; only one that JumpCloud shows is told as done. */
export function tellOutcome(app: AppState, done: string, outcome: AdministratorOutcome): void {
  const message = outcome.hint ? `${outcome.message} ${outcome.hint}` : outcome.message;
  const title = outcome.state === 'applied' ? done : (titles.get(outcome.state) ?? outcome.state);
  app.announcer.say(title);
  if (outcome.state === 'applied') app.toasts.add({ severity: 'success', title, message });
  else if (outcome.state === 'unchanged') app.toasts.add({ severity: 'info', title, message });
  else {
    const understood = { label: 'Understood', run: () => undefined };
    app.toasts.add({ severity: 'warning', title, message, actions: [understood] });
  }
}
