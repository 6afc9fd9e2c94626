import type { FakeProgram } from '../src/lib/bridge/fake';
import type { LogoMatch } from '../src/lib/bridge/types_logos';

/** Fills a made-up program with a folder of pictures, one of each kind of match. */
export function addLogos(program: FakeProgram): void {
  const rows = program.rows.get('a1') ?? [];
  const file = (fileName: string, match: string, at: number, more: Partial<LogoMatch> = {}): LogoMatch => {
    const row = rows[at];
    const organization = { organizationId: row?.id ?? '', organizationName: row?.name ?? '' };
    const facts = { bytes: 48_213, kind: 'PNG', width: 1600, height: 620 };
    return { fileName, match, ...organization, ...facts, ...more };
  };
  const nobody = { organizationId: '', organizationName: '' };
  const problem = {
    code: 'invalid_input',
    message: 'It is an SVG drawing, which JumpCloud does not take.',
    hint: '',
    retryable: false,
    retryAfterMs: 0,
  };
  program.pictures.files = [
    file('Acme Dental Group.png', 'name', 0),
    file(`${rows[1]?.id ?? ''}.png`, 'id', 1),
    file('cedar-hollow-schools.webp', 'name', 2, { kind: 'WebP', bytes: 2_411_000 }),
    file('dunmore logo new.jpg', 'alike', 3, { kind: 'JPEG', width: 400, height: 400 }),
    file('Acme dental group (old).png', 'alike', 0),
    file('Redwood.png', 'many', -1, nobody),
    file('IMG_2041.jpg', 'none', -1, {
      ...nobody,
      kind: 'JPEG',
      width: 4032,
      height: 3024,
      bytes: 5_120_000,
    }),
    file('everglade.svg', 'name', 4, { problem, kind: '', width: 0, height: 0 }),
    file('Fairfax Freight.png', 'name', 5, { width: 300, height: 120 }),
  ];
}
