import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { inside } from './testing.ts';

const r = await rig();
const harbour = await r.organisation();
const NEW_PASSWORD = 'seven copper kettles on a hill';

describe('a change of the password', () => {
  it('waits for a fresh proof, and comes back after it', async () => {
    const person = await r.person({ organisations: [harbour] });
    const jar = await inside(r, person);
    r.advance('PT6M');
    const stale = await jar.get('/account/password');
    assert.equal(stale.status, 403);
    assert.match(stale.text, /name="return-to" value="\/account\/password"/);
    await jar.submit('/account/confirm', { 'return-to': '/account/password' });
    const page = await jar.submit('/sign-in/verify', { method: 'password', code: person.password });
    assert.deepEqual([page.status, page.path], [200, '/account/password']);
  });

  it('is refused beside the field, and changes nothing', async () => {
    const person = await r.person({ organisations: [harbour] });
    const jar = await inside(r, person);
    const short = await jar.post('/account/password', { password: 'short', repeated: 'short' });
    assert.equal(short.status, 422);
    assert.match(short.text, /id="password-error"[^]*at least 15 characters/);
    const differ = await jar.post('/account/password', { password: NEW_PASSWORD, repeated: `${NEW_PASSWORD}!` });
    assert.equal(differ.status, 422);
    assert.match(differ.text, /id="repeated-error"/);
    assert.ok(!differ.text.includes(NEW_PASSWORD), 'what was typed is not sent back');
    assert.equal((await signIn(r.browser(), person)).path, '/');
  });

  it('ends every other session, and this one goes on under a new name', async () => {
    const person = await r.person({ organisations: [harbour] });
    const [here, there] = [await inside(r, person), await inside(r, person)];
    const before = here.copy();
    const done = await here.submit('/account/password', { password: NEW_PASSWORD, repeated: NEW_PASSWORD });
    assert.match(done.text, /Your password is changed/);
    assert.equal((await there.get('/account')).status, 303);
    assert.equal((await before.get('/account')).status, 303, 'the old identifier is dead');
    assert.equal((await signIn(r.browser(), person)).status, 422);
    assert.equal((await signIn(r.browser(), { ...person, password: NEW_PASSWORD })).path, '/');
  });
});

describe('authenticators', () => {
  const idOn = (text: string, what: string) => new RegExp(`/account/authenticators/([\\w-]+)/${what}`).exec(text)?.[1];

  it('are renamed; an empty name is refused beside the field', async () => {
    const jar = await inside(r, await enrolledIn(r));
    const id = idOn((await jar.get('/account')).text, 'rename') ?? '';
    const refused = await jar.post('/account/authenticators/rename', { id, label: '  ' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="label-error"/);
    const done = await jar.submit('/account/authenticators/rename', { id, label: 'Work phone' });
    assert.match(done.text, /The new name is saved/);
    assert.match(done.text, /Work phone/);
  });

  it('of other people are not there', async () => {
    const [grace, ann] = [await inside(r, await enrolledIn(r)), await inside(r, await enrolledIn(r))];
    const hers = idOn((await ann.get('/account')).text, 'rename') ?? '';
    for (const answer of [
      await grace.get(`/account/authenticators/${hers}/rename`),
      await grace.get(`/account/authenticators/${hers}/remove`),
      await grace.post('/account/authenticators/rename', { id: hers, label: 'Mine' }),
      await grace.post('/account/authenticators/remove', { id: hers }),
    ])
      assert.equal(answer.status, 404);
    assert.doesNotMatch((await ann.get('/account')).text, /Mine/);
  });

  it('are removed after a page that says what goes with them', async () => {
    const person = await enrolledIn(r, '+447700900123');
    const jar = await inside(r, person);
    const id = idOn((await jar.get('/account')).text, 'remove') ?? '';
    const asked = await jar.get(`/account/authenticators/${id}/remove`);
    assert.match(asked.text, /your password alone opens your account again/);
    const done = await jar.submit('/account/authenticators/remove', { id });
    assert.match(done.text, /It is removed/);
    assert.match(done.text, /Enable two-step verification/);
    assert.equal((await signIn(r.browser(), person)).path, '/', 'the password is enough again');
  });

  it('stay while a campaign asks for them', async () => {
    const house = await r.organisation();
    await r.campaign({ organisation: house.id });
    const person = await r.person({ organisations: [house], enrolled: true });
    const jar = await inside(r, person);
    const page = (await jar.get('/account')).text;
    assert.equal(idOn(page, 'remove'), undefined, 'no way to ask for it');
    const id = idOn(page, 'rename') ?? '';
    assert.equal((await jar.get(`/account/authenticators/${id}/remove`)).status, 409);
    const refused = await jar.post('/account/authenticators/remove', { id });
    assert.equal(refused.status, 409);
    assert.match(refused.text, /can&#39;t be removed|can't be removed/);
    assert.equal((await signIn(r.browser(), person)).path, '/sign-in/verify', 'still asked');
  });

  it('are not removed by an open screen: the proof has to be fresh', async () => {
    const person = await enrolledIn(r);
    const jar = await inside(r, person);
    const id = idOn((await jar.get('/account')).text, 'remove') ?? '';
    r.advance('PT6M');
    assert.equal((await jar.post('/account/authenticators/remove', { id })).status, 403);
    assert.equal((await signIn(r.browser(), person)).path, '/sign-in/verify');
  });
});
