import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rig } from '#test/support/rig.ts';
import { enrolledIn, SESSION, signIn } from '#test/support/roads.ts';
import { inside } from './testing.ts';

const r = await rig();
const harbour = await r.organisation();

describe('sign out', () => {
  it('ends the session on the server: a copied cookie is worth nothing', async () => {
    const jar = await inside(r, await r.person({ organisations: [harbour] }));
    const thief = jar.copy();
    const out = await jar.post('/sign-out');
    assert.deepEqual([out.status, out.location], [303, '/sign-in?notice=signed-out']);
    assert.equal(out.headers.get('clear-site-data'), '"cache"');
    assert.ok(!jar.cookies.has(SESSION));
    assert.equal((await thief.get('/account')).status, 303);
  });

  it('ends a sign-in that was only begun', async () => {
    const person = await enrolledIn(r);
    const jar = r.browser();
    await signIn(jar, person);
    const thief = jar.copy();
    await jar.post('/sign-out');
    const late = await thief.post('/sign-in/verify', { method: 'totp', code: person.code() });
    assert.match(late.location ?? '', /^\/sign-in\?notice=attempt-expired/);
  });

  it('answers the same for nobody, and is no link', async () => {
    assert.equal((await r.browser().post('/sign-out')).location, '/sign-in?notice=signed-out');
    const jar = await inside(r, await r.person({ organisations: [harbour] }));
    assert.equal((await jar.get('/sign-out')).status, 405);
    assert.equal((await jar.post('/sign-out', {}, { origin: 'https://evil.example' })).status, 403);
    assert.equal((await jar.get('/account')).status, 200, 'nobody else signs a person out');
  });
});

describe('the language', () => {
  it('is kept in the browser of a stranger, with the page they were on', async () => {
    const jar = r.browser();
    const back = '/sign-in?return-to=%2Faccount';
    const answer = await jar.post('/language', { language: 'nl', 'return-to': back });
    assert.equal(answer.location, back);
    assert.match((await jar.get(back)).text, /<html lang="nl"/);
  });

  it('is kept with the account of somebody signed in', async () => {
    const person = await r.person({ organisations: [harbour] });
    await (await inside(r, person)).post('/language', { language: 'nl', 'return-to': '/account' });
    assert.match((await (await inside(r, person)).get('/account')).text, /Mijn account/);
  });

  it('can be changed in the middle of a sign-in, and changes nothing about the account yet', async () => {
    const person = await enrolledIn(r);
    const jar = r.browser();
    await signIn(jar, person);
    const page = await jar.submit('/language', { language: 'nl', 'return-to': '/sign-in/verify' });
    assert.equal(page.path, '/sign-in/verify');
    assert.match(page.text, /6-cijferige code/);
    assert.equal((await r.store.read.accounts.byId(person.id))?.language, 'en');
  });

  it('sends nobody away, and refuses what is no language', async () => {
    const jar = r.browser();
    for (const evil of ['https://evil.example/', '//evil.example', '/\\evil.example'])
      assert.equal((await jar.post('/language', { language: 'nl', 'return-to': evil })).location, '/');
    assert.equal((await jar.post('/language', { language: 'xx', 'return-to': '/help' })).status, 400);
  });
});
