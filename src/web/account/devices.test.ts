import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeAt, rig } from '#test/support/rig.ts';
import { base32, enrolledIn, signIn } from '#test/support/roads.ts';
import { inside, IPHONE, textOf } from './testing.ts';

const r = await rig();
const harbour = await r.organisation();

describe('devices and sessions', () => {
  const idIn = (text: string, action: string) =>
    new RegExp(`action="${action}"[^]*?name="id" value="([\\w-]+)"`).exec(text)?.[1] ?? '';

  it('are shown by browser and address, this one marked; another is signed out', async () => {
    const person = await r.person({ organisations: [harbour] });
    const there = await inside(r, person, { userAgent: IPHONE });
    const here = await inside(r, person);
    const page = await here.get('/account');
    assert.match(textOf(page), /Chrome on Linux This device From address 127\.0\.0\.1/);
    assert.match(textOf(page), /Safari on iPhone/);
    const done = await here.submit('/account/sessions/end', { id: idIn(page.text, '/account/sessions/end') });
    assert.match(done.text, /That device is signed out/);
    assert.equal((await there.get('/account')).status, 303);
    assert.equal((await here.get('/account')).status, 200);
  });

  it('of other people cannot be ended, and what is gone is said to be gone', async () => {
    const [grace, ann] = [
      await inside(r, await r.person({ organisations: [harbour] })),
      await r.person({ organisations: [harbour] }),
    ];
    const annHere = await inside(r, ann);
    const [hers] = await r.store.read.sessions.of(ann.id);
    const refused = await grace.post('/account/sessions/end', { id: hers?.id ?? '' });
    assert.equal(refused.status, 404);
    assert.match(refused.text, /gone already/);
    assert.equal((await annHere.get('/account')).status, 200);
    assert.equal((await grace.post('/account/devices/forget', { id: 'nothing' })).status, 404);
  });

  it('does not list a session that nobody has used for an hour', async () => {
    const person = await r.person({ organisations: [harbour] });
    await inside(r, person, { userAgent: IPHONE });
    r.advance('PT61M');
    const here = await inside(r, person);
    assert.doesNotMatch(textOf(await here.get('/account')).split('Activity What')[0] ?? '', /Safari on iPhone From/);
  });

  it('a remembered device is shown with its end, and asked again once it is forgotten', async () => {
    const person = await enrolledIn(r);
    const jar = await inside(r, person, { remember: true });
    await jar.post('/sign-out');
    assert.equal((await signIn(jar, person)).path, '/', 'remembered');
    const page = await jar.get('/account');
    assert.match(textOf(page), /Remembered devices .* This device .* Remembered until \d+ \w+ 2026/);
    const done = await jar.submit('/account/devices/forget', { id: idIn(page.text, '/account/devices/forget') });
    assert.match(done.text, /not remembered any more/);
    await jar.post('/sign-out');
    assert.equal((await signIn(jar, person)).path, '/sign-in/verify');
  });

  it('Sign out everywhere means everywhere, here included', async () => {
    const person = await enrolledIn(r);
    const [here, there] = [await inside(r, person, { remember: true }), await inside(r, person)];
    const out = await here.post('/account/sign-out-everywhere');
    assert.equal(out.location, '/sign-in?notice=signed-out');
    assert.equal(out.headers.get('clear-site-data'), '"cache"');
    assert.equal((await here.get('/account')).status, 303);
    assert.equal((await there.get('/account')).status, 303);
    assert.equal((await signIn(here, person)).path, '/sign-in/verify', 'not remembered any more');
  });
});

describe('activity', () => {
  it('says in plain words what happened, when and on what', async () => {
    const person = await r.person({ organisations: [harbour] });
    await r.browser({ userAgent: IPHONE }).post('/sign-in', { address: person.email, password: 'a wrong password' });
    const page = textOf(await (await inside(r, person)).get('/account'));
    assert.match(page, /Signed in with the password \d+ March 2026, \d\d:\d\d · Chrome on Linux · 127\.0\.0\.1/);
    assert.match(page, /A wrong password was refused \d+ March 2026, \d\d:\d\d · Safari on iPhone/);
  });

  it('says it in Dutch too, and tells a replaced phone from a removed one', async () => {
    const person = await r.person({ organisations: [harbour], enrolled: true, language: 'nl' });
    const jar = await inside(r, person);
    await jar.submit('/account/move');
    const scan = await jar.submit('/enrol/choice', { choice: 'totp' });
    assert.match(scan.text, /QR-code/);
    const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(scan.text)?.[1] ?? '');
    await jar.submit('/enrol/scanned');
    assert.match((await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) })).path, /^\/enrol\/done/);
    const page = textOf(await jar.get('/account'));
    assert.match(page, /Vervangen door: Authenticator-app/);
    assert.match(page, /Ingelogd in twee stappen/);
    assert.doesNotMatch(page, /Verwijderd:/);
  });
});
