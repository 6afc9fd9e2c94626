import type { ActivityLine } from '$lib/bridge/types_roster';
import { catalog } from '$lib/errors/catalog';

/** Every kind of activity in words, in the order of a list to choose from. */
export const activityKinds: ReadonlyMap<string, string> = new Map([
  ['organization_added', 'Organization added'],
  ['organization_renamed', 'Organization renamed'],
  ['organization_gone', 'Organization no longer listed'],
  ['organization_back', 'Organization listed again'],
  ['logo_changed', 'Logo changed'],
  ['remote_assist_changed', 'Remote Assist changed'],
  ['user_cap_changed', 'User cap changed'],
  ['contact_name_changed', 'Contact name changed'],
  ['contact_email_changed', 'Contact e-mail changed'],
  ['pending_delete_changed', 'Deletion request changed'],
  ['users_changed', 'Users changed'],
  ['administrator_added', 'Administrator added'],
  ['administrator_removed', 'Administrator removed'],
  ['access_given', 'Access given'],
  ['access_taken', 'Access taken'],
  ['access_changed', 'Access changed'],
  ['invoice_saved', 'Invoice saved'],
  ['launch', 'Console opened'],
  ['sign_in', 'Signed in'],
  ['sign_out', 'Logged out'],
  ['key_replaced', 'API key replaced'],
]);

/** A kind in words; one that is not known here is shown as it is named. */
export function kindWords(kind: string): string {
  return activityKinds.get(kind) ?? kind.replaceAll('_', ' ');
}

const results: ReadonlyMap<string, string> = new Map([
  ['ok', 'Done'],
  ['applied', 'Done'],
  ['unchanged', 'It was so already'],
  ['not_applied', 'Not applied'],
  ['partial', 'Done in part'],
  ['uncertain', 'Uncertain'],
  ['conflict', 'Conflict: nothing was changed'],
  ['overtaken', 'Sent, but JumpCloud has another value'],
]);

/** How it ended, in words: the state of a change, or the title of its failure. */
export function resultWords(result: string): string {
  return results.get(result) ?? catalog.get(result)?.title ?? result;
}

/** Whether it ended as it was meant to. */
export function wentWell(result: string): boolean {
  return result === 'ok' || result === 'applied' || result === 'unchanged';
}

/** Who did it: a synchronisation only noticed it. */
export function actorWords(line: Pick<ActivityLine, 'source' | 'actor'>): string {
  return line.source === 'sync' ? 'Noticed by a sync' : line.actor || 'Orgdeck';
}

const undoable = new Set([
  'organization_renamed',
  'logo_changed',
  'remote_assist_changed',
  'user_cap_changed',
  'contact_name_changed',
  'contact_email_changed',
]);

/** Whether the program can write the value before back. */
export function canUndo(line: ActivityLine): boolean {
  return (
    line.source === 'orgdeck' &&
    undoable.has(line.kind) &&
    wentWell(line.result) &&
    line.result !== 'unchanged'
  );
}
