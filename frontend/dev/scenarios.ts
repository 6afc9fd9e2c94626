import { FakeProgram, fakeAccount, fakeStatus, rejection } from '../src/lib/bridge/fake';
import type { Row } from '../src/lib/bridge/types';
import { addLogos } from './logos';
import { addRoster } from './roster';
import { madeUpRows } from '../src/lib/table/search_bench';

const names = `Acme Dental Group|Barlow & Kline LLP|Cedar Hollow Schools|Dunmore Studio|Everglade Marine|Fairfax Freight|Glasshouse Labs|Harbor & North Realty|Ironquay Shipping|Juniper Pediatrics|Keystone Tooling|Lakemont Museum|Mesa Verde Clinics|Nimbus Bakery Co.|Orchard Lane Vets|Pinecrest Legal|Quarry Bay Hotels|Redwood Dental|Saltmarsh Brewing|Tideline Surf Co.|Umbra Lighting|Vantage Insurance|Willow & Finch|Xylo Instruments|Yarrow Hospice|Zephyr Couriers`;
const now = Math.floor(Date.now() / 1000);

function picture(letters: string, colour: string): string {
  const text = `<text x="60" y="27" font-family="sans-serif" font-weight="700" font-size="20" fill="${colour}" text-anchor="middle">${letters}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><circle cx="14" cy="20" r="9" fill="${colour}"/>${text}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function realistic(): Row[] {
  const colours = ['#24476b', '#7a3b2e', '#2f6b3a', '#5b3a7a', '#a3621b', '#0f5e73'];
  const rows = names.split('|').map((name, i): Row => {
    const base = madeUpRows(60)[i] as Row;
    return {
      ...base,
      name,
      remoteAssist: i % 11 === 5 ? 'unknown' : base.remoteAssist,
      logo:
        i % 3 === 1 ? '' : picture(name.split(' ')[0]?.toUpperCase().slice(0, 7) ?? '', colours[i % 6] ?? ''),
      users: { value: base.users.value, at: now - 130 },
      devices: i === 6 ? { at: 0 } : { value: base.devices.value, at: now - 130 },
      applications:
        i === 4 ? { noAccess: true, at: now - 130 } : { value: base.applications.value, at: now - 4000 },
      detailsAt: now - 130,
    };
  });
  rows[9] = { ...(rows[9] as Row), goneAt: now - 3 * 86400 };
  rows[11] = { ...(rows[11] as Row), pendingDelete: true };
  return rows;
}

function hostile(): Row[] {
  const odd = [
    '',
    `${'Very long name of an organization that never ends '.repeat(11)}`.slice(0, 500),
    'شركة الأسنان المتحدة',
    '<img src=x onerror=alert(1)><b>Bold</b>',
    '🦷🏥 Tooth & Care 👩🏽‍⚕️',
    'a\u202Egnp.exe',
    'Ünïcödé Œuvres Straße GmbH & Co. KG',
    'NoSpacesAtAllInThisNameWhichIsWhyItCannotBeBrokenAnywhereAndHasToBeCutOffAtTheEndOfItsColumn',
    'Site 9',
    'Site 10',
  ];
  return odd.map((name, i) => ({ ...(madeUpRows(30)[i] as Row), name, users: { value: 10 ** i, at: now } }));
}

/** A program in the state that a name stands for. */
export function programIn(state: string): FakeProgram {
  const program = new FakeProgram();
  const account = fakeAccount('a1', { lastSyncAt: now - 130 });
  const done = fakeStatus('a1', {
    state: 'done',
    organizations: 26,
    done: 26,
    changed: 4,
    startedAt: now - 150,
    lastCompleteAt: now - 130,
  });
  const problem = {
    code: 'offline',
    message: 'JumpCloud did not answer.',
    hint: '',
    retryable: true,
    retryAfterMs: 0,
  };
  program.become(account);
  program.rows.set('a1', realistic());
  program.statuses.set('a1', done);
  for (const row of program.rows.get('a1') ?? []) {
    program.extra.set(row.id, {
      maxSystemUsers: 250,
      contactName: 'Robin Vale',
      contactEmail: 'it@acmedental.example',
    });
  }
  switch (state) {
    case 'signin':
      program.become(null);
      program.info = { ...program.info, accounts: [] };
      program.onSignIn = () => {
        throw rejection(
          'unauthorized',
          'JumpCloud US refused this key. Nothing was kept.',
          'It may be of another region, replaced, or expired; or API access may be off for your account.',
        );
      };
      break;
    case 'nokeychain':
      program.become(null);
      program.info = {
        ...program.info,
        accounts: [account],
        keychain: { available: false, message: 'This computer has no keychain service running.' },
      };
      break;
    case 'failed':
      program.session.state = () =>
        Promise.reject(
          rejection(
            'cache_too_new',
            'A newer Orgdeck wrote this cache. Nothing was changed.',
            'Install the newest version.',
          ),
        );
      break;
    case 'demo':
      program.become(
        fakeAccount('a1', { demo: true, label: 'Brightwater IT (demo)', lastSyncAt: now - 130 }),
      );
      break;
    case 'empty':
      program.rows.set('a1', []);
      break;
    case 'firstsync':
      program.rows.set(
        'a1',
        realistic().map((row, i) =>
          i < 5
            ? row
            : {
                ...row,
                users: { at: 0 },
                devices: { at: 0 },
                applications: { at: 0 },
                logo: '',
                remoteAssist: 'unknown',
              },
        ),
      );
      program.become(fakeAccount('a1'));
      program.statuses.set('a1', {
        ...done,
        state: 'running',
        phase: 'figures',
        organizations: 248,
        done: 31,
        perSecond: 18,
        lastCompleteAt: 0,
      });
      break;
    case 'offline':
      program.become(fakeAccount('a1', { lastSyncAt: now - 7300 }));
      program.statuses.set('a1', {
        ...done,
        state: 'failed',
        online: false,
        problem,
        lastCompleteAt: now - 7300,
      });
      break;
    case 'refused':
      program.become(fakeAccount('a1', { keyState: 'refused', lastSyncAt: now - 7300 }));
      break;
    case 'partial':
      program.statuses.set('a1', {
        ...done,
        state: 'partial',
        done: 24,
        failed: 2,
        problem: {
          ...problem,
          code: 'server',
          message: 'JumpCloud answered with errors for some organizations.',
          hint: 'What was read is kept.',
        },
        failures: realistic()
          .slice(3, 5)
          .map((row) => ({
            organizationId: row.id,
            name: row.name,
            problem: { ...problem, code: 'server', message: 'JumpCloud failed (503).' },
          })),
      });
      break;
    case 'norights':
      program.rows.set('a1', []);
      program.statuses.set('a1', {
        ...done,
        state: 'failed',
        problem: {
          ...problem,
          code: 'forbidden',
          message: 'The role of this key (Help Desk) may not read organizations.',
          hint: '',
        },
      });
      break;
    case 'hostile':
      program.rows.set('a1', hostile());
      break;
    case 'many':
      program.rows.set('a1', madeUpRows(10_000));
      break;
  }
  addRoster(program, state);
  addLogos(program);
  return program;
}
