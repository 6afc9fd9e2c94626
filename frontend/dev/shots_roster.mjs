// The pictures of administrators, usage & billing, and history: part of shots.mjs.
const nav = (name) => (page) =>
  page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
const tab = (name) => async (page) => {
  await page.getByRole('row', { name: /^Acme/ }).click();
  await page.getByRole('tab', { name }).click();
};
const then = (first, next) => async (page) => {
  await first(page);
  await next(page);
};
const press = (name) => (page) => page.getByRole('button', { name }).first().click();
const choose = (name) => (page) => page.getByText(name, { exact: true }).click();

export const rosterShots = [
  { name: 'tab-administrators', state: 'list', act: tab('Administrators') },
  { name: 'tab-usage', state: 'list', act: tab('Usage & Billing') },
  { name: 'tab-history', state: 'list', act: tab('History') },
  { name: 'page-administrators', state: 'list', act: nav('Administrators') },
  {
    name: 'page-matrix',
    state: 'list',
    act: then(nav('Administrators'), choose('Access matrix')),
  },
  { name: 'page-usage', state: 'list', act: nav('Usage & Billing') },
  { name: 'page-invoices', state: 'list', act: then(nav('Usage & Billing'), choose('Invoices')) },
  { name: 'page-activity', state: 'list', act: nav('Activity') },
  {
    name: 'dialog-take-access',
    state: 'list',
    act: then(tab('Administrators'), press(/^Take access to Acme.* from Morgan/)),
  },
  {
    name: 'dialog-delete-administrator',
    state: 'list',
    act: then(tab('Administrators'), press(/^Delete Morgan/)),
  },
  {
    name: 'dialog-give-access',
    state: 'list',
    act: then(tab('Administrators'), press(/^Give access to an/)),
  },
  {
    name: 'dialog-create-administrator',
    state: 'list',
    act: then(nav('Administrators'), then(press('Create administrator'), choose('Chosen organizations'))),
  },
  { name: 'tab-administrators-denied', state: 'helpdesk', act: tab('Administrators') },
  { name: 'page-invoices-denied', state: 'helpdesk', act: then(nav('Usage & Billing'), choose('Invoices')) },
  { name: 'page-administrators-narrow', state: 'list', width: 700, act: nav('Administrators') },
  { name: 'page-usage-200', state: 'list', zoom: '200%', act: nav('Usage & Billing') },
  { name: 'tab-administrators-contrast', state: 'list', forcedColors: 'active', act: tab('Administrators') },
];
