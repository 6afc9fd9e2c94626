import type { FakeServer } from './fake_edits';
import { rejection } from './rejection';
import type { EditOutcome, Row } from './types';
import type {
  LogoBatch,
  LogoMatch,
  LogoPair,
  LogoRecipe,
  LogosBridge,
  ReadyLogo,
  TakenLogo,
} from './types_logos';

/** What the fake program lets its logos reach. */
export interface FakeLogoServer extends Pick<FakeServer, 'row' | 'keep' | 'log' | 'revision'> {
  tell(batch: LogoBatch): void;
}

const suggested: LogoRecipe = {
  shape: '1200x400',
  background: 'transparent',
  crop: true,
  tolerance: 12,
  padding: 8,
};

export function fakeBatch(accountId: string, more: Partial<LogoBatch> = {}): LogoBatch {
  return {
    accountId,
    revision: 0,
    state: 'never',
    total: 0,
    done: 0,
    set: 0,
    current: '',
    rows: [],
    ...more,
  };
}

/** A picture that shows what a recipe says. */
function drawn({ shape, background, padding }: LogoRecipe, width: number, height: number): string {
  const paper = background === 'white' ? `<rect width="${width}" height="${height}" fill="#fff"/>` : '';
  const room = 1 - (2 * padding) / 100;
  const mark = `<g transform="translate(${width / 2} ${height / 2}) scale(${room})"><circle cx="-300" r="170" fill="#24476b"/><text x="-90" y="60" font-family="sans-serif" font-weight="700" font-size="180" fill="#24476b">${shape === 'keep' ? 'own' : 'ACME'}</text></g>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${paper}${mark}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** Logos in memory, with the ways in which a server may behave. */
export class FakeLogos {
  /** What someone else set meanwhile, by organization: a path. */
  readonly elsewhere = new Map<string, string>();
  /** "ignored" or "lost", for the writes of every organization. */
  behaviour: '' | 'ignored' | 'lost' = '';
  /** What pictures are refused with. */
  refusal: Error | null = null;
  warnings: string[] = [];
  files: LogoMatch[] = [];
  result: LogoBatch | null = null;
  told = false;
  /** What is kept of what was taken, by its id. */
  readonly kept = new Set<string>();
  readonly #server: FakeLogoServer;
  readonly #ready = new Map<string, string>();
  #next = 1;

  constructor(server: FakeLogoServer) {
    this.#server = server;
  }

  readonly calls: LogosBridge['logos'] = {
    dropsAreTold: () => this.told,
    take: async (accountId, orgId, file) => this.#take(accountId, orgId, file.name, file.size),
    takeDropped: async (accountId, orgId, dropId) => this.#take(accountId, orgId, `${dropId}.png`, 48_000),
    prepare: async (accountId, orgId, takenId, recipe) => this.#prepare(accountId, orgId, takenId, recipe),
    set: async (accountId, orgId, readyId, expected, overwrite) =>
      this.#write(accountId, orgId, expected, this.#ready.get(readyId) ?? '', overwrite),
    remove: async (accountId, orgId, expected, overwrite) =>
      this.#write(accountId, orgId, expected, '', overwrite),
    save: async (accountId, orgId) => {
      this.#server.log.push(`save logo ${orgId}`);
      return { accountId, path: '/home/sam/Acme Dental Group logo.png', rows: 0 };
    },
    plan: async (accountId, dropId) => {
      this.#server.log.push(`plan ${dropId || 'chosen'}`);
      return { id: 'p1', accountId, folder: 'Logos', rows: this.files, skipped: 3 };
    },
    stopPlan: async () => void this.#server.log.push('stop plan'),
    look: async (accountId, _, fileName) => this.#take(accountId, '', fileName, 48_000),
    prepareLook: async (accountId, takenId, recipe) => this.#prepare(accountId, '', takenId, recipe),
    forget: async (_, takenId) => void this.kept.delete(takenId),
    startBatch: async (accountId, _, pairs) => this.#start(accountId, pairs),
    cancelBatch: async (accountId) => {
      this.#server.log.push('cancel logos');
      this.result = { ...(this.result ?? fakeBatch(accountId)), state: 'canceled' };
      this.#server.tell({ ...this.result, rows: [] });
    },
    batch: async (accountId) => ({
      ...(this.result ?? fakeBatch(accountId)),
      revision: this.#server.revision(),
    }),
    saveBatch: async (accountId) => ({ accountId, path: '/home/sam/logos.csv', rows: 2 }),
  };

  #take(accountId: string, organizationId: string, fileName: string, bytes: number): TakenLogo {
    if (this.refusal) throw this.refusal;
    const id = `t${this.#next++}`;
    this.kept.add(id);
    const path = drawn({ ...suggested, padding: 0 }, 1600, 900);
    const read = { kind: 'PNG', bytes, width: 1600, height: 900, notes: [], suggested };
    return { id, accountId, organizationId, fileName, path, ...read };
  }

  #prepare(accountId: string, organizationId: string, takenId: string, recipe: LogoRecipe): ReadyLogo {
    const [width = 900, height = 600] = recipe.shape === 'keep' ? [] : recipe.shape.split('x').map(Number);
    const id = `${takenId}-r${this.#next++}`;
    const path = drawn(recipe, width, height);
    this.#ready.set(id, path);
    const steps = [
      { code: 'crop', text: 'Cut off the empty space around the picture.' },
      { code: 'scale', text: `Made smaller to fit ${width} × ${height} pixels.` },
    ];
    const met = { met: true };
    return {
      id,
      accountId,
      organizationId,
      path,
      mediaType: 'image/png',
      bytes: 41_200 + width,
      width,
      height,
      untouched: false,
      enlarged: 1,
      steps: recipe.crop ? steps : steps.slice(1),
      rules: [
        { code: 'type', ...met, text: 'PNG or JPEG' },
        { code: 'bytes', ...met, text: 'At most 780,000 bytes' },
        { code: 'pixels', ...met, text: 'At least 400 × 400 pixels' },
        { code: 'background', met: this.warnings.length === 0, text: 'Transparent or white background' },
      ],
      warnings: this.warnings,
    };
  }

  #write(
    accountId: string,
    orgId: string,
    expected: string,
    wanted: string,
    overwrite: boolean,
  ): EditOutcome {
    const row = this.#server.row(accountId, orgId);
    if (!row) throw rejection('not_found');
    this.#server.log.push(`logo ${wanted === '' ? 'removed' : 'set'}${overwrite ? ' overwriting' : ''}`);
    const held = this.elsewhere.get(orgId) ?? row.logo;
    const answer = (state: string, serverValue: string, message: string) =>
      this.#outcome(row, accountId, { state, serverValue, message, before: held, wanted });
    if (held !== expected && held !== wanted)
      return answer('conflict', held, 'Someone else changed the logo meanwhile. Nothing was sent.');
    if (this.behaviour === 'lost')
      return answer('uncertain', held, 'The answer was lost. The logo may have been changed.');
    if (this.behaviour === 'ignored')
      return answer('not_applied', held, 'JumpCloud accepted the request but the logo did not change.');
    this.elsewhere.delete(orgId);
    this.#server.keep(accountId, { ...row, logo: wanted }, {});
    const done = wanted === '' ? 'The logo was removed.' : 'JumpCloud holds the new logo.';
    return answer(held === wanted ? 'unchanged' : 'applied', wanted, done);
  }

  #outcome(
    row: Row,
    accountId: string,
    part: Pick<EditOutcome, 'state' | 'serverValue' | 'message' | 'before' | 'wanted'>,
  ): EditOutcome {
    const { state } = part;
    return {
      accountId,
      organizationId: row.id,
      field: 'logo',
      serverKnown: state !== 'uncertain',
      at: 1_790_000_000,
      activityId: this.#next++,
      canUndo: state === 'applied',
      others: false,
      openConsole: state === 'not_applied',
      hint: state === 'not_applied' ? 'Set it in the organization’s console instead.' : '',
      ...part,
    };
  }

  #start(accountId: string, pairs: readonly LogoPair[]): void {
    this.#server.log.push(`logos of ${pairs.length}`);
    const rows = pairs.map((pair, i) => ({
      ...pair,
      organizationName: this.#server.row(accountId, pair.organizationId)?.name ?? '',
      result: i === 2 ? 'not_applied' : i === 0 ? 'ok' : 'not_tried',
      message: i === 2 ? 'JumpCloud accepted the request but the logo did not change.' : '',
      hint: i === 2 ? 'Set it in the organization’s console instead.' : '',
      warnings: i === 0 ? this.warnings : [],
    }));
    const current = rows[1]?.organizationName ?? '';
    this.result = fakeBatch(accountId, {
      state: 'running',
      total: rows.length,
      done: 1,
      set: 1,
      current,
      rows,
    });
    this.#server.tell({ ...this.result, rows: [] });
  }
}
