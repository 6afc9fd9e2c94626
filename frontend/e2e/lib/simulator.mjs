// mtpsim, the JumpCloud API of the tests, and its control plane.
import { programs } from './paths.mjs';
import { Child } from './process.mjs';

export class Simulator {
  #options;
  #child;
  // What broke the contract in processes of this simulator that have ended.
  #earlier = [];
  /** Every key that this simulator accepted, of what took its place too. */
  keys = new Set();

  constructor(options) {
    this.#options = options;
  }

  /** Starts one: { orgs, seed, company, latency, rate, port, contract, drift }. */
  static async start({
    orgs = 120,
    seed = 7,
    company = '',
    latency = '0ms',
    rate = 0,
    port,
    contract = true,
    drift = true,
  } = {}) {
    const simulator = new Simulator({
      orgs,
      seed,
      company,
      latency,
      rate,
      // Without a port it takes a free one, which nobody else can have taken meanwhile.
      port: port ?? 0,
      contract,
      drift,
    });
    await simulator.resume();
    return simulator;
  }

  /** Starts it, or starts it again where it was. */
  async resume() {
    const { orgs, seed, company, latency, rate, port, contract, drift } = this.#options;
    const args = [
      '--addr',
      `127.0.0.1:${port}`,
      '--orgs',
      orgs,
      '--seed',
      seed,
      '--latency',
      latency,
      '--rate',
      rate,
    ];
    if (company) args.push('--company', company);
    if (!drift) args.push('--no-drift');
    if (contract) args.push('--contract');
    this.#child = new Child(programs.simulator, args.map(String));
    const { url, apiKey, providerId } = await this.#child.json('stdout', "the simulator's address");
    this.#options.port = Number(new URL(url).port);
    Object.assign(this, { url, apiKey, providerId });
    this.keys.add(apiKey);
  }

  /**
   * Puts another provider's server in its place while act runs with its key. What was changed in
   * this one is gone after that, its key included.
   */
  async whileAnother(company, act) {
    const { port } = this.#options;
    await this.stop();
    const other = await Simulator.start({ orgs: 20, seed: 99, company, port });
    try {
      await act(other.apiKey);
    } finally {
      await other.stop();
      this.#earlier.push(...other.#earlier);
      for (const key of other.keys) this.keys.add(key);
      await this.resume();
    }
  }

  cpuSeconds() {
    return this.#child.cpuSeconds();
  }

  /** Ends it; what broke the contract until then is kept for breaches. */
  async stop() {
    try {
      if (this.#child.running) this.#earlier = await this.breaches();
    } finally {
      await this.#child.stop();
    }
  }

  /** Everything that broke the contract so far, in this process and those before it. */
  async breaches() {
    if (!this.#child.running) return this.#earlier;
    const { violations, violationMessages = [] } = await this.stats();
    const untold = violations - violationMessages.length;
    return [...this.#earlier, ...violationMessages, ...(untold > 0 ? [`and ${untold} more`] : [])];
  }

  async #control(method, path, body) {
    const answer = await fetch(`${this.url}/__sim/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /__sim/${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  stats() {
    return this.#control('GET', 'stats');
  }

  /** Replaces the faults in force by these. */
  async faults(...faults) {
    await this.#control('DELETE', 'faults');
    if (faults.length > 0) await this.#control('POST', 'faults', faults);
  }

  /** The faults in force that have broken nothing, or not as often as they were to. */
  async unspent() {
    return ((await this.#control('GET', 'faults')) ?? []).filter((fault) => fault.times > 0);
  }

  addOrganization(fields) {
    return this.#control('POST', 'orgs', fields);
  }

  changeOrganization(id, fields) {
    return this.#control('PATCH', `orgs/${id}`, fields);
  }

  deleteOrganization(id) {
    return this.#control('DELETE', `orgs/${id}`);
  }

  /** What the server holds of an organization, to look at from outside the API. */
  organization(id) {
    return this.#control('GET', `orgs/${id}`);
  }

  /** The organizations that are called exactly so. */
  async named(name) {
    return (await this.#control('GET', `orgs?name=${encodeURIComponent(name)}`)) ?? [];
  }

  /** What was written through the API so far, oldest first. */
  async history() {
    return (await this.#control('GET', 'history')) ?? [];
  }

  /** How writes of some fields go from now on: apply, ignore or refuse. */
  behaviour(fields) {
    return this.#control('POST', 'behaviour', fields);
  }

  administrators() {
    return this.#control('GET', 'administrators');
  }

  addAdministrator(fields) {
    return this.#control('POST', 'administrators', fields);
  }

  link(administrator, organization, linked = true) {
    return this.#control('POST', 'links', { administrator, organization, linked });
  }

  /** A new key; the old one is refused from now on. */
  async replaceKey() {
    const answer = await this.#control('POST', 'key', {});
    this.apiKey = answer?.apiKey ?? this.apiKey;
    this.keys.add(this.apiKey);
    return this.apiKey;
  }

  role(name) {
    return this.#control('POST', 'role', { role: name });
  }

  /** One page of the API itself, as the tests' own witness of what is true. */
  async organizations(limit = 100, skip = 0) {
    const url = `${this.url}/api/v2/providers/${this.providerId}/organizations?limit=${limit}&skip=${skip}&sort=id`;
    const answer = await fetch(url, { headers: { 'x-api-key': this.apiKey } });
    return answer.json();
  }
}
