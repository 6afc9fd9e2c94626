import type { DroppedFiles, LogoBatch } from '$lib/bridge/types_logos';
import type { Problem } from '$lib/bridge/types';
import { cannotEdit } from '$lib/edits/rights';
import { plural } from '$lib/format/number';
import { displayName } from '$lib/format/organization';
import type { AccountScope } from './account.svelte';
import type { AppState } from './app.svelte';
import { LogoState } from './logo.svelte';

/** Pictures that came in: files of the page, or a drop that only the program can read. */
export type Incoming = { files: readonly File[] } | { drop: DroppedFiles };

/** Setting and removing logos, from wherever: each tells what came of it, and nothing of another account. */
export class LogoActions {
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Why the logo of an organization cannot be changed now; empty where it can. */
  reason(orgId: string): string {
    const { scope, account } = this.#app;
    const row = scope?.organizations.row(orgId);
    if (!scope || !row) return 'This organization is not in the list.';
    return cannotEdit(account, scope.sync.offline, row, 'logo');
  }

  /** Opens the dialog of an organization's logo, with a picture if one came in. */
  open(orgId: string, incoming?: Incoming): void {
    const logo = this.#begin(orgId, 'logo');
    if (logo && incoming) void this.give(logo, incoming);
  }

  /** Asks whether an organization's logo is to be taken away. */
  askToRemove(orgId: string): void {
    this.#begin(orgId, 'remove-logo');
  }

  /** Hands a picture to the dialog that is open; while its logo is being sent none is taken. */
  async give(logo: LogoState, incoming: Incoming): Promise<void> {
    if (logo.sending) {
      const message = 'A logo is being sent. Give the picture again when that is done.';
      this.#app.toasts.add({ severity: 'info', title: 'The picture was not taken', message });
      return;
    }
    if ('files' in incoming) return logo.take(incoming.files);
    return isMany(incoming.drop) ? logo.take([]) : logo.takeDropped(incoming.drop.id);
  }

  /** Ends what the dialogs of one logo began. */
  close(logo: LogoState): void {
    logo.dispose();
    const scope = this.#app.scope;
    if (scope?.logo === logo) scope.logo = null;
  }

  /** Sets the logo; its dialog is closed where it was applied. */
  set(logo: LogoState, overwrite = false): Promise<void> {
    return this.#settle(logo, () => logo.set(overwrite));
  }

  remove(logo: LogoState, overwrite = false): Promise<void> {
    return this.#settle(logo, () => logo.remove(overwrite));
  }

  /** Gives up the picture for the one that somebody else set meanwhile. */
  keepTheirs(logo: LogoState): void {
    this.#closeDialog(logo);
    this.#app.announcer.say(`Kept what JumpCloud holds of ${this.#name(logo.orgId)}`);
  }

  /** Saves the picture where the person chooses; says where. */
  async save(logo: LogoState): Promise<string> {
    return (await this.#save(logo)).words;
  }

  /** Saves the picture and leads to the organization's console, where it can be set by hand; says what to do there. */
  async byHand(logo: LogoState): Promise<string> {
    const { path, words } = await this.#save(logo);
    if (path === '') return words;
    await this.#app.actions.launch(logo.orgId);
    return `${words} In the console: Settings, Organization Profile, Customize Logo, Choose A File.`;
  }

  /** What a drop on the window is for. orgId is empty where it fell on no organization. */
  dropped(orgId: string, incoming: Incoming): void {
    const { scope, dialog, toasts } = this.#app;
    const many = 'files' in incoming ? incoming.files.length > 1 : isMany(incoming.drop);
    const tell = (title: string, message: string) => toasts.add({ severity: 'info', title, message });
    if (!scope) tell('Sign in first', 'Then drop a picture on an organization to set its logo.');
    else if (dialog === 'logo' && scope.logo) void this.give(scope.logo, incoming);
    else if (dialog === 'logo-batch' && 'drop' in incoming) void scope.logoBatch.look(incoming.drop.id);
    else if (dialog !== null || scope.edits.conflict) return;
    else if (many && 'drop' in incoming) this.openBatch(incoming.drop.id);
    else if (many)
      tell('Several files', 'Drop one picture on an organization, or choose a folder with Set logos….');
    else if (orgId === '')
      tell('Drop it on an organization', 'On its row or its panel: it becomes its logo.');
    else this.open(orgId, incoming);
  }

  /** Takes a pasted picture for an organization; null where none is selected. */
  pasted(orgId: string | null, files: readonly File[]): void {
    const { scope, dialog, toasts } = this.#app;
    if (!scope || files.length === 0) return;
    if (dialog === 'logo' && scope.logo) void this.give(scope.logo, { files });
    else if (dialog !== null || scope.edits.conflict) return;
    else if (orgId === null) {
      const message = 'Select or open one, then paste the picture again.';
      toasts.add({ severity: 'info', title: 'For which organization?', message });
    } else this.open(orgId, { files });
  }

  /** Opens the dialog of many logos, with the folder or files of a drop if there are any. */
  openBatch(dropId = ''): void {
    const scope = this.#app.scope;
    if (!scope || this.#app.dialog !== null) return;
    this.#app.dialog = 'logo-batch';
    if (dropId !== '' && !scope.logoBatch.running) void scope.logoBatch.look(dropId);
  }

  /** Takes how a batch stands, and tells its end where its dialog is closed. */
  batchChanged(batch: LogoBatch): void {
    const { scope, dialog, toasts } = this.#app;
    if (!scope || batch.accountId !== scope.accountId) return;
    const ran = scope.logoBatch.running;
    scope.logoBatch.apply(batch);
    if (!ran || scope.logoBatch.running || dialog === 'logo-batch') return;
    const show = () => {
      if (scope === this.#app.scope) this.#app.dialog = 'logo-batch';
    };
    toasts.add({
      severity: batch.set < batch.total || batch.problem ? 'warning' : 'success',
      title: 'Setting logos ended',
      message: `${plural(batch.set, 'organization has', 'organizations have')} the new logo.`,
      actions: [{ label: 'Show the result', run: show }],
    });
  }

  #begin(orgId: string, dialog: 'logo' | 'remove-logo'): LogoState | null {
    const { scope, toasts, bridge } = this.#app;
    const row = scope?.organizations.row(orgId);
    if (!scope || !row || this.#app.dialog !== null) return null;
    const reason = this.reason(orgId);
    if (reason !== '') {
      toasts.add({ severity: 'warning', title: `The logo of ${displayName(row.name)}`, message: reason });
      return null;
    }
    scope.logo?.dispose();
    const logo = new LogoState(scope.accountId, orgId, row.logo, bridge);
    scope.logo = logo;
    this.#app.dialog = dialog;
    return logo;
  }

  async #save(logo: LogoState): Promise<{ path: string; words: string }> {
    const scope = this.#app.scope;
    const saved = await logo.save();
    if (scope !== this.#app.scope || saved === null) return { path: '', words: '' };
    if ('code' in saved) return { path: '', words: joined(saved) };
    return { path: saved.path, words: saved.path === '' ? '' : `Saved as ${saved.path}.` };
  }

  async #settle(logo: LogoState, ask: () => ReturnType<LogoState['set']>): Promise<void> {
    const scope: AccountScope | null = this.#app.scope;
    const result = await ask();
    if (result === null || scope !== this.#app.scope || 'code' in result) return;
    this.#app.edits.logoSet(result);
    if (result.state === 'applied' || result.state === 'unchanged') this.#closeDialog(logo);
  }

  #closeDialog(logo: LogoState): void {
    const { scope, dialog } = this.#app;
    if (scope?.logo === logo && (dialog === 'logo' || dialog === 'remove-logo')) this.#app.dialog = null;
    this.close(logo);
  }

  #name(orgId: string): string {
    return displayName(this.#app.scope?.organizations.row(orgId)?.name ?? '');
  }
}

function isMany(drop: DroppedFiles): boolean {
  return drop.folder || drop.names.length > 1;
}

function joined({ message, hint }: Problem): string {
  return hint === '' ? message : `${message} ${hint}`;
}
