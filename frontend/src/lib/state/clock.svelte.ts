/** The present in Unix seconds, for ages; it moves on every twenty seconds. */
export class Clock {
  now = $state(0);
  readonly #read: () => number;

  constructor(read: () => number = Date.now) {
    this.#read = read;
    this.tick();
  }

  tick(): void {
    this.now = Math.floor(this.#read() / 1000);
  }

  /** Lets it run; the result stops it. */
  start(): () => void {
    const timer = setInterval(() => this.tick(), 20_000);
    return () => clearInterval(timer);
  }
}
