import { until } from './wait.mjs';

// The window as a person (or an assistive tool) finds it: by role and name.
export class Console {
  constructor(page) {
    this.page = page;
    this.grid = page.getByRole('grid', { name: 'Organizations' });
    this.search = page.getByRole('searchbox', { name: 'Search organizations' });
    this.panel = page.getByRole('complementary', { name: 'Manage organization' });
    this.syncButton = page.getByRole('button', { name: /^(Sync|Cancel sync)/ });
    this.statusBar = page.getByRole('contentinfo');
    this.keyField = page.getByRole('textbox', { name: 'API key' });
  }

  /** The row whose name begins with an organization's name. */
  row(name) {
    return this.grid.getByRole('row', { name: new RegExp(`^${escaped(name)}`) });
  }

  header(name) {
    return this.grid.getByRole('columnheader', { name: new RegExp(`^${escaped(name)}`) });
  }

  /** How many organizations the grid holds, drawn or not (its header is a row too). */
  async rowCount() {
    return Number(await this.grid.getAttribute('aria-rowcount', { timeout: 2_000 })) - 1;
  }

  /** The texts of a column's cells that are drawn, from top to bottom. */
  async column(place) {
    return this.grid.getByRole('row').evaluateAll((rows, index) => {
      const order = (row) => Number(row.getAttribute('aria-rowindex'));
      return rows
        .filter((row) => order(row) > 1)
        .sort((a, b) => order(a) - order(b))
        .map(
          (row) => row.querySelector(`[role="gridcell"][aria-colindex="${index}"]`)?.innerText.trim() ?? '',
        );
    }, place);
  }

  /** The names of the rows that are drawn, from top to bottom. */
  async names() {
    return (await this.column(2)).map((text) => text.split('\n')[0].trim());
  }

  /** The numbers of users of the rows that are drawn, as they are written. */
  users() {
    return this.column(4);
  }

  async signIn(key, region) {
    if (region) await this.choose('Region', region);
    await this.keyField.fill(key);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Picks an option of a combobox, native or not. */
  async choose(name, option) {
    const box = this.page.getByRole('combobox', { name });
    if ((await box.evaluate((element) => element.tagName)) === 'SELECT') {
      await box.selectOption({ label: option });
      return;
    }
    await box.click();
    await this.page.getByRole('option', { name: option }).click();
  }

  // Notes when synchronisations run and end, from the app's own events.
  async watchRuns() {
    await this.page.waitForFunction(() => window.runtime?.EventsOn && window.go?.bind);
    await this.page.evaluate(() => {
      // Events may arrive in another order than they were sent in: the revision tells.
      window.e2e = { running: 0, ended: 0 };
      window.runtime.EventsOn('sync', ({ state, revision }) => {
        const kind = state === 'running' ? 'running' : 'ended';
        window.e2e[kind] = Math.max(window.e2e[kind], revision);
      });
    });
  }

  /** How the current account's newest synchronisation stands. */
  status() {
    return this.page.evaluate(async () => {
      const { currentAccountId } = await window.go.bind.Session.State();
      return currentAccountId ? window.go.bind.Sync.Status(currentAccountId) : null;
    });
  }

  /** Waits until a synchronisation has ended and the window says so; gives its status. */
  async synced({ timeout = 90_000 } = {}) {
    const status = await until(
      'a finished synchronisation',
      async () => {
        const now = await this.status();
        return now && !['never', 'running', 'interrupted'].includes(now.state) && now;
      },
      { timeout },
    );
    await this.page.getByRole('button', { name: 'Sync', exact: true }).waitFor();
    return status;
  }

  /** Stops the synchronisation that runs, if one does. */
  async idle() {
    await this.page.evaluate(async () => {
      const { currentAccountId } = await window.go.bind.Session.State();
      await window.go.bind.Sync.Cancel(currentAccountId).catch(() => {});
    });
    await this.synced();
  }

  /**
   * Presses Sync and waits until a synchronisation that began after that has
   * ended; gives its status.
   */
  async sync({ timeout = 90_000 } = {}) {
    const button = this.page.getByRole('button', { name: 'Sync', exact: true });
    await button.waitFor({ timeout });
    // Of a short run the page is told its end alone: events are ten a second at most.
    const before = await this.page.evaluate(() => Math.max(window.e2e.running, window.e2e.ended));
    await button.click();
    await until(
      'the synchronisation to end',
      () => this.page.evaluate((n) => window.e2e.ended > Math.max(n, window.e2e.running), before),
      { timeout },
    );
    return this.status();
  }

  async openPanel(name) {
    await this.row(name).getByText(name, { exact: false }).first().click();
    await this.panel.getByRole('heading', { name }).waitFor();
  }
}

export function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
