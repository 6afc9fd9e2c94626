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
  /** The accounts in which an import runs. */
  readonly #importing = new Set<string>();

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
    const { accountId } = scope;
    const result = await this.#app.bridge.edits.add(accountId, name, userCap).catch(problemFrom);
    if (!('code' in result) && result.accountId !== accountId) return null;
    if (!('code' in result) && result.organizationId !== '')
      this.#shown(accountId)?.organizations.put(result.row);
    if (scope === this.#app.scope) return result;
    // Its dialog went with the account.
    this.#app.news.tell(accountId, 'organizationId' in result && result.organizationId !== '', () =>
      this.#addEnded(name, result),
    );
    return null;
  }

  #addEnded(name: string, result: AddOutcome | Problem): void {
    const { toasts } = this.#app;
    if ('code' in result) toasts.problem({ ...result, message: `${displayName(name)}: ${result.message}` });
    else if (result.organizationId !== '') this.#added(result);
    else
      toasts.add({
        severity: 'warning',
        title: `${displayName(name)}: it is not known whether it was added`,
        message: joined(result.message, result.hint),
      });
  }

  #added(outcome: AddOutcome): void {
    this.#app.announcer.say(`${displayName(outcome.name)} was added`);
    this.#app.toasts.add({
      severity: 'success',
      title: 'Organization added',
      message: joined(outcome.message, outcome.hint),
    });
  }

  /** Shows an added organization: selected, in sight, and told. */
  showAdded(outcome: AddOutcome): void {
    const scope = this.#app.scope;
    if (!scope || outcome.accountId !== scope.accountId) return;
    scope.page = 'organizations';
    scope.panel.open(outcome.organizationId, false);
    scope.organizations.reveal(outcome.organizationId);
    this.#added(outcome);
  }

  /** Tells what became of setting a logo, which is not done here; its own dialog asks what is to be asked. */
  logoSet(outcome: EditOutcome): void {
    const scope = this.#app.scope;
    if (!scope || outcome.accountId !== scope.accountId) return;
    if (isDone(outcome)) this.#told(scope, outcome, outcome.organizationId);
    else this.#take(scope, outcome);
  }

  /** Takes how an import stands, and tells its end where its dialog is closed. */
  importChanged(status: ImportStatus): void {
    const { accountId } = status;
    const scope = this.#shown(accountId);
    scope?.imports.apply(status);
    const running = status.state === 'running';
    if (running) this.#importing.add(accountId);
    else if (this.#importing.delete(accountId) && !(scope && this.#app.dialog === 'import'))
      this.#app.news.tell(accountId, importWentWell(status), () => this.#importEnded(status));
  }

  #importEnded(status: ImportStatus): void {
    const { scope } = this.#app;
    const show = () => {
      if (scope === this.#app.scope) this.#app.dialog = 'import';
    };
    this.#app.toasts.add({
      severity: importWentWell(status) ? 'success' : 'warning',
      title: 'The import ended',
      message: `${plural(status.added, 'organization was', 'organizations were')} added.`,
      actions: [{ label: 'Show the result', run: show }],
    });
  }

  async #do(act: (scope: AccountScope) => Promise<void>): Promise<void> {
    const scope = this.#app.scope;
    if (scope) await act(scope);
  }

  /** The scope of an account where it is shown: another than before if it was left and shown again. */
  #shown(accountId: string): AccountScope | null {
    const { scope } = this.#app;
    return scope?.accountId === accountId ? scope : null;
  }

  #told({ accountId }: AccountScope, result: EditOutcome | Problem | null, orgId: string): void {
    if (result === null || (!('code' in result) && result.accountId !== accountId)) return;
    const shown = this.#shown(accountId);
    if (shown && !('code' in result)) this.#take(shown, result);
    this.#app.news.tell(accountId, !('code' in result) && isDone(result), () => {
      const scope = this.#shown(accountId);
      if (scope && 'code' in result) this.#refused(scope, result, orgId);
      else if (scope && !('code' in result)) this.#ended(scope, result);
    });
  }

  /** Beside its field a refusal is told already, as long as that can be seen. */
  #refused(scope: AccountScope, problem: Problem, orgId: string): void {
    if (orgId === '') this.#app.toasts.problem(problem);
    else if (!this.#seen(scope, orgId))
      this.#app.toasts.problem({ ...problem, message: this.#naming(scope, orgId, problem.message) });
  }

  #ended(scope: AccountScope, result: EditOutcome): void {
    if (result.state === 'conflict') return;
    const name = this.#name(scope, result.organizationId);
    const message = joined(result.message, result.hint);
    const seen = this.#seen(scope, result.organizationId);
    const drafted = scope.edits.draft(result.organizationId, result.field as EditField) !== undefined;
    // What failed is told beside its field; here only where that is out of sight.
    if (!isDone(result) && seen && drafted) return;
    this.#app.announcer.say(message);
    this.#app.toasts.add({
      severity: severityOf(result),
      title: `${name}: ${fieldLabel(result.field)}`,
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

function isDone({ state }: EditOutcome): boolean {
  return state === 'applied' || state === 'unchanged';
}

function importWentWell({ failed, uncertain, problem }: ImportStatus): boolean {
  return failed + uncertain === 0 && !problem;
}

/** A change is no plain success where other values of the organization changed with it. */
function severityOf(result: EditOutcome): 'success' | 'info' | 'warning' {
  if (!isDone(result) || result.others) return 'warning';
  return result.state === 'applied' ? 'success' : 'info';
}
