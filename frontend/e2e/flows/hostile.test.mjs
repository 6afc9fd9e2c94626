// Hostile data and hostile pages: names are only ever text, frames and foreign
// pages are kept out, nothing navigates the window away.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { until } from '../lib/wait.mjs';
import { World } from '../lib/world.mjs';

const names = {
  markup: `<img src=x onerror="window.hacked=1"><b>Bold & Co</b>`,
  script: `</script><script>window.hacked=1</script>`,
  rtl: 'مؤسسة النور للتجارة',
  emoji: '🦷 Smile Dental 👩🏽‍⚕️',
  long: `Long ${'Name '.repeat(99)}`.trim(),
  template: "{{constructor.constructor('window.hacked=1')()}} ${1+1}",
};

let world, window;
before(async () => {
  world = await World.start({ orgs: 20 });
  for (const name of Object.values(names)) await world.simulator.addOrganization({ name });
  window = await world.signedIn();
});
after(() => world?.stop());
beforeEach(() => window.search.fill(''));

for (const [kind, name] of Object.entries(names)) {
  test(`a name with ${kind} is shown as the text it is`, async () => {
    await window.search.fill(name.slice(0, 24));
    const cell = window.grid.getByText(name, { exact: true }).first();
    await cell.waitFor();
    await cell.click();
    await window.panel.getByRole('heading', { name }).waitFor();
    const box = await window.panel.boundingBox();
    const heading = await window.panel.getByRole('heading', { name }).boundingBox();
    assert.ok(heading.x + heading.width <= box.x + box.width + 1, 'the name runs out of the panel');
    assert.equal(await window.page.evaluate(() => window.hacked), undefined);
    await window.page.keyboard.press('Escape');
  });
}

test('a frame is refused by the content security policy', async () => {
  const refused = await window.page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        const frame = document.createElement('iframe');
        frame.src = 'https://example.com/';
        document.body.append(frame);
        setTimeout(() => resolve('not refused'), 3_000);
      }),
  );
  assert.match(refused, /frame-src|child-src|default-src/);
  await window.page.evaluate(() => document.querySelector('iframe').remove());
});

test('inline and evaluated scripts are refused', async () => {
  const ran = await window.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    script.remove();
    return Boolean(window.inlineRan);
  });
  assert.equal(ran, false);
});

test("a link goes to the system's browser or nowhere, and the window stays", async () => {
  const before = await world.desktop.opened();
  for (const href of ['https://evil.example/', 'javascript:window.hacked=1', 'file:///etc/passwd']) {
    await window.page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      link.textContent = 'trap';
      link.id = 'trap';
      document.body.append(link);
    }, href);
    await window.page.locator('#trap').evaluate((link) => link.click());
    await window.page.locator('#trap').evaluate((link) => link.remove());
  }
  assert.equal(new URL(window.page.url()).origin, world.app.url);
  assert.ok(await window.grid.isVisible());
  assert.equal(await window.page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(await world.desktop.opened(), before, 'an address that is not allowed was opened');
});

test("an allowed link is opened by the system's browser", async () => {
  const before = (await world.desktop.opened()).length;
  await window.page.evaluate(() => window.go.bind.Shell.OpenLink('https://support.jumpcloud.com/s/'));
  const calls = await until('the link', async () => {
    const all = await world.desktop.opened();
    return all.length > before && all.slice(before);
  });
  assert.deepEqual(calls, [['https://support.jumpcloud.com/s/']]);
});

test('a dropped file does not navigate the window', async () => {
  const prevented = await window.page.evaluate(() => {
    const results = [];
    for (const kind of ['dragenter', 'dragover', 'drop']) {
      const data = new DataTransfer();
      data.setData('text/uri-list', 'file:///etc/hosts');
      const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data });
      document.body.dispatchEvent(event);
      results.push(event.defaultPrevented);
    }
    return results;
  });
  assert.deepEqual(prevented, [true, true, true]);
});

test('calls with nonsense are answered with words, and the app lives on', async () => {
  const answers = await window.page.evaluate(async () => {
    const { Organizations, Sync, Session } = window.go.bind;
    const calls = [
      () => Organizations.List('no such account'),
      () => Organizations.Details('', '../../etc/passwd'),
      () => Organizations.Launch('x'.repeat(1000), '0'.repeat(24)),
      () => Sync.SetVisible('x', ['not an id']),
      () => Session.SelectAccount(''),
    ];
    const results = [];
    for (const call of calls)
      results.push(
        await call().then(
          () => null,
          (error) => String(error.message ?? error),
        ),
      );
    return results;
  });
  for (const text of answers.filter((t) => t !== null)) {
    const problem = JSON.parse(text);
    assert.ok(problem.code && problem.message, text);
  }
  assert.ok(answers.filter((t) => t !== null).length >= 4);
  assert.ok(world.app.running);
});

test('the page had no error but those the traps provoke', () =>
  world.assertClean({
    allow: [/Content Security Policy|Refused to|frame|javascript:|Not allowed to load/i],
  }));
