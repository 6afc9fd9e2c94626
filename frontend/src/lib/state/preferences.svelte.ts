const NAME = 'orgdeck.singleKeys';

/** Choices about this page alone, kept by the browser part of the window. */
export class Preferences {
  /** Whether a printable key alone may be a shortcut. */
  singleKeys = $state(true);

  constructor() {
    this.singleKeys = read() !== 'off';
  }

  setSingleKeys(on: boolean): void {
    this.singleKeys = on;
    try {
      localStorage.setItem(NAME, on ? 'on' : 'off');
    } catch {
      // Without storage it holds until the window closes.
    }
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}
