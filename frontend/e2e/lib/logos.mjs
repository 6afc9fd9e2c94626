// Setting logos in the window, and what the server serves.
import { Tasks } from './tasks.mjs';
import { escaped } from './console.mjs';
import { until } from './wait.mjs';

export class Logos extends Tasks {
  constructor(window, simulator) {
    super(window);
    this.simulator = simulator;
    this.change = this.panel.getByRole('button', { name: 'Change logo…' });
    this.batch = this.dialog('Set logos from a folder');
  }

  dialogOf(organization) {
    return this.page.getByRole('dialog', { name: new RegExp(`^Set logo of ${escaped(organization.name)}$`) });
  }

  /** Opens the dialog from the panel. */
  async begin(organization) {
    await this.open(organization);
    await this.change.click();
    const dialog = this.dialogOf(organization);
    await dialog.waitFor();
    return dialog;
  }

  /** Presses Tab until what has this name has the focus. */
  tabTo(name) {
    return until(`the focus on ${name}`, async () => {
      await this.page.keyboard.press('Tab');
      // A dialog that has just opened takes the focus a moment later: what has
      // it must still have it after two frames, or the next key goes elsewhere.
      return this.page.evaluate(async (wanted) => {
        const at = document.activeElement;
        const words = at?.getAttribute('aria-label') ?? at?.labels?.[0]?.textContent ?? at?.textContent ?? '';
        if (!words.trim().startsWith(wanted)) return false;
        for (let i = 0; i < 2; i++) await new Promise((frame) => requestAnimationFrame(frame));
        return document.activeElement === at;
      }, name);
    });
  }

  /** Gives the open dialog a picture. */
  give(dialog, name, buffer, mimeType = 'image/png') {
    return dialog.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer });
  }

  /** Waits until the picture that the recipe says is there, and gives its bytes. */
  async made(dialog) {
    const fresh = dialog.getByRole('img', { name: 'The new logo' });
    await fresh.waitFor();
    await dialog.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    return this.bytesAt(await fresh.getAttribute('src'));
  }

  set(dialog) {
    return dialog.getByRole('button', { name: /^(Set logo|Try again)$/ }).click();
  }

  /** What the window serves at a path of its own. */
  async bytesAt(path) {
    const text = await this.page.evaluate(async (at) => {
      const bytes = new Uint8Array(await (await fetch(at)).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }, path);
    return Buffer.from(text, 'base64');
  }

  async logoId(organization) {
    return (await this.simulator.organization(organization.id)).logoId;
  }

  /** The logo that the server serves; null for none. */
  async served(organization) {
    const id = await this.logoId(organization);
    if (id === '') return null;
    const answer = await fetch(`${this.simulator.url}/api/v2/logos/${id}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** The path of the logo in an organization's row; null where letters stand for it. */
  async inRow(organization) {
    const image = this.window.row(organization.name).first().locator('img').first();
    return (await image.count()) > 0 ? image.getAttribute('src') : null;
  }

  /** A picture as a drag brings it, in the page. */
  dragged(name, buffer) {
    return this.page.evaluateHandle(
      ([fileName, text]) => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], fileName, { type: 'image/png' }));
        return data;
      },
      [name, buffer.toString('base64')],
    );
  }

  /** Puts a picture on the clipboard. */
  copy(buffer) {
    return this.page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      await navigator.clipboard.write([
        new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) }),
      ]);
    }, buffer.toString('base64'));
  }
}
