// What to do for the pictures of changing and adding organizations.
const panel = (page) => page.getByRole('complementary', { name: 'Manage organization' });
const open = (page) => page.getByRole('row', { name: /^Acme/ }).click();
const program = (page, change) => page.evaluate(change);
const csv = [
  'name,maxSystemUsers',
  'Adler Optik,40',
  'Acme Dental Group,',
  'Bergmann & Söhne,',
  '=cmd|calc,5',
  'Cobalt Yards,250',
].join('\n');

async function chooseFile(page) {
  await page.keyboard.press('Control+n');
  await page.getByRole('button', { name: 'Add many from CSV…' }).click();
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'organizations.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
}

export const editShots = [
  { name: 'add', state: 'list', act: (page) => page.keyboard.press('Control+n') },
  {
    name: 'add-duplicate',
    state: 'list',
    act: async (page) => {
      await page.getByRole('button', { name: 'Add organization' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('acme dental group ');
      await page.getByRole('textbox', { name: 'User cap' }).fill('0');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'added',
    state: 'list',
    act: async (page) => {
      await page.getByRole('button', { name: 'Add organization' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Millstone Physio');
      await page.keyboard.press('Enter');
    },
  },
  { name: 'import', state: 'list', act: chooseFile },
  {
    name: 'import-running',
    state: 'list',
    act: async (page) => {
      await chooseFile(page);
      await page.getByRole('button', { name: 'Add 3 organizations' }).click();
    },
  },
  {
    name: 'renaming',
    state: 'list',
    act: async (page) => {
      await page.getByRole('row', { name: /^Acme/ }).focus();
      await page.keyboard.press('F2');
      await page.waitForTimeout(200);
      await page.keyboard.type('Acme Dental & Ortho');
    },
  },
  {
    name: 'renamed',
    state: 'list',
    act: async (page) => {
      await open(page);
      await panel(page).getByRole('textbox', { name: 'Organization name' }).fill('Acme Dental & Ortho');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'conflict',
    state: 'list',
    act: async (page) => {
      await open(page);
      await program(page, () => {
        const row = window.program.rows.get('a1').find((one) => one.name.startsWith('Acme'));
        window.program.editing.elsewhere.set(`${row.id}/name`, 'Acme Dental Partners');
      });
      await panel(page).getByRole('textbox', { name: 'Organization name' }).fill('Acme Dental & Ortho');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'not-applied',
    state: 'list',
    act: async (page) => {
      await open(page);
      await program(page, () => window.program.editing.ignored.add('remoteAssist'));
      await panel(page).getByRole('switch', { name: 'Remote Assist' }).click();
    },
  },
  {
    name: 'uncertain',
    state: 'list',
    act: async (page) => {
      await open(page);
      await program(page, () => window.program.editing.lost.add('userCap'));
      await panel(page).getByRole('textbox', { name: 'User cap' }).fill('300');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: 'remote-assist-unknown',
    state: 'list',
    act: (page) => page.getByRole('row', { name: /^Fairfax/ }).click(),
  },
  { name: 'offline-panel', state: 'offline', act: open },
  {
    name: 'switcher',
    state: 'list',
    act: async (page) => {
      await page.getByRole('row', { name: /^Lakemont/ }).click();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('la');
    },
  },
  {
    name: 'removal',
    state: 'list',
    act: async (page) => {
      await page.getByRole('row', { name: /^Lakemont/ }).click();
      await panel(page).getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Prepare a removal request…' }).click();
    },
  },
];
