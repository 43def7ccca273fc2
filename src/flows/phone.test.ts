import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn, toBackupCode, wizard } from '#test/support/roads.ts';

async function byPaper(r: Rig, grace: Person) {
  const jar = r.browser();
  await signIn(jar, grace);
  const page = await jar.submit('/sign-in/verify', { method: 'backup-code', code: grace.backupCode ?? '' });
  assert.match(page.text, /Do you still have your phone\?/);
  assert.ok(!jar.cookies.has(SESSION), 'nobody is in before the answer');
  return jar;
}

async function typesOf(r: Rig, { id }: Person) {
  const bound = await r.store.read.authenticators.of(id);
  return bound.map(({ type, disabledAt }) => `${type}${disabledAt ? ' (off)' : ''}`).sort();
}

test('it is lost: the old app opens nothing from that moment, everybody is signed out, and the wizard begins', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const elsewhere = r.browser();
  await signIn(elsewhere, grace);
  await elsewhere.submit('/sign-in/verify', { method: 'totp', code: grace.code(), remember: 'yes' });
  const jar = await byPaper(r, grace);
  const choose = await jar.submit('/sign-in/phone', { phone: 'lost' });
  assert.match(choose.text, /Choose how you confirm/);
  assert.deepEqual(await typesOf(r, grace), ['password', 'totp (off)']);
  assert.match((await elsewhere.open('/account')).path, /^\/sign-in/);
  assert.deepEqual(await r.store.read.devices.of(grace.id), []);
  assert.ok((await r.messages(grace.email)).some(({ text }) => /said that this phone is lost/.test(text)));

  // Left half-way: the password alone leads to no wizard, and the lost phone to nothing.
  const thief = r.browser();
  r.advance('PT30S');
  assert.match((await signIn(thief, grace)).path, /^\/sign-in\/verify/);
  assert.ok((await thief.submit('/sign-in/verify', { method: 'totp', code: grace.code() })).status >= 400);

  const { page } = await wizard(r, jar);
  assert.ok(jar.cookies.has(SESSION), page.path);
  assert.deepEqual(await typesOf(r, grace), ['backup-code', 'password', 'totp']);
});

test('there is a new one: the old one goes when the new one is proved, and a new paper follows', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const jar = await byPaper(r, grace);
  await jar.submit('/sign-in/phone', { phone: 'new' });
  assert.deepEqual(await typesOf(r, grace), ['password', 'totp'], 'still the old one');
  const before = (await r.store.read.authenticators.of(grace.id)).find(({ type }) => type === 'totp')?.id;
  const { page } = await toBackupCode(r, jar);
  assert.ok(page.status < 500);
  const bound = await r.store.read.authenticators.of(grace.id);
  assert.ok(!bound.some(({ id }) => id === before));
  assert.match((await jar.open('/enrol')).text, /Your backup code/);
});

test('no answer, a made-up answer, an answer in the wrong place: nothing happens', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const jar = await byPaper(r, grace);
  for (const form of [{}, { phone: 'stolen-by-me' }]) {
    const answer = await jar.submit('/sign-in/phone', form as Record<string, string>);
    assert.equal(answer.status, 422);
    assert.match(answer.text, /Choose one of the ways first/);
  }
  const other = r.browser();
  await signIn(other, grace);
  assert.match((await other.submit('/sign-in/phone', { phone: 'lost' })).path, /^\/sign-in\/verify/);
  assert.deepEqual(await typesOf(r, grace), ['password', 'totp']);
});

/** Signed in with the app a while ago; a security setting asks for a proof again, and the paper is given. */
async function confirmsByPaper(r: Rig, grace: Person) {
  const jar = r.browser();
  await signIn(jar, grace);
  await jar.submit('/sign-in/verify', { method: 'totp', code: grace.code() });
  assert.ok(jar.cookies.has(SESSION), 'control');
  r.advance('PT6M');
  await jar.submit('/account/confirm', { 'return-to': '/account' });
  return { jar, page: await jar.submit('/sign-in/verify', { method: 'backup-code', code: grace.backupCode ?? '' }) };
}

test('inside a session too, and a lost phone keeps the session in which that was said', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const { jar, page } = await confirmsByPaper(r, grace);
  assert.match(page.text, /Do you still have your phone\?/);
  const choose = await jar.submit('/sign-in/phone', { phone: 'lost' });
  assert.match(choose.text, /Choose how you confirm/);
  await wizard(r, jar);
  assert.equal((await jar.open('/account')).status, 200);
  assert.deepEqual(await typesOf(r, grace), ['backup-code', 'password', 'totp']);
});

test('whoever still has it goes on to where they were going, and is not asked twice', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const { jar } = await confirmsByPaper(r, grace);
  const next = await jar.submit('/sign-in/phone', { phone: 'here' });
  assert.match(next.text, /Your backup code/, 'the paper is spent, and a new one follows');
});
