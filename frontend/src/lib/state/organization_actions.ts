import type { Problem } from '$lib/bridge/types';
import { displayName } from '$lib/format/organization';
import type { AppState } from './app.svelte';

/** What a person does to an organization, from wherever: each tells what came of it. */
export class OrganizationActions {
  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  async launch(orgId: string): Promise<void> {
    const scope = this.#app.scope;
    if (!scope) return;
    const result = await scope.launch(orgId);
    if (scope !== this.#app.scope) return;
    if ('code' in result) {
      const settings = { label: 'Settings', run: () => void (this.#app.dialog = 'settings') };
      this.#app.toasts.problem(result, result.code === 'launch_failed' ? [settings] : []);
      return;
    }
    const name = displayName(result.organizationName);
    this.#app.announcer.say(`Opened ${name} in the browser`);
    if (!this.#app.settings.current.launchHintDismissed) this.#hint(name, result.nameCopied);
  }

  async copyId(orgId: string): Promise<void> {
    const scope = this.#app.scope;
    const problem = await scope?.copyId(orgId);
    if (problem === undefined || scope !== this.#app.scope) return;
    this.#told(problem, 'Organization ID copied', orgId);
  }

  async copyName(name: string): Promise<void> {
    const scope = this.#app.scope;
    const copied = await this.#app.bridge.shell.copyText(name).catch(() => false);
    if (scope !== this.#app.scope) return;
    if (copied) this.#told(null, 'Name copied', name);
    else
      this.#app.toasts.add({
        severity: 'warning',
        title: 'Not copied',
        message: 'The clipboard did not take it.',
      });
  }

  async sync(): Promise<void> {
    const scope = this.#app.scope;
    if (!scope || scope.sync.running) return;
    const problem = await scope.sync.start();
    if (scope !== this.#app.scope) return;
    if (problem === null) this.#app.announcer.say('Sync started');
    else if (problem.code === 'unauthorized' || problem.code === 'signed_out') this.#app.dialog = 'new-key';
    else this.#app.toasts.problem(problem);
  }

  async cancelSync(): Promise<void> {
    const scope = this.#app.scope;
    const problem = await scope?.sync.cancel();
    if (scope !== this.#app.scope) return;
    if (problem) this.#app.toasts.problem(problem);
    else this.#app.announcer.say('Sync cancelled; what was read is kept');
  }

  #told(problem: Problem | null, title: string, message: string): void {
    if (problem) {
      this.#app.toasts.problem(problem);
      return;
    }
    this.#app.announcer.say(title);
    this.#app.toasts.add({ severity: 'success', title, message });
  }

  #hint(name: string, copied: boolean): void {
    const clipboard = copied ? ' The name is on your clipboard.' : '';
    this.#app.toasts.add({
      severity: 'info',
      title: `${name} opens in your browser`,
      message: `If the console shows another organization, pick ${name} in its organization switcher.${clipboard}`,
      actions: [
        {
          label: 'Don’t show again',
          run: () => void this.#app.settings.change({ launchHintDismissed: true }),
        },
      ],
    });
  }
}
