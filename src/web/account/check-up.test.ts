import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn } from '#test/support/roads.ts';

const ASKS = /Do you still have everything\?/;

/** A month after somebody set it up, signed in with the app. */
async function aMonthLater(r: Rig) {
  const grace = await enrolledIn(r);
  r.advance('P28D');
  return { grace, jar: await inside(r, grace) };
}

async function inside(r: Rig, person: Person): Promise<Jar> {
  r.advance('PT30S');
  const jar = r.browser();
  await signIn(jar, person);
  await jar.submit('/sign-in/verify', { method: 'totp', code: person.code() });
  assert.ok(jar.cookies.has(SESSION), 'control');
  return jar;
}

async function outcomes(r: Rig, { id }: Person) {
  return (await r.store.read.checkUps.of(id)).map(({ outcome }) => outcome);
}

const locatorOf = ({ backupCode }: Person) => (backupCode ?? '').slice(0, 4);

test('on day 28 it is asked on the start page, and the app of a moment ago plus the start of the paper are enough', async () => {
  const r = await rig();
  const early = await enrolledIn(r);
  r.advance('P27D');
  assert.doesNotMatch((await (await inside(r, early)).open('/')).text, ASKS);

  const { grace, jar } = await aMonthLater(r);
  const start = await jar.open('/');
  assert.match(start.text, ASKS);
  assert.ok(!start.text.includes(locatorOf(grace)), 'the page that asks does not say the answer');
  const page = await jar.open('/account/check-up');
  assert.match(page.text, /Works: you used it for this sign-in/);
  const done = await jar.submit('/account/check-up', { locator: ` ${locatorOf(grace).toLowerCase()} ` });
  assert.match(done.text, /Everything is where it should be/);
  assert.doesNotMatch(
    (await jar.open('/')).text,
    /Do you still have everything\?|Do you know where your backup code is/,
  );
  assert.deepEqual(await outcomes(r, grace), ['passed']);
  const paper = (await r.store.read.authenticators.of(grace.id)).find(({ type }) => type === 'backup-code');
  assert.equal(paper?.lastUsedAt, null, 'nothing was spent');
});

test('put off twice, a week each; the third time it stays, and stands in nobody’s way', async () => {
  const r = await rig();
  const { grace, jar } = await aMonthLater(r);
  assert.match((await jar.open('/account/check-up')).text, /put it off 2 times/);
  await jar.submit('/account/check-up/skip');
  await jar.submit('/account/check-up/skip');
  assert.deepEqual(await outcomes(r, grace), ['skipped'], 'a double click is one');
  assert.doesNotMatch((await jar.open('/')).text, ASKS);
  r.advance('P7D');
  const second = await inside(r, grace);
  assert.match((await second.open('/account/check-up')).text, /put it off once more/);
  await second.submit('/account/check-up/skip');
  r.advance('P7D');
  const third = await inside(r, grace);
  assert.match((await third.open('/')).text, ASKS);
  assert.doesNotMatch((await third.open('/account/check-up')).text, /put it off/);
  assert.equal((await third.submit('/account/check-up/skip')).status, 409);
  assert.equal((await third.open('/account')).status, 200);
  assert.deepEqual(await outcomes(r, grace), ['skipped', 'skipped']);
});

test('the wrong paper leads straight to a new code, and guesses are paid from the one budget', async () => {
  const r = await rig();
  const { grace, jar } = await aMonthLater(r);
  const wrong = locatorOf(grace) === '0000' ? '1111' : '0000';
  const answer = await jar.submit('/account/check-up', { locator: wrong });
  assert.equal(answer.status, 422);
  assert.match(answer.text, /not how your current backup code begins/);
  assert.match(answer.text, /get a new backup code/);
  assert.equal((await jar.submit('/account/check-up', { locator: '' })).status, 422);
  assert.deepEqual(await outcomes(r, grace), ['failed'], 'an empty field is no guess');
  for (let guess = 0; guess < 4; guess += 1) await jar.submit('/account/check-up', { locator: wrong });
  assert.equal((await jar.submit('/account/check-up', { locator: locatorOf(grace) })).status, 429);
  assert.match((await jar.submit('/account/backup-code')).text, /Your backup code/);
});

test('on a remembered device the second step is used first; the paper alone is not enough', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const jar = r.browser();
  r.advance('P5D');
  await signIn(jar, grace);
  await jar.submit('/sign-in/verify', { method: 'totp', code: grace.code(), remember: 'yes' });
  await jar.submit('/sign-out');
  r.advance('P24D');
  await signIn(jar, grace);
  assert.ok(jar.cookies.has(SESSION), 'control: the password was enough');
  const page = await jar.open('/account/check-up');
  assert.match(page.text, /Use it once now/);
  const half = await jar.submit('/account/check-up', { locator: locatorOf(grace) });
  assert.match(half.text, /Now confirm with your second step too/);
  assert.deepEqual(await outcomes(r, grace), []);
  await jar.submit('/account/confirm', { 'return-to': '/account/check-up' });
  const back = await jar.submit('/sign-in/verify', { method: 'totp', code: grace.code() });
  assert.equal(back.path, '/account/check-up');
  await jar.submit('/account/check-up', { locator: locatorOf(grace) });
  assert.deepEqual(await outcomes(r, grace), ['passed']);
});

test('whoever has no second step has nothing to look for', async () => {
  const r = await rig();
  const house = await r.organisation();
  const plain = await r.person({ organisations: [house] });
  r.advance('P60D');
  const jar = r.browser();
  await signIn(jar, plain);
  assert.doesNotMatch((await jar.open('/')).text, ASKS);
  assert.equal((await jar.open('/account/check-up')).path, '/account');
  assert.equal((await jar.submit('/account/check-up', { locator: '0000' })).path, '/account');
  await jar.submit('/account/check-up/skip');
  assert.deepEqual(await outcomes(r, plain), []);
});
