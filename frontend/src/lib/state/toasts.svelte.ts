import type { Problem } from '$lib/bridge/types';
import { rowOf, type Severity } from '$lib/errors/catalog';

export interface ToastAction {
  label: string;
  run: () => void;
}

export interface Toast {
  id: number;
  severity: Severity | 'success';
  title: string;
  message: string;
  actions: ToastAction[];
}

/** How long a toast without an action stays, in milliseconds; one with an action stays until it is closed. */
const LIFETIME = 7000;
const MOST = 4;

/** The messages in the corner of the window, oldest first. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  #held = false;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  add(toast: Omit<Toast, 'id' | 'actions'> & { actions?: ToastAction[] }): number {
    const id = this.#next++;
    const shown: Toast = { actions: [], ...toast, id };
    const rest = this.list.filter((other) => other.title !== shown.title || other.message !== shown.message);
    this.list = [...rest, shown].slice(-MOST);
    if (shown.actions.length === 0 && shown.severity !== 'error') this.#schedule(id);
    return id;
  }

  /** Shows a problem, with the action that its row of the catalog names, if given. */
  problem(problem: Problem, actions: ToastAction[] = []): void {
    if (problem.code === 'canceled') return;
    const { title, severity } = rowOf(problem);
    const message = problem.hint ? `${problem.message} ${problem.hint}` : problem.message;
    this.add({ severity, title, message, actions });
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Puts all of them away. */
  clear(): void {
    for (const toast of this.list) this.dismiss(toast.id);
  }

  /** Keeps all of them while they are pointed at or hold the focus. */
  hold(held: boolean): void {
    this.#held = held;
  }

  #schedule(id: number): void {
    const timer = setTimeout(() => (this.#held ? this.#schedule(id) : this.dismiss(id)), LIFETIME);
    this.#timers.set(id, timer);
  }
}
