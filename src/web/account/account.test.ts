import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rig } from '#test/support/rig.ts';
import { enrolledIn, signIn, wizard } from '#test/support/roads.ts';
import { inside, textOf } from './testing.ts';

const r = await rig();
const harbour = await r.organisation();

describe('the account page', () => {
  it('is for somebody signed in, and waits for them', async () => {
    const answer = await r.browser().get('/account');
    assert.deepEqual([answer.status, answer.location], [303, '/sign-in?return-to=%2Faccount']);
  });

  it('has its sections, the address, and what is not set up', async () => {
    const person = await r.person({ organisations: [harbour] });
    const page = await (await inside(r, person)).get('/account');
    for (const words of [
      'My account',
      'Password &amp; 2FA',
      'Devices and sessions',
      'Activity',
      'Language',
      person.email,
    ])
      assert.ok(page.text.includes(words), words);
    assert.match(page.text, /Enable two-step verification/);
    assert.doesNotMatch(page.text, /Get a new backup code|Move to a new phone/);
  });

  it('shows of the backup code its start and its date, and nothing else', async () => {
    const person = await enrolledIn(r);
    const page = await (await inside(r, person)).get('/account');
    const [locator = '', ...secret] = (person.backupCode ?? '').split('-');
    assert.ok(page.text.includes(`starts with ${locator}`));
    assert.equal(secret.length, 4);
    for (const group of secret) assert.ok(!page.text.includes(group), 'a secret group is on the page');
  });

  it('says why somebody is asked, and until when', async () => {
    const house = await r.organisation({ name: 'Quay & Sons', helpContact: 'help@quay.example' });
    await r.campaign({ organisation: house.id });
    const person = await r.person({ organisations: [house] });
    const jar = r.browser();
    await signIn(jar, person);
    await jar.submit('/sign-in/prompt', { answer: 'later' });
    const page = textOf(await jar.get('/account'));
    assert.match(page, /until and including Tuesday 30 June 2026/);
    assert.match(page, /Why am I asked\? Quay & Sons has asked everyone/);
    assert.match(page, /help@quay\.example/);
  });
});

describe('the wizard, from the account page', () => {
  it('asks for the password again, however fresh the session is', async () => {
    const person = await r.person({ organisations: [harbour] });
    const jar = await inside(r, person);
    const asked = await jar.submit('/account/enable');
    assert.equal(asked.path, '/sign-in/verify');
    assert.match(asked.text, /Enter your password again/);
    const choosing = await jar.submit('/sign-in/verify', { method: 'password', code: person.password });
    assert.equal(choosing.path, '/enrol');
    const done = await wizard(r, jar);
    assert.match(done.page.text, /successfully set up/);
    assert.match((await jar.open('/account')).text, /Move to a new phone/);
  });

  it('does not open for a wrong password', async () => {
    const jar = await inside(r, await r.person({ organisations: [harbour] }));
    await jar.submit('/account/enable');
    const refused = await jar.post('/sign-in/verify', { method: 'password', code: 'not my password at all' });
    assert.equal(refused.status, 422);
    assert.equal((await jar.get('/enrol')).status, 303);
  });

  it('gives a new backup code without more questions while the second step is fresh', async () => {
    const jar = await inside(r, await enrolledIn(r));
    const page = await jar.submit('/account/backup-code');
    assert.equal(page.path, '/enrol');
    assert.match(page.text, /Your backup code/);
  });

  it('asks for the second step first when it is not', async () => {
    const jar = await inside(r, await enrolledIn(r));
    r.advance('PT6M');
    const page = await jar.submit('/account/move');
    assert.equal(page.path, '/sign-in/verify');
    assert.match(page.text, /6-digit code/);
  });

  it('is not begun twice: who is enrolled goes back to the page', async () => {
    const jar = await inside(r, await enrolledIn(r));
    assert.equal((await jar.post('/account/enable')).location, '/account');
  });
});
