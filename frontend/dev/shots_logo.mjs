// What to do for the pictures of setting logos: part of shots.mjs.
const panel = (page) => page.getByRole('complementary', { name: 'Manage organization' });
const dialog = (page) => page.getByRole('dialog');
const open = (page) => page.getByRole('row', { name: /^Acme/ }).click();
const program = (page, change) => page.evaluate(change);
const press = (page, name) => dialog(page).getByRole('button', { name }).click();

async function start(page) {
  await open(page);
  await panel(page).getByRole('button', { name: 'Change logo…' }).click();
}
async function choose(page) {
  await start(page);
  await dialog(page)
    .locator('input[type="file"]')
    .setInputFiles({
      name: 'acme dental logo (final).png',
      mimeType: 'image/png',
      buffer: Buffer.alloc(48_213),
    });
  await dialog(page).getByText('Console header').waitFor();
}
const setAs = (behaviour) => async (page) => {
  await choose(page);
  await program(page, `window.program.pictures.behaviour = '${behaviour}'`);
  await press(page, 'Set logo');
};
async function conflict(page) {
  await choose(page);
  await program(page, () => {
    const row = window.program.rows.get('a1').find((one) => one.name.startsWith('Acme'));
    const other = window.program.rows.get('a1').find((one) => one.name.startsWith('Cedar'));
    window.program.pictures.elsewhere.set(row.id, other.logo);
  });
  await press(page, 'Set logo');
}
async function batch(page) {
  await page.getByRole('button', { name: 'Set logos…' }).click();
  await press(page, 'Choose a folder…');
  await dialog(page).getByText('By its ID').waitFor();
}

export const logoShots = [
  { name: 'logo-start', state: 'list', act: start },
  { name: 'logo', state: 'list', act: choose },
  { name: 'logo-narrow', state: 'list', width: 640, act: choose },
  { name: 'logo-200', state: 'list', zoom: '200%', act: choose },
  { name: 'logo-contrast', state: 'list', forcedColors: 'active', act: choose },
  {
    name: 'logo-dark-pages',
    state: 'list',
    act: async (page) => {
      await program(page, () => {
        window.program.pictures.warnings = [
          'White parts of the picture cannot be seen on a white page. Look at the previews.',
        ];
      });
      await choose(page);
      await dialog(page).getByText('Dark', { exact: true }).click();
    },
  },
  {
    name: 'logo-refused',
    state: 'list',
    act: async (page) => {
      await start(page);
      await dialog(page)
        .locator('input[type="file"]')
        .setInputFiles({ name: 'empty.svg', mimeType: 'image/svg+xml', buffer: Buffer.alloc(0) });
    },
  },
  { name: 'logo-not-applied', state: 'list', act: setAs('ignored') },
  { name: 'logo-uncertain', state: 'list', act: setAs('lost') },
  { name: 'logo-applied', state: 'list', act: setAs('') },
  { name: 'logo-conflict', state: 'list', act: conflict },
  {
    name: 'logo-remove',
    state: 'list',
    act: async (page) => {
      await open(page);
      await panel(page).getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Remove logo…' }).click();
    },
  },
  {
    name: 'logo-rowmenu',
    state: 'list',
    act: (page) => page.getByRole('row', { name: /^Barlow/ }).click({ button: 'right' }),
  },
  {
    name: 'logo-long-name',
    state: 'hostile',
    act: async (page) => {
      await page.getByRole('row', { name: /^Very long/ }).click();
      await panel(page).getByRole('button', { name: 'Change logo…' }).click();
    },
  },
  {
    name: 'logo-rtl',
    state: 'hostile',
    act: async (page) => {
      await page.getByRole('row', { name: /^شركة/ }).click();
      await panel(page).getByRole('button', { name: 'Change logo…' }).click();
    },
  },
  { name: 'logo-offline', state: 'offline', act: open },
  {
    name: 'logos-start',
    state: 'list',
    act: (page) => page.getByRole('button', { name: 'Set logos…' }).click(),
  },
  { name: 'logos', state: 'list', act: batch },
  {
    name: 'logos-same',
    state: 'list',
    act: async (page) => {
      await batch(page);
      await dialog(page).getByText('The same for all').click();
    },
  },
  { name: 'logos-narrow', state: 'list', width: 640, act: batch },
  {
    name: 'logos-fix',
    state: 'list',
    act: async (page) => {
      await batch(page);
      await dialog(page).getByRole('button', { name: 'Choose the organization for IMG_2041.jpg' }).click();
      await page.keyboard.type('red');
    },
  },
  {
    name: 'logos-running',
    state: 'list',
    act: async (page) => {
      await batch(page);
      await press(page, /^Set \d logos/);
    },
  },
  {
    name: 'logos-report',
    state: 'list',
    act: async (page) => {
      await batch(page);
      await press(page, /^Set \d logos/);
      await press(page, 'Cancel the rest');
    },
  },
];
