import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort } from '#test/journeys/support/demo.ts';
import { PAYROLL, registerPayroll } from './applications.ts';
import { HOUSE_IDS } from './organisations.ts';
import { startPayroll } from './payroll.ts';
import { browserOf, demoForTests } from './testing.ts';

let running: Awaited<ReturnType<typeof demoForTests>>;
before(async () => {
  running = await demoForTests();
});
after(() => running.end());

const keysOf = async () => {
  const application = await running.demo.nachtslot.deps.store.read.applications.byId(PAYROLL);
  assert.ok(application && 'jwks' in application.settings);
  return application.settings.jwks?.keys ?? [];
};

test('the portal is registered for all employers, and after a restart over kept data with its new key', async () => {
  const { store } = running.demo.nachtslot.deps;
  const url = new URL('http://localhost:3001');
  const now = running.demo.clock.now();
  await registerPayroll(store, { url, jwks: { keys: [{ kid: 'first' }] }, now });
  await registerPayroll(store, { url, jwks: { keys: [{ kid: 'second' }] }, now });
  assert.deepEqual(await keysOf(), [{ kid: 'second' }]);
  const application = await store.read.applications.byId(PAYROLL);
  assert.deepEqual(application?.audience, [...HOUSE_IDS]);
});

test('it answers on its own port, keeps its private key to itself, and stops', async () => {
  const url = new URL(`http://localhost:${await freePort()}`);
  const payroll = await startPayroll(running.demo, { issuer: new URL('http://localhost:3000'), url });
  const page = await fetch(url);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Tallybridge/);
  const [key] = await keysOf();
  assert.ok(key && 'x' in key && !('d' in key));
  await payroll.close();
  await assert.rejects(fetch(url), TypeError);
});

test('the page of the demonstration leads there where it runs', async () => {
  const { html } = await browserOf(running.demo).get('/demo');
  assert.doesNotMatch(html, /Open Tallybridge/, 'here none was started with it');
  const other = await demoForTests(undefined, new URL('http://localhost:3001'));
  assert.match(
    (await browserOf(other.demo).get('/demo')).html,
    /href="http:\/\/localhost:3001\/"[^>]*>Open Tallybridge/,
  );
  await other.end();
});

test('some people are in groups', async () => {
  const memberships = await running.demo.nachtslot.deps.store.read.accounts.memberships('priya.raman');
  assert.deepEqual(
    memberships.map(({ groups }) => groups),
    [['payroll team']],
  );
});
