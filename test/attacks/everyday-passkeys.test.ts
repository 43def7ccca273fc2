// What people do with passkeys every day, and what must come of it: the invitation, the order of the ways, the wizard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { softAuthenticator } from '#test/support/authenticator.ts';
import type { Jar } from '#test/support/jar.ts';
import { asked, atCeremony, DOOR, enrolledWithPasskey, signInWith } from '#test/support/passkeys.ts';
import { type Person, rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';

const origin = 'https://id.example.test';
const INVITED = /A passkey instead of your password/;
const r = await rig();

test('the wizard with a passkey: four steps, a backup code, and a session of the strongest kind', async () => {
  const device = softAuthenticator({ origin });
  const { person, jar, code } = await enrolledWithPasskey(r, device);
  assert.match(code, /^....-....-....-....-....$/);
  const types = (await r.store.read.authenticators.of(person.id)).map(({ type }) => type).sort();
  assert.deepEqual(types, ['backup-code', 'passkey', 'password']);
  const lines = (await r.store.read.audit.of(person.id, 50)).filter(({ event }) => event === 'sign-in.complete');
  assert.equal(lines[0]?.detail['level'], 'aal2-phr');
  assert.equal((await jar.get('/account')).status, 200);
  const letters = (await r.messages(person.email)).map((one) => one.text).join('\n');
  assert.match(letters, /was added to your account at Harbour Freight as a second step: passkey/);
});

test('back from the passkey leads to the choice, and the app can be taken instead', async () => {
  const { jar } = await atCeremony(r);
  const choice = await jar.submit('/enrol/back');
  assert.match(choice.text, /name="choice"/);
  const scan = await jar.submit('/enrol/choice', { choice: 'totp' });
  assert.match(scan.text, /Step 2 of 5/);
  assert.equal((await jar.post(`${DOOR.wizard}/options`)).status, 409, 'an old tab has nothing to ask any more');
});

test('moving to a new phone replaces the app and leaves the passkey, which may not be on that phone', async () => {
  const person = await enrolledIn(r);
  const jar = await insideWith(person);
  const device = softAuthenticator({ origin });
  await jar.submit('/account/passkeys', { credential: device.create(await asked(jar, '/account/passkeys')) });
  await jar.submit('/account/move');
  const scan = await jar.submit('/enrol/choice', { choice: 'totp' });
  assert.match(scan.text, /Step 2 of 3/);
  await jar.submit('/enrol/choice', { choice: 'passkey' });
  const other = softAuthenticator({ origin });
  await jar.submit(DOOR.wizard, { credential: other.create(await asked(jar, DOOR.wizard)) });
  const types = (await r.store.read.authenticators.of(person.id)).map(({ type }) => type).sort();
  assert.deepEqual(types, ['backup-code', 'passkey', 'passkey', 'password']);
  for (const one of [device, other]) assert.equal((await signInWith(r.browser(), one)).location, '/');
});

test('the best way comes first; on a device where another worked last, that one does', async () => {
  const person = await enrolledIn(r);
  const jar = await insideWith(person);
  const device = softAuthenticator({ origin });
  await jar.submit('/account/passkeys', { credential: device.create(await asked(jar, '/account/passkeys')) });

  const fresh = r.browser();
  assert.match((await signIn(fresh, person)).text, /data-passkey="use"/, 'a passkey is the best there is');
  r.advance('PT30S');
  await fresh.submit('/sign-in/verify?with=totp', { method: 'totp', code: person.code() });
  await fresh.submit('/sign-out');
  const page = await signIn(fresh, person);
  assert.match(page.text, /name="method" value="totp"/, 'here it was the app');
  await fresh.submit('/sign-in/cancel');

  assert.equal((await signInWith(fresh, device)).location, '/');
  await fresh.submit('/sign-out');
  const start = (await fresh.get('/sign-in')).text;
  assert.ok(start.indexOf('data-passkey') < start.indexOf('name="password"'), 'and now the passkey leads');
});

test('a session by passkey alone is raised again by the passkey, or by the password and another way', async () => {
  const person = await enrolledIn(r);
  const device = softAuthenticator({ origin });
  const first = await insideWith(person);
  await first.submit('/account/passkeys', { credential: device.create(await asked(first, '/account/passkeys')) });
  const jar = r.browser();
  await signInWith(jar, device);
  r.advance('PT6M');
  assert.equal((await jar.get('/account/password')).status, 403);
  const verify = await jar.submit('/account/confirm', { 'return-to': '/account/password' });
  assert.match(verify.text, /data-passkey="use"/);
  const ways = await jar.get('/sign-in/verify?with=other');
  assert.match(ways.text, /Use your password/);
  const touched = device.get(await asked(jar, DOOR.second), { flags: { off: 4 } });
  assert.equal((await jar.post(DOOR.second, { credential: touched })).status, 422, 'alone it has to check its owner');
  const done = await jar.submit(DOOR.second, { credential: device.get(await asked(jar, DOOR.second)) });
  assert.equal(done.path, '/account/password');
});

test('whoever signs in with a password is invited to a passkey twice a year, and never after a no', async () => {
  const person = await enrolledIn(r);
  const isInvited = async () => INVITED.test((await (await insideWith(person)).get('/')).text);
  assert.equal(await isInvited(), false, 'not in the week of setting up');
  r.advance('P8D');
  assert.equal(await isInvited(), true);
  assert.equal(await isInvited(), false, 'not at the next sign-in');
  r.advance('P100D');
  assert.equal(await isInvited(), false);
  r.advance('P83D');
  assert.equal(await isInvited(), false, 'not beside the check-up: one question at a time, and this one keeps');
  await r.store.transaction((tx) => tx.checkUps.record(person.id, { at: r.now(), outcome: 'passed' }));
  const jar = await insideWith(person);
  assert.match((await jar.get('/')).text, INVITED);
  assert.match((await jar.get('/')).text, INVITED, 'it stays as long as one is signed in');
  await jar.submit('/account/passkeys/not-now');
  assert.doesNotMatch((await jar.get('/')).text, INVITED);
  r.advance('P200D');
  assert.equal(await isInvited(), false, 'no is no for a year');
  r.advance('P166D');
  assert.equal(await isInvited(), true);
  const { length } = await r.store.read.passkeys.invitations(person.id);
  assert.equal(length, 3);
});

test('nobody is invited while a campaign asks for something else, where none are offered, or who has one', async () => {
  const asks = await r.organisation();
  await r.campaign({ organisation: asks.id, deadline: null });
  const alone = await r.person({ organisations: [asks] });
  const jar = r.browser();
  await signIn(jar, alone);
  assert.doesNotMatch((await jar.submit('/sign-in/prompt', { answer: 'later' })).text, INVITED);

  const none = await r.organisation({ policy: { passkeysOffered: false } });
  const shut = await r.person({ organisations: [none], enrolled: true });
  r.advance('P8D');
  const inside = await insideWith(shut);
  assert.doesNotMatch((await inside.get('/')).text, INVITED);
  assert.doesNotMatch((await inside.get('/account')).text, /Add a passkey/);
  assert.equal((await inside.get('/account/passkeys/new')).location, '/account');
  assert.equal((await inside.post('/account/passkeys/options')).status, 409);

  const device = softAuthenticator({ origin });
  const { person } = await enrolledWithPasskey(r, device);
  r.advance('P8D');
  const pending = r.browser();
  await signIn(pending, person);
  const page = await pending.submit(DOOR.second, { credential: device.get(await asked(pending, DOOR.second)) });
  assert.equal(page.path, '/');
  assert.doesNotMatch(page.text, INVITED);
});

test('an organisation that no longer accepts the only passkey leads its owner to another way', async () => {
  const device = softAuthenticator({ origin });
  const { person, code } = await enrolledWithPasskey(r, device);
  const strict = await r.organisation({ policy: { passkeysOffered: false } });
  await r.store.transaction((tx) =>
    tx.accounts.join({ account: person.id, organisation: strict.id, role: 'member', joinedAt: r.now() }),
  );
  const jar = r.browser();
  const verify = await signIn(jar, person);
  assert.doesNotMatch(verify.text, /data-passkey/);
  const wizard = await jar.submit('/sign-in/verify', { method: 'backup-code', code });
  assert.equal(wizard.path, '/enrol');
  assert.doesNotMatch(wizard.text, /value="passkey"/);
  assert.match(wizard.text, /value="totp"/);
});

async function insideWith(person: Person): Promise<Jar> {
  const jar = r.browser();
  await signIn(jar, person);
  r.advance('PT30S');
  const page = await jar.submit('/sign-in/verify', { method: 'totp', code: person.code() });
  assert.equal(page.path, '/', page.text.slice(0, 500));
  return jar;
}
