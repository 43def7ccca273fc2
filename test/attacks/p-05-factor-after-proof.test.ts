import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Jar } from '#test/support/jar.ts';
import { codeAt, type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn, wizard } from '#test/support/roads.ts';
import { sceneAt, secretOn } from './support/scenes.ts';
import {
  mailsAbout,
  me,
  onBoth,
  PHONE,
  pendingOf,
  says,
  secondStep,
  signedInWithCode,
  snapshot,
} from './support/in-process.ts';

const OTHER_PHONE = '+447700900456';

test('started and left: the account is what it was, and the new secret opens nothing', async () => {
  const r = await rig();
  const { person, secret } = await sceneAt(r, 'proving');
  assert.deepEqual(await typesOf(r, person), ['password']);
  const again = r.browser();
  assert.match((await signIn(again, person)).path, /^\/sign-in\/prompt/);
  const answer = await again.post('/sign-in/verify', { method: 'totp', code: codeAt(secret, r.wall()) });
  assert.equal(answer.location, '/sign-in/prompt');
  assert.equal(await me(r, again), null);
});

test('moving to a new phone: the old one works and the new one does not, until it is proved; then the other way round', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await signedInWithCode(r, ann);
  const { next, page } = await moving(r, jar);
  assert.match(page, /QR code for your authenticator app/);

  r.advance('PT30S');
  const other = await pendingOf(r, ann);
  says(await other.submit('/sign-in/verify', { method: 'totp', code: codeAt(next, r.wall()) }), /not the right code/);
  await secondStep(r, other, ann);
  const told = await mailsAbout(r, ann, /./);

  r.advance('PT30S');
  await jar.submit('/enrol/scanned');
  await jar.submit('/enrol/code', { code: codeAt(next, r.wall()) });
  assert.equal(await me(r, jar), ann.id);
  assert.deepEqual(await totpKeys(r, ann), [hex(next)], 'one, and the new one');
  assert.equal(await me(r, other), null, 'the other session is over');
  assert.ok((await mailsAbout(r, ann, /./)) > told, 'the owner is told');

  r.advance('PT30S');
  const late = await pendingOf(r, ann);
  says(await late.submit('/sign-in/verify', { method: 'totp', code: ann.code() }), /not the right code/);
  await late.submit('/sign-in/verify', { method: 'totp', code: codeAt(next, r.wall()) });
  assert.equal(await me(r, late), ann.id);
});

onBoth('five wrong codes, then the right one: refused, and nothing is bound', async (r) => {
  const { person, jar, secret } = await sceneAt(r, 'proving');
  for (let guess = 0; guess < 5; guess += 1)
    says(await jar.submit('/enrol/code', { code: wrong(secret, r) }), /not the right code/);
  says(await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) }), /too many wrong codes/, 429);
  assert.deepEqual(await typesOf(r, person), ['password']);
  r.advance('PT16M');
  await finishAnew(r, person);
});

onBoth('a wizard is worth nothing in another session, of the same person or of another', async (r) => {
  const house = await r.organisation();
  const ann = await r.person({ organisations: [house] });
  const bob = await r.person({ organisations: [house], name: 'Bob Rivers' });
  const [a, b, c] = [r.browser(), r.browser(), r.browser()];
  await signIn(a, ann);
  await signIn(b, ann);
  await signIn(c, bob);
  await a.submit('/account/enable');
  await a.submit('/sign-in/verify', { method: 'password', code: ann.password });
  const secret = secretOn((await a.submit('/enrol/choice', { choice: 'totp' })).text);
  await a.submit('/enrol/scanned');
  for (const [name, jar] of [
    ['her own other session', b],
    ["Bob's session", c],
  ] as const) {
    const thief = jar.copy();
    thief.cookies.set('__Host-attempt', a.cookies.get('__Host-attempt') ?? '');
    for (const browser of [jar, thief]) {
      const answer = await browser.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
      assert.doesNotMatch(answer.text, /Your backup code/, name);
      assert.ok(answer.status < 500, name);
    }
  }
  const bare = r.browser();
  bare.cookies.set('__Host-attempt', a.cookies.get('__Host-attempt') ?? '');
  assert.match((await bare.submit('/enrol/code', { code: codeAt(secret, r.wall()) })).path, /^\/sign-in/);
  for (const person of [ann, bob]) assert.deepEqual(await typesOf(r, person), ['password']);

  assert.match((await a.submit('/enrol/code', { code: codeAt(secret, r.wall()) })).text, /Add an SMS code/);
  assert.deepEqual(await typesOf(r, ann), ['password', 'totp']);
  assert.deepEqual(await typesOf(r, bob), ['password']);
});

onBoth('begun twice: the first that is proved lives, and the second is dead', async (r) => {
  const house = await r.organisation();
  await r.campaign({ organisation: house.id });
  const ann = await r.person({ organisations: [house] });
  const [one, two] = await Promise.all([begun(r, ann), begun(r, ann)]);
  assert.notDeepEqual(one.secret, two.secret);
  // Two tabs of one browser are one wizard, with one QR code.
  assert.deepEqual(secretOn((await one.jar.submit('/enrol/back')).text), one.secret);
  await one.jar.submit('/enrol/scanned');

  await one.jar.submit('/enrol/code', { code: codeAt(one.secret, r.wall()) });
  const late = await two.jar.submit('/enrol/code', { code: codeAt(two.secret, r.wall()) });
  assert.match(late.path, /^\/sign-in/);
  assert.deepEqual(await totpKeys(r, ann), [hex(one.secret)]);
  assert.equal(await me(r, two.jar), null);
});

onBoth('both at the same moment: one secret lives', async (r) => {
  const house = await r.organisation();
  await r.campaign({ organisation: house.id });
  const ann = await r.person({ organisations: [house] });
  const wizards = await Promise.all([begun(r, ann), begun(r, ann), begun(r, ann)]);
  const answers = await Promise.all(
    wizards.map(({ jar, secret }) => jar.post('/enrol/code', { code: codeAt(secret, r.wall()) })),
  );
  for (const { status } of answers) assert.ok(status < 500);
  assert.equal((await totpKeys(r, ann)).length, 1);
});

test('fifteen minutes later a QR code is worth nothing', async () => {
  const r = await rig();
  const { person, jar, secret } = await sceneAt(r, 'proving');
  r.advance('PT15M');
  const answer = await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
  assert.match(answer.path, /^\/sign-in\?notice=attempt-expired/);
  assert.match(answer.text, /Please sign in again/);
  assert.deepEqual(await typesOf(r, person), ['password']);
  await finishAnew(r, person);
});

test('signed out and in again: the wizard from before is dead', async () => {
  const r = await rig();
  const { person, jar, secret } = await sceneAt(r, 'proving');
  const old = jar.copy();
  await jar.submit('/sign-out');
  await signIn(jar, person);
  for (const browser of [jar, old]) {
    const answer = await browser.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
    assert.match(answer.path, /^\/sign-in/);
  }
  assert.deepEqual(await typesOf(r, person), ['password']);
  await finishAnew(r, person);
});

onBoth('the number that is stored is the number that was proved', async (r) => {
  const { person, jar } = await sceneAt(r, 'sms-sent');
  const first = await textTo(r, PHONE);
  says(await jar.submit('/enrol/sms', { number: OTHER_PHONE }), /A code is on its way/, 429);
  await jar.submit('/enrol/back');
  r.advance('PT61S');
  await jar.submit('/enrol/sms', { number: OTHER_PHONE });
  says(await jar.submit('/enrol/sms/code', { code: first, number: OTHER_PHONE }), /./);
  assert.deepEqual(await typesOf(r, person), ['password', 'totp'], 'the code of one number proves no other');

  const second = await textTo(r, OTHER_PHONE);
  await jar.submit('/enrol/sms/code', { code: second, number: PHONE, hint: '123' });
  const bound = (await r.store.read.authenticators.of(person.id)).find((one) => one.type === 'sms');
  assert.equal(new TextDecoder().decode(bound?.secret.reveal()), OTHER_PHONE);
});

test('a backup code that was never confirmed opens nothing, and the wizard goes on there', async () => {
  const r = await rig();
  const { person, jar, secret, backupCode } = await sceneAt(r, 'keeping-code');
  says(await jar.submit('/enrol/backup-code', { locator: backupCode.slice(0, 4) }), /tick the box/);
  says(await jar.submit('/enrol/backup-code', { saved: 'yes', locator: '0000' }), /first four characters/);
  assert.ok(!jar.cookies.has(SESSION));
  r.advance('PT20M');
  const again = r.browser();
  await signIn(again, person);
  const paper = await again.submit('/sign-in/verify', { method: 'backup-code', code: backupCode });
  assert.ok(paper.status >= 400);
  assert.equal(await me(r, again), null);
  const page = await again.submit('/sign-in/verify', { method: 'totp', code: codeAt(secret, r.wall()) });
  assert.match(page.text, /Your backup code/);
  assert.ok(!page.text.includes(backupCode), 'a new one: nobody knows who saw the other');
});

test('after the proof no address shows the secret again', async () => {
  const r = await rig();
  const { jar, secret } = await sceneAt(r, 'proving');
  const shown = base32Of(secret);
  const back = await jar.submit('/enrol/back');
  assert.ok(back.text.includes(shown), 'control: before the proof it is the same one, by back and reload');
  assert.equal(back.headers.get('cache-control'), 'no-store');
  await jar.submit('/enrol/scanned');
  await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
  const look = async (paths: string[]) => {
    for (const path of paths)
      for (const answer of [await jar.open(path), await jar.submit('/enrol/back'), await jar.submit('/enrol/scanned')])
        assert.ok(!answer.text.includes(shown), path);
  };
  await look(['/enrol', '/enrol?step=2', '/sign-in']);
  const code =
    /data-copy="([0-9A-Z]{4})(?:-[0-9A-Z]{4}){4}"/.exec((await jar.submit('/enrol/sms/skip')).text)?.[1] ?? '';
  await jar.submit('/enrol/backup-code', { saved: 'yes', locator: code });
  assert.ok(jar.cookies.has(SESSION));
  await look(['/enrol', '/enrol/done', '/account', '/']);
  assert.ok(!(await jar.post('/enrol/backup-code/file')).text.includes(code));
});

test('three changes of the wizard leave the stored account alone', async () => {
  const r = await rig();
  const { person, jar } = await sceneAt(r, 'scanning');
  const before = await snapshot(r, person);
  await jar.submit('/enrol/label', { label: 'My phone' });
  await jar.submit('/enrol/choice', { choice: 'totp' });
  await jar.submit('/enrol/leave');
  assert.equal(await snapshot(r, person), before);
});

async function begun(r: Rig, person: Person): Promise<{ jar: Jar; secret: Uint8Array }> {
  const jar = await pendingOf(r, person);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  const secret = secretOn((await jar.submit('/enrol/choice', { choice: 'totp' })).text);
  await jar.submit('/enrol/scanned');
  return { jar, secret };
}

async function moving(r: Rig, jar: Jar) {
  assert.equal((await jar.submit('/account/move')).path, '/enrol', 'control: fresh enough to move');
  const page = (await jar.submit('/enrol/choice', { choice: 'totp' })).text;
  assert.ok(await me(r, jar));
  return { next: secretOn(page), page };
}

async function finishAnew(r: Rig, person: Person): Promise<void> {
  const jar = await pendingOf(r, person);
  await jar.submit('/sign-in/prompt', { answer: 'enable' });
  await wizard(r, jar);
  assert.equal(await me(r, jar), person.id, 'control: the honest road leads in');
}

async function typesOf(r: Rig, { id }: Person): Promise<string[]> {
  return (await r.store.read.authenticators.of(id)).map((one) => one.type).sort((one, other) => (one < other ? -1 : 1));
}

async function totpKeys(r: Rig, { id }: Person): Promise<string[]> {
  const bound = await r.store.read.authenticators.of(id);
  return bound.filter((one) => one.type === 'totp').map((one) => hex(one.secret.reveal()));
}

async function textTo(r: Rig, number: string): Promise<string> {
  return /\d{6}/.exec((await r.messages(number))[0]?.text ?? '')?.[0] ?? '';
}

/** Six digits that no step of the last and next minutes has. */
function wrong(secret: Uint8Array, r: Rig): string {
  const near = new Set(Array.from({ length: 60 }, (_, i) => codeAt(secret, r.wall(), i - 30)));
  return ['000001', '000002', '000003'].find((one) => !near.has(one)) ?? '';
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function base32Of(bytes: Uint8Array): string {
  const bits = [...bytes].map((one) => one.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[parseInt(five, 2)]).join('');
}
