import type { SavedFile } from '$lib/bridge/types_roster';
import { problemFrom } from '$lib/errors/normalise';
import type { AppState } from './app.svelte';

/** Saves something where the person chooses, and tells what came of it. */
export async function saveFile(app: AppState, title: string, save: () => Promise<SavedFile>): Promise<void> {
  const scope = app.scope;
  try {
    const saved = await save();
    if (scope !== app.scope || saved.path === '' || saved.accountId !== scope?.accountId) return;
    const open = { label: 'Open', run: () => void openSaved(app, saved) };
    app.announcer.say(title);
    app.toasts.add({ severity: 'success', title, message: saved.path, actions: [open] });
  } catch (error) {
    if (scope === app.scope) app.toasts.problem(problemFrom(error));
  }
}

async function openSaved(app: AppState, saved: SavedFile): Promise<void> {
  try {
    await app.bridge.billing.openSaved(saved.accountId, saved.path);
  } catch (error) {
    app.toasts.problem(problemFrom(error));
  }
}
