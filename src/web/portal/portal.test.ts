import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rig } from '#test/support/rig.ts';
import { enrolledIn, signIn } from '#test/support/roads.ts';
import { createApplication, setApplicationStatus } from '#flows/stewardship.ts';
import { administratorIn, oidcInput, stewardOf } from '#test/support/administration.ts';
import { inside, textOf } from '../account/testing.ts';

const r = await rig();
const harbour = await r.organisation();

describe('the start page', () => {
  it('is for somebody signed in', async () => {
    assert.equal((await r.browser().get('/')).location, '/sign-in');
  });

  it('greets by the first name, in the language of the person, and says where they belong', async () => {
    const quay = await r.organisation({ name: 'Quay & Sons', helpContact: '+44 7700 900123' });
    const person = await r.person({ name: 'Grace Hooper', language: 'nl', organisations: [harbour, quay] });
    const page = textOf(await (await inside(r, person)).get('/'));
    assert.match(
      page,
      /Hallo, Grace Je bent ingelogd bij (Harbour Freight en Quay & Sons|Quay & Sons en Harbour Freight)\./,
    );
    assert.match(page, /Vragen\? Ga naar \+44 7700 900123/);
  });

  it('says that a password is all there is, until when, and what to do', async () => {
    const house = await r.organisation();
    await r.campaign({ organisation: house.id });
    const jar = r.browser();
    await signIn(jar, await r.person({ organisations: [house] }));
    const page = await jar.submit('/sign-in/prompt', { answer: 'later' });
    assert.equal(page.path, '/');
    assert.match(textOf(page), /Two-step verification is off .* until and including Tuesday 30 June 2026/);
    assert.match(page.text, /action="\/account\/enable"/);
    assert.doesNotMatch(page.text, /Nothing needs your attention/);
  });

  it('says that two steps are on, and with what', async () => {
    const page = textOf(await (await inside(r, await enrolledIn(r, '+447700900123'))).get('/'));
    assert.match(page, /Two-step verification is on/);
    assert.match(page, /authenticator app, text message,? or backup code/);
    assert.match(page, /Nothing needs your attention/);
  });

  it('points at what is worth a look: wrong guesses, a second session, an old paper, a remembered device', async () => {
    const person = await enrolledIn(r);
    r.advance('P30D');
    await r.browser().post('/sign-in', { address: person.email, password: 'not it' });
    await inside(r, person);
    const jar = await inside(r, person, { remember: true });
    assert.match(textOf(await jar.get('/')), /Do you still have everything\?/);
    await jar.submit('/account/check-up/skip');
    const page = textOf(await jar.get('/'));
    assert.match(page, /Somebody gave a wrong password or code/);
    assert.match(page, /You are signed in on 2 devices/);
    assert.match(page, new RegExp(`It starts with ${person.backupCode?.slice(0, 4)}`));
    assert.match(page, /This device is remembered until/);
    r.advance('P8D');
    const later = textOf(await (await inside(r, person)).get('/'));
    assert.doesNotMatch(later, /wrong password|signed in on/, 'a week later that is no news');
  });

  it('leads to the applications that a person may use, and shows no others', async () => {
    const house = await r.organisation();
    const steward = await stewardOf(r, await administratorIn(r, [house]));
    const add = async (name: string, homeUrl: string, groups: string[] = []) => {
      const input = oidcInput(house.id);
      const made = { ...input, name, homeUrl, policy: { ...input.policy, groups } };
      const kept = await createApplication(r.deps, steward, house.id, made);
      assert.ok(kept.ok);
      return kept.application.id;
    };
    await add('Payroll', 'https://payroll.example/start');
    await add('Ledger', 'https://ledger.example/', ['Finance']);
    await add('No door', '');
    await setApplicationStatus(r.deps, steward, await add('Old rota', 'https://rota.example/'), 'disabled');
    const ann = await r.person({ organisations: [house] });
    const page = await (await inside(r, ann)).get('/');
    assert.match(page.text, /<a href="https:\/\/payroll\.example\/start">/);
    assert.doesNotMatch(page.text, /Ledger|No door|Old rota/);
    await r.store.transaction((tx) => tx.accounts.setGroups(ann.id, house.id, ['Finance']));
    assert.match((await (await inside(r, ann)).get('/')).text, /Ledger/);
    const stranger = await r.person({ organisations: [await r.organisation()] });
    assert.doesNotMatch((await (await inside(r, stranger)).get('/')).text, /Payroll|Your applications/);
  });
});
