import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APP, HostBrowser, PAY, pathOf, protectHosts } from '#test/support/hosts.ts';
import { type Rig, rig } from '#test/support/rig.ts';
import { onBoth, signedInWithCode } from './support/in-process.ts';

const NOT_IN = `https://id.example.test/forward-auth/not-in?host=${APP}`;
const COOKIE = '__Host-nachtslot';
const NONCE = '__Host-nachtslot-nonce';

onBoth('a ticket opens one session, once, however many carry it at the same moment', async (r) => {
  const browser = await signedIn(r);
  const address = await browser.ticketFor(APP, '/reports');
  const same = Array.from({ length: 20 }, () => copyOf(r, browser));
  const ends = await Promise.all(same.map((one) => one.finish(APP, address)));
  assert.deepEqual(ends.filter((end) => end === `https://${APP}/reports`).length, 1);
  assert.deepEqual(ends.filter((end) => end === NOT_IN).length, 19);
  assert.equal(await browser.finish(APP, address), NOT_IN, 'and not later either');
});

onBoth('a ticket is worth nothing at another host, in another browser, or after a minute', async (r) => {
  const browser = await signedIn(r);
  const address = await browser.ticketFor(APP, '/');
  await browser.toUs(PAY, '/');
  assert.match(await browser.finish(PAY, address), /not-in/, 'another host, with a nonce of its own');

  const thief = new HostBrowser(r);
  assert.equal(await thief.finish(APP, address), NOT_IN, 'no nonce');
  await thief.toUs(APP, '/');
  assert.equal(await thief.finish(APP, address), NOT_IN, 'a nonce of their own');
  assert.ok(!thief.cookies.get(APP)?.has(COOKIE));
  // What the address of our own page shows is a hash, and no nonce.
  const hash = new URL(await browser.toUs(APP, '/'), 'https://x').searchParams.get('nonce') ?? '';
  thief.cookies.get(APP)?.set(NONCE, hash);
  assert.equal(await thief.finish(APP, address), NOT_IN, 'the hash of the nonce');

  r.advance('PT60S');
  assert.equal(await browser.finish(APP, address), NOT_IN, 'too late');
  const next = await browser.ticketFor(APP, '/');
  r.advance('PT59S');
  assert.equal(await browser.finish(APP, next), `https://${APP}/`, 'control');
});

test('nobody is signed in at a host as somebody else by following a link', async () => {
  const r = await rig();
  const mal = await signedIn(r);
  const ticket = await mal.ticketFor(APP, '/');
  const victim = await signedIn(r, 'victim@quay.example');
  await victim.enter(APP, '/');
  const before = (await victim.ask(APP, '/')).headers.get('remote-user');
  assert.equal(await victim.finish(APP, ticket), NOT_IN);
  assert.equal((await victim.ask(APP, '/')).headers.get('remote-user'), before);
});

test('a ticket dies with its session, and with the account', async () => {
  const r = await rig();
  const one = await signedIn(r);
  const address = await one.ticketFor(APP, '/');
  await one.us.submit('/sign-out');
  assert.equal(await one.finish(APP, address), NOT_IN);

  const other = await signedIn(r, 'other@quay.example');
  const second = await other.ticketFor(APP, '/');
  const account = (await r.store.read.accounts.byAddress('other@quay.example'))?.id ?? '';
  await r.store.transaction((tx) => tx.accounts.setStatus(account, 'disabled'));
  await other.finish(APP, second);
  assert.equal((await other.ask(APP, '/')).status, 302, 'whatever it opened is closed');
});

test('what is no ticket opens nothing', async () => {
  const r = await rig();
  const browser = await signedIn(r);
  const begin = await browser.toUs(APP, '/');
  const nonce = browser.cookies.get(APP)?.get(NONCE) ?? '';
  const session = browser.us.cookies.get('__Host-session') ?? '';
  const hash = new URL(begin, 'https://x').searchParams.get('nonce') ?? '';
  for (const ticket of [
    '',
    'x',
    nonce,
    hash,
    session,
    'A'.repeat(43),
    `${'A'.repeat(42)}=`,
    "' or 1=1 --",
    'A'.repeat(5000),
  ])
    assert.equal(
      await browser.finish(APP, `https://${APP}/.nachtslot/in?ticket=${encodeURIComponent(ticket)}`),
      NOT_IN,
    );
  assert.equal(await browser.finish(APP, `https://${APP}/.nachtslot/in`), NOT_IN);
  assert.ok(!browser.cookies.get(APP)?.has(COOKIE));
});

test('a second tab does not spoil the first', async () => {
  const r = await rig();
  const browser = await signedIn(r);
  const first = await browser.ticketFor(APP, '/one');
  const second = await browser.ticketFor(APP, '/two');
  assert.equal(await browser.finish(APP, first), `https://${APP}/one`);
  assert.equal(await browser.finish(APP, second), `https://${APP}/two`);
  assert.equal((await browser.ask(APP, '/')).status, 200);
});

test('the cookie of a host is for that host alone, and no script can read it', async () => {
  const r = await rig();
  const browser = await signedIn(r);
  const address = await browser.ticketFor(APP, '/');
  const answer = await browser.corner(APP, pathOf(address));
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const [line = ''] = answer.headers.getSetCookie();
  assert.match(line, /^__Host-nachtslot=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  assert.equal((await browser.us.get('/forward-auth/not-in?host=evil.test')).status, 404);
  const again = await browser.us.get(`/forward-auth/not-in?host=${APP}`);
  assert.ok(again.text.includes(`href="https://${APP}/"`));
});

test('signed in anew, the cookie from before is dead', async () => {
  const r = await rig();
  const browser = await signedIn(r);
  await browser.enter(APP, '/');
  const old = copyOf(r, browser);
  await browser.enter(APP, '/');
  assert.deepEqual([(await old.ask(APP, '/')).status, (await browser.ask(APP, '/')).status], [302, 200]);
});

async function signedIn(r: Rig, email?: string): Promise<HostBrowser> {
  const house = (await r.store.read.organisations.all())[0] ?? (await r.organisation());
  if (!(await r.store.read.applications.byId('roster'))) await protectHosts(r, house);
  const ann = await r.person({ organisations: [house], enrolled: true, ...(email && { email }) });
  return new HostBrowser(r, await signedInWithCode(r, ann));
}

function copyOf(r: Rig, browser: HostBrowser): HostBrowser {
  const copy = new HostBrowser(r, browser.us.copy());
  for (const [host, cookies] of browser.cookies) copy.cookies.set(host, new Map(cookies));
  return copy;
}
