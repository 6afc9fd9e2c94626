// A synchronisation over a server that does something wrong, and what was known
// before and after it.
import assert from 'node:assert/strict';

/** The calls that faults are put on. */
export const calls = {
  listing: { path: '/api/v2/providers/*/organizations' },
  /** The listing of the older API; one organization is read below the same path. */
  older: { path: '/api/organizations', query: 'limit=' },
  details: { path: '/api/organizations/*' },
  users: { path: '/api/systemusers' },
  devices: { path: '/api/systems' },
  applications: { path: '/api/applications' },
  logos: { path: '/api/v2/logos/*' },
};

/** How many organizations the provider has. */
export const ORGANIZATIONS = 130;

export class Faulty {
  constructor(world, window) {
    this.world = world;
    this.window = window;
  }

  /** Names, figures and logos by organization, as the program holds them. */
  async known() {
    const rows = await this.window.page.evaluate(async () => {
      const { currentAccountId } = await window.go.bind.Session.State();
      return (await window.go.bind.Organizations.List(currentAccountId)).rows;
    });
    const figure = ({ value, noAccess = false }) => ({ value, noAccess });
    return new Map(
      rows.map((row) => [
        row.id,
        {
          name: row.name,
          logo: row.logo,
          remoteAssist: row.remoteAssist,
          gone: row.goneAt > 0,
          users: figure(row.users),
          devices: figure(row.devices),
          applications: figure(row.applications),
        },
      ]),
    );
  }

  /**
   * Synchronises while faults are in force; the run must end in one of the
   * states, and nothing known before may be lost. Gives how it ended.
   */
  async run({ faults, states, words = /./ }) {
    const { world, window } = this;
    // A run that follows a broken one resumes it and may read little.
    if ((await window.status()).state !== 'done') await window.sync();
    const before = await this.known();
    assert.equal(before.size, ORGANIZATIONS);
    await world.simulator.faults(...faults);
    const status = await window.sync({ timeout: 150_000 });
    const unspent = await world.simulator.unspent();
    await world.simulator.faults();
    assert.deepEqual(unspent, [], 'the fault was never met');
    assert.ok(
      states.includes(status.state),
      `ended as ${status.state}, not ${states}: ${status.problem?.message}`,
    );
    assert.equal(status.gone, 0, 'organizations were marked as gone');
    assert.deepEqual(await this.known(), before, 'what was known is lost');
    assert.equal(await window.rowCount(), ORGANIZATIONS, 'rows were lost');
    if (status.state !== 'done') await this.#told(status, words);
    assert.ok(world.app.running, 'the app died');
    return status;
  }

  /** Starts the program anew, and gives its window once it has synchronised. */
  async restart() {
    await this.window.page.context().close();
    await this.world.restartApp();
    this.window = await this.world.window();
    await this.window.grid.waitFor();
    await this.world.app.trace('sync-done');
    await this.window.synced();
    return this.window;
  }

  async #told({ problem, failures }, words) {
    const told = problem ?? failures?.[0]?.problem;
    assert.ok(told?.message, 'no words for what happened');
    assert.match(told.message, words);
    assert.doesNotMatch(told.message, /unexpected|invalid character|EOF|json|%!/, "the cause's own words");
    // A key that is refused has a banner of its own, which says what to do.
    const page = this.window.page;
    if (problem?.code === 'unauthorized')
      await page.getByRole('button', { name: 'Enter the new key' }).waitFor();
    else if (problem) await page.getByText(problem.message).first().waitFor();
  }
}
