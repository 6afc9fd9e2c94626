import type { Bridge, ImportPreview, ImportResult, ImportStatus, Problem } from '$lib/bridge/types';
import { problemFrom } from '$lib/errors/normalise';

/** Adding many organizations to one account from a file. It goes on while its dialog is closed. */
export class ImportState {
  readonly accountId: string;
  status = $state.raw<ImportStatus | null>(null);
  preview = $state.raw<ImportPreview | null>(null);
  result = $state.raw<ImportResult | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Whether an answer is awaited. */
  asking = $state(false);
  fileName = $state('');

  readonly running = $derived(this.status?.state === 'running');
  readonly #bridge: Bridge;
  #text = '';
  #request = 0;
  /** Whether a start was asked for that no event told of: a short import may end before one does. */
  #starting = false;

  constructor(accountId: string, bridge: Bridge) {
    this.accountId = accountId;
    this.#bridge = bridge;
  }

  /** Asks how the newest import stands, as when the dialog opens. */
  async load(): Promise<void> {
    try {
      const status = await this.#bridge.edits.importStatus(this.accountId);
      if (status.accountId !== this.accountId || this.#isOlder(status)) return;
      this.status = status;
      if (ended(status) && this.preview === null && this.result === null) await this.#readResult();
    } catch {
      // Without it a file can be chosen all the same; starting tells what is wrong.
    }
  }

  /** Takes a status of this account, unless a newer one is known. */
  apply(status: ImportStatus): void {
    if (status.accountId !== this.accountId || this.#isOlder(status)) return;
    const end = ended(status) && (this.running || this.#starting || this.status === null);
    this.#starting = false;
    this.status = status;
    if (end) void this.#readResult();
  }

  /** Reads the text of a file and says of each row what would become of it. */
  async look(fileName: string, text: string): Promise<void> {
    const request = ++this.#request;
    this.forget();
    this.fileName = fileName;
    await this.#ask(async () => {
      const preview = await this.#bridge.edits.previewImport(this.accountId, text);
      if (request !== this.#request || preview.accountId !== this.accountId) return;
      this.#text = text;
      this.preview = preview;
    });
  }

  start(): Promise<void> {
    return this.#ask(async () => {
      this.#starting = true;
      try {
        await this.#bridge.edits.startImport(this.accountId, this.#text);
      } catch (error) {
        this.#starting = false;
        throw error;
      }
      if (this.#starting) this.apply(await this.#bridge.edits.importStatus(this.accountId));
      this.preview = null;
    });
  }

  cancel(): Promise<void> {
    return this.#ask(() => this.#bridge.edits.cancelImport(this.accountId));
  }

  /** Puts away what was looked at, for another file. */
  forget(): void {
    this.preview = null;
    this.result = null;
    this.problem = null;
    this.fileName = '';
    this.#text = '';
  }

  /** Says why a file was not even read. */
  refuse(fileName: string, message: string): void {
    this.#request++;
    this.forget();
    this.fileName = fileName;
    this.problem = { code: 'invalid_input', message, hint: '', retryable: false, retryAfterMs: 0 };
  }

  #isOlder(status: ImportStatus): boolean {
    return this.status !== null && status.revision < this.status.revision;
  }

  async #readResult(): Promise<void> {
    await this.#ask(async () => {
      const result = await this.#bridge.edits.importResult(this.accountId);
      if (result.accountId !== this.accountId) return;
      this.result = result;
      this.preview = null;
    });
  }

  async #ask(act: () => Promise<void>): Promise<void> {
    this.asking = true;
    this.problem = null;
    try {
      await act();
    } catch (error) {
      this.problem = problemFrom(error);
    } finally {
      this.asking = false;
    }
  }
}

function ended(status: ImportStatus): boolean {
  return status.state === 'done' || status.state === 'canceled' || status.state === 'stopped';
}
