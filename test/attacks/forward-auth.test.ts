import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { APP, HostBrowser, PAY, protectHosts } from '#test/support/hosts.ts';
import { type Rig, rig } from '#test/support/rig.ts';
import { onBoth, signedInByDevice, signedInWithCode } from './support/in-process.ts';
import { signIn } from '#test/support/roads.ts';

onBoth('nobody is sent to sign in, and comes back to where they were going', async (r) => {
  const { ann } = await scene(r);
  const browser = new HostBrowser(r);
  const asked = await browser.ask(APP, '/reports?month=3');
  assert.equal(asked.status, 302);
  assert.equal(asked.location, `https://${APP}/.nachtslot/begin?to=%2Freports%3Fmonth%3D3`);
  const nginx = await browser.ask('ignored', '/', {
    ...NO_FORWARDED,
    'x-original-url': `https://${APP}/reports?month=3`,
  });
  assert.deepEqual([nginx.status, nginx.location], [401, asked.location], 'nginx redirects by itself');

  const begin = await browser.toUs(APP, '/reports?month=3');
  const door = await browser.us.open(begin);
  assert.match(door.path, /^\/sign-in\?return-to=/);
  const goingTo = new URL(door.path, 'https://id.example.test').searchParams.get('return-to') ?? '';
  await browser.us.submit('/sign-in', { address: ann.email, password: ann.password, 'return-to': goingTo });
  r.advance('PT30S');
  const done = await browser.us.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  assert.equal(done.status, 200);
  assert.match(done.text, /On to Night shift roster/);
  const refresh = done.headers.get('refresh')?.replace('0; url=', '') ?? '';
  assert.ok(refresh.startsWith(`https://${APP}/.nachtslot/in?ticket=`));
  assert.ok(done.text.includes(`href="${refresh}"`), 'and a link for whoever is not carried on');
  assert.equal(await browser.finish(APP, refresh), `https://${APP}/reports?month=3`);
  const inside = await browser.ask(APP, '/reports?month=3');
  assert.equal(inside.status, 200);
  assert.deepEqual(
    ['user', 'email', 'name', 'groups', 'acr'].map((name) => inside.headers.get(`remote-${name}`)),
    [ann.id, ann.email, 'Ann%C3%A9 100%25', 'night shift,a%2Cb', 'https://refeds.org/profile/mfa'],
  );
  // The second host needs no second sign-in, and has a cookie of its own.
  assert.equal((await browser.ask(PAY, '/')).status, 302);
  assert.equal(await browser.enter(PAY, '/slip'), `https://${PAY}/slip`);
  assert.equal((await browser.ask(PAY, '/slip')).status, 200);
  const cookie = (host: string) => browser.cookies.get(host)?.get(COOKIE);
  assert.notEqual(cookie(APP), cookie(PAY));
});

test('what is no page gets no redirect', async () => {
  const r = await rig();
  await scene(r);
  const browser = new HostBrowser(r);
  const noPages: Record<string, string>[] = [
    { 'sec-fetch-mode': 'cors', accept: 'application/json' },
    { 'sec-fetch-mode': 'no-cors', accept: 'image/*' },
    { 'sec-fetch-mode': 'websocket', upgrade: 'websocket' },
    { 'sec-fetch-mode': 'cors', accept: 'text/html' },
    { upgrade: 'websocket' },
    { 'x-requested-with': 'XMLHttpRequest' },
  ];
  for (const headers of noPages) {
    const asked = await browser.ask(APP, '/', headers);
    assert.deepEqual([asked.status, asked.location], [401, null], JSON.stringify(headers));
  }
});

onBoth('a rule for a group, and one for two steps', async (r) => {
  const { ann } = await scene(r);
  const us = await signedInByDevice(r, ann);
  const browser = new HostBrowser(r, us);
  await browser.enter(APP, '/');
  const inside = await browser.ask(APP, '/');
  assert.equal(inside.headers.get('remote-acr'), 'https://refeds.org/profile/sfa', 'a remembered device is no proof');
  assert.equal((await browser.ask(APP, '/finance')).status, 403);
  assert.equal((await browser.ask(APP, '/finance/../finance')).status, 403);

  assert.equal((await browser.ask(APP, '/admin')).status, 302);
  const begin = await browser.toUs(APP, '/admin/users');
  const page = await us.get(begin, { 'sec-fetch-site': 'cross-site' });
  assert.match(page.text, /Night shift roster asks for more/);
  assert.equal((await us.get(begin)).status, 200, 'looking at it begins nothing');
  const form = Object.fromEntries(new URL(begin, 'https://id.example.test').searchParams);
  const step = await us.submit('/forward-auth/begin', form);
  assert.match(step.path, /^\/sign-in\/verify/);
  r.advance('PT30S');
  const onward = await us.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  const refresh = onward.headers.get('refresh')?.replace('0; url=', '') ?? '';
  assert.equal(await browser.finish(APP, refresh), `https://${APP}/admin/users`);
  const raised = await browser.ask(APP, '/admin/users');
  assert.equal(raised.headers.get('remote-acr'), 'https://refeds.org/profile/mfa');
});

test('whoever has no second step gets the wizard from a place that asks for two', async () => {
  const r = await rig();
  const { house } = await scene(r);
  const bob = await r.person({ organisations: [house] });
  const us = r.browser();
  await signIn(us, bob);
  const browser = new HostBrowser(r, us);
  const begin = await browser.toUs(APP, '/admin');
  const form = Object.fromEntries(new URL(begin, 'https://id.example.test').searchParams);
  await us.submit('/forward-auth/begin', form);
  const next = await us.submit('/sign-in/verify', { method: 'password', code: bob.password });
  assert.match(next.path, /^\/enrol/);
});

test('a proof that an application wants fresh does not get younger by waiting', async () => {
  const r = await rig();
  const { ann } = await scene(r, { policy: { ...OPEN_TO_MEMBERS, freshWithinSeconds: 120 } });
  const us = await signedInWithCode(r, ann);
  const browser = new HostBrowser(r, us);
  await browser.enter(APP, '/');
  assert.equal((await browser.ask(APP, '/')).status, 200);
  r.advance('PT2M');
  assert.equal((await browser.ask(APP, '/')).status, 200);
  r.advance('PT1S');
  assert.equal((await browser.ask(APP, '/')).status, 302);
  const begin = await browser.toUs(APP, '/');
  assert.match((await us.get(begin, { 'sec-fetch-site': 'cross-site' })).text, /still you/);
  const form = Object.fromEntries(new URL(begin, 'https://id.example.test').searchParams);
  await us.submit('/forward-auth/begin', form);
  r.advance('PT30S');
  const onward = await us.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  await browser.finish(APP, onward.headers.get('refresh')?.replace('0; url=', '') ?? '');
  assert.equal((await browser.ask(APP, '/')).status, 200);
});

onBoth('every end of a session ends it at every host, at the next request', async (r) => {
  const { ann, house } = await scene(r);
  const inside = async () => {
    const browser = new HostBrowser(r, await signedInWithCode(r, ann));
    for (const host of [APP, PAY]) await browser.enter(host, '/');
    const open = async () => {
      const answers = [await browser.ask(APP, '/'), await browser.ask(PAY, '/')];
      return answers.map((one) => one.status);
    };
    assert.deepEqual(await open(), [200, 200], 'control');
    return { browser, open };
  };
  const out = [302, 302];

  let one = await inside();
  await one.browser.us.submit('/sign-out');
  assert.deepEqual(await one.open(), out, 'signed out');

  one = await inside();
  const other = await inside();
  await one.browser.us.submit('/account/password', { password: FRESH, repeated: FRESH });
  assert.deepEqual(await other.open(), out, 'password changed in another session');
  assert.deepEqual(await one.open(), [200, 200], 'the session in which it was changed goes on');
  Object.assign(ann, { password: FRESH });

  one = await inside();
  await r.store.transaction((tx) => tx.accounts.setStatus(ann.id, 'disabled'));
  assert.deepEqual(await one.open(), out, 'disabled');
  await r.store.transaction((tx) => tx.accounts.setStatus(ann.id, 'active'));

  one = await inside();
  r.advance('PT59M');
  assert.deepEqual(await one.open(), [200, 200]);
  r.advance('PT59M');
  assert.deepEqual(await one.open(), [200, 200], 'what is done at a host counts as doing something');
  r.advance('PT60M1S');
  assert.deepEqual(await one.open(), out, 'idle');

  one = await inside();
  for (let hours = 0; hours < 24; hours += 0.5) {
    assert.deepEqual(await one.open(), [200, 200], `after ${hours} hours`);
    r.advance('PT30M');
  }
  assert.deepEqual(await one.open(), out, 'a day');

  one = await inside();
  const closes = async (name: string, status: number, work: () => Promise<unknown>, undo: () => Promise<unknown>) => {
    await work();
    assert.deepEqual(await one.open(), [status, status], name);
    await undo();
    assert.deepEqual(await one.open(), [200, 200], `${name}, undone`);
  };
  const save = async (change: object) => {
    const application = await r.store.read.applications.byId('roster');
    assert.ok(application);
    await r.store.transaction((tx) => tx.applications.save('roster', { ...application, ...change }));
  };
  await closes(
    'application off',
    403,
    () => save({ status: 'disabled' }),
    () => save({ status: 'active' }),
  );
  await closes(
    'for others',
    403,
    () => save({ audience: [] }),
    () => save({ audience: [house.id] }),
  );
  const only = { ...OPEN_TO_MEMBERS, groups: ['night shift'] };
  await save({ policy: only });
  const groups = (names: string[]) => () => r.store.transaction((tx) => tx.accounts.setGroups(ann.id, house.id, names));
  await closes('out of the group', 403, groups(['finance']), groups(['night shift']));
});

onBoth('the deadline passes while somebody is inside', async (r) => {
  const { house } = await scene(r);
  await r.campaign({ organisation: house.id, deadline: Temporal.PlainDate.from('2026-03-02') });
  const joined = r.now().subtract({ hours: 60 * 24 });
  const bob = await r.person({ organisations: [house], firstSignInAt: joined });
  const us = r.browser();
  await signIn(us, bob);
  await us.submit('/sign-in/prompt', { answer: 'later' });
  const browser = new HostBrowser(r, us);
  await browser.enter(APP, '/');
  const midnight = Temporal.Instant.from('2026-03-03T00:00:00Z');
  while (r.now().until(midnight).total('minutes') > 50) {
    r.advance('PT45M');
    assert.equal((await browser.ask(APP, '/')).status, 200);
  }
  r.advance(r.now().until(midnight.subtract({ milliseconds: 1 })));
  assert.equal((await browser.ask(APP, '/')).status, 200, 'the last millisecond of the last day');
  r.advance({ milliseconds: 1 });
  assert.equal((await browser.ask(APP, '/')).status, 302, 'the first of the next');
});

onBothDatabases('what one server process knows ends with what another one did', async ({ open }) => {
  const [here, there] = [await rig({ store: await open() }), await rig({ store: await open() })];
  const { ann, house } = await scene(here);
  const us = await signedInWithCode(here, ann);
  there.advance(here.now().since(there.now()));
  const browser = new HostBrowser(here, us);
  await browser.enter(APP, '/');
  const elsewhere = new HostBrowser(there);
  for (const [host, cookies] of browser.cookies) elsewhere.cookies.set(host, cookies);
  const both = async () => [(await browser.ask(APP, '/')).status, (await elsewhere.ask(APP, '/')).status];
  assert.deepEqual(await both(), [200, 200]);
  assert.deepEqual(await both(), [200, 200], 'kept');
  const groups = (names: string[]) => there.store.transaction((tx) => tx.accounts.setGroups(ann.id, house.id, names));
  assert.equal((await browser.ask(APP, '/finance')).status, 403);
  await groups(['finance']);
  assert.equal((await browser.ask(APP, '/finance')).status, 200);
  await groups([]);
  assert.equal((await browser.ask(APP, '/finance')).status, 403);
  await there.store.transaction((tx) => tx.end(ann.id, { sessions: true }, there.now()));
  assert.deepEqual(await both(), [302, 302]);
});

test('the sign-out link of an application changes nothing until the button is pressed', async () => {
  const r = await rig();
  const { ann } = await scene(r);
  const browser = new HostBrowser(r, await signedInWithCode(r, ann));
  await browser.enter(APP, '/');
  const link = await browser.corner(APP, '/.nachtslot/sign-out');
  assert.equal(link.location, 'https://id.example.test/forward-auth/sign-out');
  const page = await browser.us.get('/forward-auth/sign-out');
  assert.match(page.text, /action="\/sign-out"/);
  assert.equal((await browser.ask(APP, '/')).status, 200);
  await browser.us.submit('/sign-out');
  assert.equal((await browser.ask(APP, '/')).status, 302);
});

const COOKIE = '__Host-nachtslot';
const FRESH = 'velvet ladder eleven moons';
const NO_FORWARDED = {
  'x-forwarded-host': APP,
  'x-forwarded-uri': '/reports?month=3',
};

async function scene(r: Rig, change: Parameters<typeof protectHosts>[2] = {}) {
  const house = await r.organisation();
  await protectHosts(r, house, change);
  const ann = await r.person({ name: 'Anné 100%', organisations: [house], enrolled: true });
  await r.store.transaction((tx) => tx.accounts.setGroups(ann.id, house.id, ['night shift', 'a,b']));
  return { house, ann };
}
