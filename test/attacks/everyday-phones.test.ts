// What people do with a paired phone on an ordinary day, and what must be gone afterwards.
import assert from 'node:assert/strict';
import type { Answered } from '#test/support/jar.ts';
import { asking, codeIn, enrolledWithPhone, numberOn, pairPhone, type Phone } from '#test/support/paired-phone.ts';
import { codeAt, type Person, type Rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';
import { levelOf, mailsAbout, onBoth, says, whoOf } from './support/in-process.ts';

onBoth('move to a new phone: the old one, its codes with it, ends in the same commit', async (r) => {
  const { person, jar, phone: old } = await enrolledWithPhone(r);
  await jar.submit('/account/move');
  const scan = await jar.submit('/enrol/choice', { choice: 'app' });
  assert.match(scan.text, /Step 2 of 3/);
  const fresh = await pairPhone(r, codeIn(scan));
  assert.deepEqual(await types(r, person), ['app', 'backup-code', 'password', 'totp'], 'the old one until the test');
  const asked = await fresh.asked();
  assert.ok(asked);
  assert.equal((await fresh.answer(asked, numberOn(await jar.get('/enrol')))).status, 200);
  const done = await jar.submit('/enrol/app');
  assert.match(done.path, /^\/enrol\/done/);
  assert.deepEqual(await types(r, person), ['app', 'backup-code', 'password', 'totp']);

  assert.equal((await tellsIt(old)).status, 410);
  const second = await asking(r, person);
  assert.equal((await old.answer({ ...(await one(fresh)) }, numberOn(second.page))).status, 410);
  says(await second.jar.post('/sign-in/verify', { method: 'totp', code: codeAt(old.codes, r.wall()) }), /./);
  const form = { method: 'totp', code: codeAt(fresh.codes, r.wall()) };
  assert.equal((await second.jar.post('/sign-in/verify', form)).location, '/');
});

onBoth('shown, renamed, kept while a campaign asks, and removed as one', async (r, { meddle }) => {
  const { person, jar, phone } = await enrolledWithPhone(r);
  const codes = (await r.store.read.authenticators.of(person.id)).find(({ type }) => type === 'totp');
  assert.equal(codes?.partOf, phone.device);
  const page = await jar.get('/account');
  assert.ok(!page.text.includes(codes.id), 'the codes are part of it');
  for (const path of ['rename', 'remove'])
    assert.equal((await jar.get(`/account/authenticators/${codes.id}/${path}`)).status, 404, path);
  assert.equal((await jar.post('/account/authenticators/rename', { id: codes.id, label: 'x' })).status, 404);
  assert.equal((await jar.post('/account/authenticators/remove', { id: codes.id })).status, 404);
  const renamed = await jar.submit('/account/authenticators/rename', { id: phone.device, label: 'Work phone' });
  assert.match(renamed.text, /Work phone/);
  // The organisation runs a campaign: the last second step stays.
  assert.equal((await jar.post('/account/authenticators/remove', { id: phone.device })).status, 409);
  assert.deepEqual(await types(r, person), ['app', 'backup-code', 'password', 'totp']);
  await meddle(`update campaigns set status = 'draft'`);
  assert.match((await jar.submit('/account/authenticators/remove', { id: phone.device })).path, /done=removed/);
  assert.deepEqual(await types(r, person), ['password']);
  assert.equal((await tellsIt(phone)).status, 410);
});

onBoth('a change that needs a fresh proof: the phone gives it, and the session goes on', async (r) => {
  const { person, jar, phone } = await enrolledWithPhone(r);
  r.advance('PT6M');
  assert.equal((await jar.get('/account/password')).status, 403);
  await jar.submit('/account/confirm', { 'return-to': '/account/password' });
  const page = await jar.submit('/sign-in/verify/app');
  assert.equal((await phone.answer(await one(phone), numberOn(page))).status, 200);
  const back = await jar.submit('/sign-in/verify/app/done');
  assert.equal(back.path, '/account/password');
  assert.equal(await levelOf(r, jar), 'aal2');
  assert.equal((await whoOf(r, jar))?.isFresh, true);
  assert.equal((await r.store.read.sessions.of(person.id)).length, 1);
});

onBoth('remembered after an approval, the device needs the password alone; the owner heard of the phone', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  assert.ok((await mailsAbout(r, person, /Nachtslot Authenticator/)) > 0);
  const { jar, page } = await asking(r, person);
  assert.equal((await phone.answer(await one(phone), numberOn(page))).status, 200);
  await jar.submit('/sign-in/verify/app/done', { remember: 'yes' });
  await jar.submit('/sign-out');
  await signIn(jar, person);
  assert.equal(await levelOf(r, jar), 'aal1');
});

onBoth('pressed twice, or after a reload: the same request, the same number', async (r) => {
  const { person, phone } = await enrolledWithPhone(r);
  const { jar, page } = await asking(r, person);
  const asked = await one(phone);
  assert.equal(numberOn(await jar.submit('/sign-in/verify/app')), numberOn(page));
  assert.equal(numberOn(await jar.get('/sign-in/verify?with=app')), numberOn(page));
  assert.equal((await one(phone)).id, asked.id);
  assert.match((await jar.get('/sign-in/verify?with=other')).text, /Approve in Nachtslot Authenticator/);
  assert.equal(state(await jar.get('/sign-in/verify/app/state')), `waiting ${asked.id}`);
  await phone.answer(asked, numberOn(page));
  assert.equal(state(await jar.get('/sign-in/verify/app/state')), 'approved');
});

function state({ text }: Answered): string {
  return (JSON.parse(text) as { state: string }).state;
}

function tellsIt({ jar, device, token }: Phone): Promise<Answered> {
  return jar.post('/authenticator/requests', { device, token });
}

async function one(phone: Phone) {
  const asked = await phone.asked();
  assert.ok(asked, 'control: the phone is asked');
  return asked;
}

async function types(r: Rig, person: Person): Promise<string[]> {
  return (await r.store.read.authenticators.of(person.id)).map(({ type }) => type).sort();
}

onBoth('reported lost: the phone and the codes that came with it open nothing any more', async (r) => {
  const { person, phone, code } = await enrolledWithPhone(r);
  const paper = r.browser();
  await signIn(paper, person);
  await paper.submit('/sign-in/verify', { method: 'backup-code', code });
  await paper.submit('/sign-in/phone', { phone: 'lost' });
  const alive = (await r.store.read.authenticators.of(person.id)).filter(({ disabledAt }) => !disabledAt);
  assert.deepEqual(
    alive.map(({ type }) => type),
    ['password'],
  );
  const thief = await asking(r, person);
  assert.ok(thief.page.status >= 400);
  const form = { method: 'totp', code: codeAt(phone.codes, r.wall()) };
  assert.ok((await thief.jar.post('/sign-in/verify', form)).status >= 400);
});
