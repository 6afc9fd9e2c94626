import type { AddOutcome, EditOutcome, ImportStatus, Problem } from '$lib/bridge/types';
import { fieldLabel, type EditField } from '$lib/edits/fields';
import { problemFrom } from '$lib/errors/normalise';
import { plural } from '$lib/format/number';
import { displayName } from '$lib/format/organization';
import type { AccountScope } from './account.svelte';
import type { AppState } from './app.svelte';
import type { ToastAction } from './toasts.svelte';

/** Changes to organizations, from wherever: each tells what came of it, and nothing of another account. */
export class EditActions {
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Sends the draft of a field. */
  async save(orgId: string, field: EditField): Promise<void> {
    await this.#do(async (scope) => this.#told(scope, await scope.edits.save(orgId, field), orgId));
  }

  /** Switches Remote Assist; held is what it was seen to be. */
  async switchRemoteAssist(orgId: string, held: string, wanted: 'on' | 'off'): Promise<void> {
    await this.#do(async (scope) => {
      scope.edits.drop(orgId, 'remoteAssist');
      scope.edits.type(orgId, 'remoteAssist', held, wanted);
      this.#told(scope, await scope.edits.save(orgId, 'remoteAssist'), orgId);
    });
  }

  /** Writes back what an edit of the history replaced; it may come to a conflict. */
  async undo(activityId: number): Promise<void> {
    await this.#do(async (scope) => this.#told(scope, await scope.edits.undo(activityId), ''));
  }

  async overwrite(conflict: EditOutcome): Promise<void> {
    await this.#do(async (scope) =>
      this.#told(scope, await scope.edits.overwrite(conflict), conflict.organizationId),
    );
  }

  async keepTheirs(conflict: EditOutcome): Promise<void> {
    await this.#do(async (scope) => {
      scope.edits.keepTheirs(conflict);
      this.#take(scope, conflict);
      this.#app.announcer.say(`Kept what JumpCloud holds of ${this.#name(scope, conflict.organizationId)}`);
    });
  }

  /** Adds an organization; its row is in the list when this ends. */
  async add(name: string, userCap: string): Promise<AddOutcome | Problem | null> {
    const scope = this.#app.scope;
    if (!scope) return null;
    let outcome: AddOutcome;
    try {
      outcome = await this.#app.bridge.edits.add(scope.accountId, name, userCap);
    } catch (error) {
      return scope === this.#app.scope ? problemFrom(error) : null;
    }
    if (scope !== this.#app.scope || outcome.accountId !== scope.accountId) return null;
    if (outcome.organizationId !== '') scope.organizations.put(outcome.row);
    return outcome;
  }

  /** Shows an added organization: selected, in sight, and told. */
  showAdded(outcome: AddOutcome): void {
    const scope = this.#app.scope;
    if (!scope || outcome.accountId !== scope.accountId) return;
    scope.page = 'organizations';
    scope.panel.open(outcome.organizationId, false);
    scope.organizations.reveal(outcome.organizationId);
    this.#app.announcer.say(`${displayName(outcome.name)} was added`);
    this.#app.toasts.add({
      severity: 'success',
      title: 'Organization added',
      message: joined(outcome.message, outcome.hint),
    });
  }

  /** Tells what became of setting a logo, which is not done here; its own dialog asks what is to be asked. */
  logoSet(outcome: EditOutcome): void {
    const scope = this.#app.scope;
    if (!scope || outcome.accountId !== scope.accountId) return;
    const done = outcome.state === 'applied' || outcome.state === 'unchanged';
    if (done) this.#told(scope, outcome, outcome.organizationId);
    else this.#take(scope, outcome);
  }

  /** Takes how an import stands, and tells its end where its dialog is closed. */
  importChanged(status: ImportStatus): void {
    const { scope, dialog, toasts } = this.#app;
    if (!scope || status.accountId !== scope.accountId) return;
    const ran = scope.imports.running;
    scope.imports.apply(status);
    if (!ran || scope.imports.running || dialog === 'import') return;
    const show = () => {
      if (scope === this.#app.scope) this.#app.dialog = 'import';
    };
    toasts.add({
      severity: status.failed + status.uncertain > 0 || status.problem ? 'warning' : 'success',
      title: 'The import ended',
      message: `${plural(status.added, 'organization was', 'organizations were')} added.`,
      actions: [{ label: 'Show the result', run: show }],
    });
  }

  async #do(act: (scope: AccountScope) => Promise<void>): Promise<void> {
    const scope = this.#app.scope;
    if (scope) await act(scope);
  }

  #told(scope: AccountScope, result: EditOutcome | Problem | null, orgId: string): void {
    if (result === null || scope !== this.#app.scope) return;
    if ('code' in result) {
      // Beside its field it is told already, as long as that can be seen.
      const problem =
        orgId === '' ? result : { ...result, message: this.#naming(scope, orgId, result.message) };
      if (orgId === '' || !this.#seen(scope, orgId)) this.#app.toasts.problem(problem);
      return;
    }
    if (result.accountId !== scope.accountId) return;
    this.#take(scope, result);
    const name = this.#name(scope, result.organizationId);
    const title = `${name}: ${fieldLabel(result.field)}`;
    const message = joined(result.message, result.hint);
    if (result.state === 'conflict') return;
    const done = result.state === 'applied' || result.state === 'unchanged';
    const seen = this.#seen(scope, result.organizationId);
    const drafted = scope.edits.draft(result.organizationId, result.field as EditField) !== undefined;
    // What failed is told beside its field; here only where that is out of sight.
    if (!done && seen && drafted) return;
    this.#app.announcer.say(message);
    this.#app.toasts.add({
      severity: done && !result.others ? (result.state === 'applied' ? 'success' : 'info') : 'warning',
      title,
      message,
      actions: this.#actions(scope, result),
    });
  }

  #actions(scope: AccountScope, { state, activityId, canUndo, openConsole, organizationId }: EditOutcome) {
    const actions: ToastAction[] = [];
    const here = (run: () => void) => () => scope === this.#app.scope && run();
    if (canUndo && state === 'applied')
      actions.push({ label: 'Undo', run: here(() => void this.undo(activityId)) });
    if (openConsole)
      actions.push({
        label: 'Open the console',
        run: here(() => void this.#app.actions.launch(organizationId)),
      });
    return actions;
  }

  /** Shows at once what the server was read to hold; the cache says the same. */
  #take(scope: AccountScope, outcome: EditOutcome): void {
    const { organizationId: id, field, serverValue: value } = outcome;
    if (!outcome.serverKnown) return;
    const row = scope.organizations.row(id);
    if (row && field === 'name') scope.organizations.put({ ...row, name: value });
    else if (row && field === 'remoteAssist') scope.organizations.put({ ...row, remoteAssist: value });
    else if (row && field === 'logo') scope.organizations.put({ ...row, logo: value });
    else scope.panel.take(id, field, value);
  }

  /** Whether the fields of an organization are in sight. */
  #seen({ panel, page }: AccountScope, orgId: string): boolean {
    return panel.openId === orgId && panel.tab === 'details' && page === 'organizations';
  }

  #name(scope: AccountScope, orgId: string): string {
    return displayName(scope.organizations.row(orgId)?.name ?? '');
  }

  #naming(scope: AccountScope, orgId: string, message: string): string {
    const name = this.#name(scope, orgId);
    return message.includes(name) ? message : `${name}: ${message}`;
  }
}

function joined(message: string, hint: string): string {
  return hint === '' ? message : `${message} ${hint}`;
}
