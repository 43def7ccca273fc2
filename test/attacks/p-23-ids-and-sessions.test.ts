import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Jar } from '#test/support/jar.ts';
import { codeAt, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn, wizard } from '#test/support/roads.ts';
import { secretOn } from './support/scenes.ts';
import { ATTEMPT, DEVICE, me, onBoth, pendingOf, secondStep, signedInWithCode, whoOf } from './support/in-process.ts';

const FRESH = 'velvet ladder eleven moons';
const COOKIES = [SESSION, ATTEMPT, DEVICE];

test('a planted value is never taken over', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const own = (await signedInWithCode(r, await enrolledIn(r))).cookies.get(SESSION) ?? '';
  const planted = [randomBytes(32).toString('base64url'), 'a', '0', own];
  for (const value of planted) {
    const jar = r.browser();
    for (const name of COOKIES) jar.cookies.set(name, value);
    await signIn(jar, ann);
    await secondStep(r, jar, ann, { remember: true });
    for (const name of COOKIES) assert.notEqual(jar.cookies.get(name), value, name);
    const thief = r.browser();
    for (const name of COOKIES) thief.cookies.set(name, value);
    assert.notEqual(await me(r, thief), ann.id);
  }
});

test('two cookies of one name: somebody planted one, and neither counts', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const bob = await enrolledIn(r);
  const mine = (await signedInWithCode(r, ann)).cookies.get(SESSION) ?? '';
  const theirs = (await signedInWithCode(r, bob)).cookies.get(SESSION) ?? '';
  for (const header of [
    `${SESSION}=${theirs}; ${SESSION}=${mine}`,
    `${SESSION}=${mine}; ${SESSION}=${theirs}`,
    `${SESSION}=${mine}; ${SESSION}=`,
    `${SESSION.toLowerCase()}=${mine}`,
    // What a sibling host or plain http could plant has no prefix.
    `session=${mine}`,
    `__Secure-session=${mine}`,
    `${SESSION}="${mine}"`,
    `${SESSION}=${mine}%20`,
  ]) {
    const answer = await r.browser().get('/account', { cookie: header });
    assert.equal(answer.status, 303, header.slice(0, 40));
    assert.match(answer.location ?? '', /^\/sign-in/);
  }
  assert.equal((await r.browser().get('/account', { cookie: `x=1; ${SESSION}=${mine}; y=2` })).status, 200, 'control');
});

onBoth('the identifier changes with every rise of rights, and every earlier one is dead', async (r) => {
  const ann = await enrolledIn(r);
  const jar = r.browser();
  const seen: { at: string; token: string }[] = [];
  const note = (at: string) => {
    for (const name of [SESSION, ATTEMPT]) {
      const token = jar.cookies.get(name);
      if (token && seen.at(-1)?.token !== token) {
        assert.ok(!seen.some((one) => one.token === token), `${at}: the same as before`);
        seen.push({ at, token });
      }
    }
  };
  await jar.get('/sign-in');
  note('before the password');
  await signIn(jar, ann);
  note('after the password');
  await secondStep(r, jar, ann);
  note('after the second step');
  r.advance('PT6M');
  await jar.submit('/account/confirm', { 'return-to': '/account/password' });
  note('step-up begun');
  await secondStep(r, jar, ann);
  note('step-up done');
  await jar.submit('/account/password', { password: FRESH, repeated: FRESH });
  note('password changed');
  await jar.submit('/account/backup-code');
  note('wizard');
  const code = /data-copy="([0-9A-Z]{4})(?:-[0-9A-Z]{4}){4}"/.exec((await jar.open('/enrol')).text)?.[1] ?? '';
  await jar.submit('/enrol/backup-code', { saved: 'yes', locator: code });
  note('backup code renewed');
  assert.equal(await me(r, jar), ann.id);
  assert.equal(seen.length, 7, seen.map(({ at }) => at).join(', '));

  const current = jar.cookies.get(SESSION);
  for (const { at, token } of seen.filter((one) => one.token !== current))
    for (const name of COOKIES) {
      const old = r.browser();
      old.cookies.set(name, token);
      assert.equal(await me(r, old), null, at);
      assert.match((await old.open('/account')).path, /^\/sign-in\?/, at);
    }
});

test('a first second step changes the identifier too', async () => {
  const r = await rig();
  const ann = await r.person({ organisations: [await r.organisation()] });
  const jar = r.browser();
  await signIn(jar, ann);
  const before = jar.copy();
  await jar.submit('/account/enable');
  await jar.submit('/sign-in/verify', { method: 'password', code: ann.password });
  await wizard(r, jar);
  assert.equal(await me(r, jar), ann.id);
  assert.equal(await me(r, before), null);
});

test('a shared browser: Ann signs out, Bob signs in, and they have nothing in common', async () => {
  const r = await rig();
  const [ann, bob] = [await enrolledIn(r), await enrolledIn(r)];
  const jar = await signedInWithCode(r, ann);
  const anns = new Set(jar.cookies.values());
  const answer = await jar.post('/sign-out');
  assert.equal(answer.headers.get('clear-site-data'), '"cache"');
  assert.ok(!jar.cookies.has(SESSION) && !jar.cookies.has(ATTEMPT));
  const page = await jar.follow(answer);
  assert.ok(!page.text.includes(ann.email));
  await signIn(jar, bob);
  await secondStep(r, jar, bob);
  // But for the habit of the device: which way worked last on it.
  jar.cookies.delete('__Host-last-used');
  for (const value of jar.cookies.values()) assert.ok(!anns.has(value));
  assert.ok(!(await jar.open('/account')).text.includes(ann.email));
});

test('signed out: the old cookie, a second tab and the back button show nothing', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await signedInWithCode(r, ann);
  const tab = jar.copy();
  assert.equal((await tab.get('/account')).headers.get('cache-control'), 'no-store', 'nothing to go back to');
  await jar.submit('/sign-out');
  for (const path of ['/', '/account', '/account/password', '/enrol/done', '/enrol']) {
    const answer = await tab.get(path);
    assert.equal(answer.status, 303, path);
    assert.ok(!answer.text.includes(ann.email));
    assert.ok(!(await tab.open(path)).text.includes(ann.email), path);
  }
  assert.match((await tab.submit('/account/sign-out-everywhere')).path, /^\/sign-in/);
  assert.match((await tab.submit('/sign-out')).path, /^\/sign-in/, 'twice does no harm');
});

test('an hour of nothing, or a day of everything, ends a session', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const idle = await signedInWithCode(r, ann);
  r.advance('PT59M');
  assert.equal((await idle.get('/account')).status, 200);
  r.advance('PT59M');
  assert.equal((await idle.get('/account')).status, 200, 'seen in between');
  r.advance('PT61M');
  assert.equal((await idle.get('/account')).status, 303);

  const busy = await signedInWithCode(r, ann);
  for (let minutes = 10; minutes < 24 * 60; minutes += 10) {
    r.advance('PT10M');
    assert.equal((await busy.get('/account')).status, 200, `after ${minutes} minutes`);
  }
  r.advance('PT10M1S');
  assert.equal((await busy.get('/account')).status, 303, 'a day, whatever was done in it');
  // A step-up gives a new name and no new day.
  const raised = await signedInWithCode(r, ann);
  for (let hours = 0.5; hours < 23.6; hours += 0.5) {
    r.advance('PT30M');
    await raised.get('/account');
  }
  await raised.submit('/account/confirm');
  await secondStep(r, raised, ann);
  r.advance('PT31M');
  assert.equal(await me(r, raised), null);
});

test('the tab was closed in the middle of the second step: eleven minutes later it starts over', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  r.advance('PT11M');
  const answer = await jar.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  assert.equal(answer.path, '/sign-in?notice=attempt-expired');
  assert.match(answer.text, /Please sign in again/);
  assert.equal(await me(r, jar), null);
  await signIn(jar, ann);
  await secondStep(r, jar, ann);
});

onBoth('a session that is ended from another one is dead at once', async (r) => {
  const ann = await enrolledIn(r);
  const here = await signedInWithCode(r, ann);
  const there = await signedInWithCode(r, ann);
  const page = await here.open('/account');
  const listed = page.text.match(/action="\/account\/sessions\/end"/g) ?? [];
  assert.ok(listed.length >= 1);
  assert.match(page.text, /Chrome/);
  assert.match(page.text, /127\.0\.0\.1/);
  await here.submit('/account/sessions/end', { id: (await whoOf(r, there))?.session.id ?? '' });
  assert.equal((await there.get('/account')).status, 303);
  assert.equal((await here.get('/account')).status, 200);
});

test("nobody is signed in to somebody else's account by a page of somebody else", async () => {
  const r = await rig();
  const mal = await enrolledIn(r);
  const victim = r.browser();
  for (const headers of [
    { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://other.example.test', 'sec-fetch-site': 'same-site' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
  ]) {
    const answer = await victim.post('/sign-in', { address: mal.email, password: mal.password }, headers);
    assert.equal(answer.status, 403);
    assert.equal(victim.cookies.size, 0);
  }
});

test('a page of a sign-in says whose it is, also in a browser where somebody else is signed in', async () => {
  const r = await rig();
  const ann = await r.person({ name: 'Ann Quay', organisations: [await r.organisation({ name: 'Quay Freight' })] });
  const house = await r.organisation({ name: 'River Bakery' });
  await r.campaign({ organisation: house.id });
  const bob = await r.person({ name: 'Bob Rivers', organisations: [house] });
  const jar = r.browser();
  await signIn(jar, ann);
  const pages = [
    await signIn(jar, bob),
    await jar.submit('/sign-in/prompt', { answer: 'enable' }),
    await jar.submit('/enrol/choice', { choice: 'totp' }),
  ];
  for (const page of pages) {
    const account = /<[^>]+class="[^"]*account[^"]*"[^>]*>.*?<\/(?:div|p|section)>/s.exec(page.text)?.[0] ?? page.text;
    assert.ok(account.includes('Bob Rivers') && account.includes(bob.email), page.path);
    assert.ok(!account.includes('Ann Quay') && !page.text.includes(ann.email), page.path);
    assert.ok(!page.text.includes('Quay Freight'), page.path);
  }
  assert.equal(await me(r, jar), ann.id, 'until Bob is in, this is still Ann');
  const shown = await finish(jar, pages.at(-1)?.text ?? '');
  const file = await shown.post('/enrol/backup-code/file');
  assert.match(file.text, /River Bakery/);
  assert.doesNotMatch(file.text, /Quay/);

  async function finish(at: Jar, text: string): Promise<Jar> {
    await at.submit('/enrol/scanned');
    await at.submit('/enrol/code', { code: codeAt(secretOn(text), r.wall()) });
    await at.submit('/enrol/sms/skip');
    return at;
  }
});
