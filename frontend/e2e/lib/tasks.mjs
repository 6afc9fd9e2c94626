// What a technician does in the window, by role and name, beside looking.
import { escaped } from './console.mjs';

export class Tasks {
  constructor(window) {
    this.window = window;
    this.page = window.page;
    this.panel = window.panel;
    this.notifications = this.page.getByRole('region', { name: 'Notifications' });
    this.remoteAssist = this.panel.getByRole('switch', { name: /^Remote Assist/ });
  }

  /** The dialog of a name, or of a name that begins so. */
  dialog(name) {
    return this.page.getByRole('dialog', {
      name: name instanceof RegExp ? name : new RegExp(`^${escaped(name)}`),
    });
  }

  /** A field of the panel's Details tab. */
  field(label) {
    return this.panel.getByRole('textbox', { name: label });
  }

  /** Types into a field of the panel and presses its Save. */
  async save(label, value) {
    await this.field(label).fill(value);
    await this.saveButton(label).click();
  }

  saveButton(label) {
    return this.panel.getByRole('button', { name: new RegExp(`^Save ${escaped(label.toLowerCase())}`) });
  }

  /** A message in the corner that holds these words. */
  toast(words) {
    return this.notifications.locator('.toast').filter({ hasText: words }).last();
  }

  /** Closes every message, so that the next one cannot be taken for an old one. */
  async clearToasts() {
    const close = this.notifications.getByRole('button', { name: /^Dismiss/ });
    while ((await close.count()) > 0)
      await close
        .first()
        .click({ timeout: 2_000 })
        .catch(() => {});
  }

  /** Shows one organization alone in the list and opens its panel. */
  async open(organization, tab = 'Details') {
    await this.goTo('Organizations');
    await this.window.search.fill(organization.id);
    await this.window.openPanel(organization.name);
    await this.tab(tab);
  }

  async tab(name) {
    await this.panel.getByRole('tab', { name }).click();
    return this.panel.getByRole('tabpanel', { name });
  }

  /** Goes to one of the window's pages. */
  async goTo(name) {
    await this.page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('button', { name, exact: true })
      .click();
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  async logOut({ erase = false } = {}) {
    await this.page.getByRole('button', { name: 'Log out' }).click();
    const dialog = this.dialog('Log out of');
    if (erase) await dialog.getByRole('checkbox', { name: /erase/i }).check();
    await dialog.getByRole('button', { name: /^Log out/ }).click();
    await this.window.keyField.waitFor();
  }
}
