// Role by role: what is allowed works, what is not is explained with who can
// grant it, and nothing is hidden.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { Tasks } from '../lib/tasks.mjs';
import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

let world, window, tasks, sample, invoiceCount;
before(async () => {
  world = await World.start({ orgs: 30 });
  const { results } = await world.simulator.organizations();
  sample = results.find((o) => /^[A-Za-z]{4,} [A-Za-z]{3,}$/.test(o.name ?? ''));
  await world.simulator.changeOrganization(sample.id, { remoteAssist: true });
});
after(() => world?.stop());
beforeEach(async () => {
  await window?.page.context().close();
  window = undefined;
});

// Signs in as a role on an account of its own: nothing of the role before is left.
async function signIn(role) {
  await world.simulator.role(role);
  window = await world.window();
  tasks = new Tasks(window);
  await until(
    'the window to know where it is',
    async () =>
      (await window.keyField.isVisible()) ||
      (await window.page.getByRole('button', { name: 'Log out' }).isVisible()),
  );
  if (!(await window.keyField.isVisible())) await tasks.logOut({ erase: true });
  await window.signIn(world.simulator.apiKey);
}

const held = () => world.simulator.organization(sample.id);
const add = () => window.page.getByRole('button', { name: 'Add organization' });

// Why a control is off, as a screen reader and the mouse are told it.
async function reasonOf(control) {
  await control.waitFor();
  assert.equal(await control.getAttribute('aria-disabled'), 'true', 'it is not off');
  return control.getAttribute('title');
}

async function isOn(control) {
  await control.waitFor();
  assert.equal(await control.getAttribute('aria-disabled'), null, await control.getAttribute('title'));
}

async function invoices() {
  await tasks.goTo('Usage & Billing');
  await window.page.getByRole('radio', { name: 'Invoices' }).check({ force: true });
}

const roles = [
  {
    role: 'Administrator With Billing',
    add: true,
    name: true,
    assist: true,
    cap: true,
    people: true,
    invoices: true,
  },
  { role: 'Administrator', name: true, assist: true },
  { role: 'Manager', assist: true, asked: true },
  { role: 'Command Runner With Billing', asked: true, invoices: true },
  { role: 'Command Runner', asked: true },
  { role: 'Help Desk', asked: true },
  { role: 'Read Only' },
];

for (const can of roles) {
  test(`${can.role}: ${can.add ? 'everything works' : 'what is allowed works, the rest is explained'}`, async () => {
    await signIn(can.role);
    await window.grid.waitFor();
    await window.synced();
    if (can.add) await isOn(add());
    else
      assert.match(
        await reasonOf(add()),
        new RegExp(`Administrator With Billing .* Your role is ${can.role}`),
      );
    await tasks.open(sample);

    if (can.name) {
      await tasks.save('Contact name', `Set by ${can.role}`);
      await until(
        'the contact at the server',
        async () => (await held()).contactName === `Set by ${can.role}`,
      );
    } else if (can.asked) {
      // Nothing published forbids it, so JumpCloud is asked, and its answer explained.
      await tasks.save('Contact name', 'Not allowed');
      const alert = window.panel
        .getByRole('alert')
        .filter({ hasText: /Administrator With Billing can change your role/ });
      await alert.waitFor();
      assert.notEqual((await held()).contactName, 'Not allowed');
      await window.panel.getByRole('button', { name: 'Cancel editing contact name' }).click();
    } else {
      assert.match(
        await reasonOf(tasks.field('Contact name')),
        /may not change organizations.*can change your role/,
      );
    }

    if (can.assist) {
      const before = (await held()).remoteAssist;
      await tasks.remoteAssist.click();
      await until('Remote Assist at the server', async () => (await held()).remoteAssist === !before);
    } else if (!can.asked) {
      assert.match(await reasonOf(tasks.remoteAssist), /may not change organizations/);
    }

    if (can.cap) {
      await tasks.save('User cap', '777');
      await until('the cap at the server', async () => (await held()).maxSystemUsers === 777);
    } else {
      assert.match(await reasonOf(tasks.field('User cap')), /Administrator With Billing/);
    }

    await tasks.tab('Administrators');
    const give = window.panel.getByRole('button', { name: /^Give access/ });
    await window.panel
      .getByRole('button', { name: /^Take access to/ })
      .first()
      .waitFor();
    if (can.people) await isOn(give);
    else assert.match(await reasonOf(give), new RegExp(`Only an Administrator With Billing .* ${can.role}`));

    await invoices();
    if (can.invoices) {
      const table = window.page.getByRole('table', { name: 'Invoices' });
      await table
        .getByRole('button', { name: /^Save PDF/ })
        .first()
        .waitFor();
      invoiceCount = Number(await table.getAttribute('aria-rowcount'));
    } else {
      await window.page
        .getByText(/No access to invoices|Invoices cannot be read with this key/)
        .first()
        .waitFor();
      await window.page
        .getByText(/Administrator With Billing/)
        .first()
        .waitFor();
    }
    await tasks.goTo('Administrators');
    const create = window.page.getByRole('button', { name: 'Create administrator' });
    if (can.people)
      await until('creating to be on', async () => (await create.getAttribute('aria-disabled')) === null);
    else
      await until('creating to be off', async () =>
        /Only an Administrator With Billing/.test(await create.getAttribute('title')),
      );
  });
}

test('Billing Only: the invoices can be read, the rest is explained', async () => {
  await signIn('Billing Only');
  const explained = window.page.getByText(/Administrator With Billing/).first();
  await explained.waitFor({ timeout: 30_000 });
  if (await window.keyField.isVisible())
    assert.fail(`it cannot sign in: ${await window.page.getByRole('alert').first().innerText()}`);
  assert.match(await reasonOf(add()), /Your role is Billing Only/);
  await invoices();
  const table = window.page.getByRole('table', { name: 'Invoices' });
  await table
    .getByRole('button', { name: /^Save PDF/ })
    .first()
    .waitFor();
  assert.equal(Number(await table.getAttribute('aria-rowcount')), invoiceCount);
});

test('a provider that may not create organizations is told who can change that', async () => {
  await world.simulator.behaviour({ disallowOrgCreation: true });
  await signIn('Administrator With Billing');
  await window.grid.waitFor();
  await window.synced();
  assert.match(await reasonOf(add()), /JumpCloud Support can change that/);
  await world.simulator.behaviour({ disallowOrgCreation: false });
});

test('nothing went wrong on the way', () => world.assertClean());
