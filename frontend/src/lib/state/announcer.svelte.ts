/** Says in the status line, and to assistive tools, what just happened. */
export class Announcer {
  text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says something at once. */
  say(text: string): void {
    clearTimeout(this.#timer);
    this.text = text;
  }

  /** Says something unless something else is said within a moment, as while typing. */
  settle(text: string, wait = 300): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.text = text), wait);
  }
}
