import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enrolWithCard, printCard } from '#test/support/code-card.ts';
import type { Jar } from '#test/support/jar.ts';
import { type Person, type Rig, rig } from '#test/support/rig.ts';
import { SESSION, signIn } from '#test/support/roads.ts';

/** Somebody without a smartphone, who has just set up a card. */
async function withCard(r: Rig, policy: Record<string, unknown> = {}) {
  const house = await r.organisation({ policy });
  const joris = await r.person({ name: 'Joris Kamp', organisations: [house] });
  const jar = r.browser();
  await signIn(jar, joris);
  await jar.submit('/account/enable');
  await jar.submit('/sign-in/verify', { method: 'password', code: joris.password });
  const { codes, backupCode, page } = await enrolWithCard(jar);
  assert.match(page.text, /password and the next code of your card/);
  return { joris, jar, codes, backupCode };
}

const typed = (jar: Jar, code: string, more: Record<string, string> = {}) =>
  jar.submit('/sign-in/verify', { method: 'code-card', code, ...more });

async function signsIn(r: Rig, joris: Person, code: string) {
  const jar = r.browser();
  await signIn(jar, joris);
  return { jar, page: await typed(jar, code) };
}

async function typesOf(r: Rig, { id }: Person) {
  return (await r.store.read.authenticators.of(id)).map(({ type }) => type).sort();
}

test('a card is a second step of its own: the next number is asked for, each works once', async () => {
  const r = await rig();
  const { joris, codes } = await withCard(r);
  assert.equal(codes.length, 20);
  const jar = r.browser();
  const asked = await signIn(jar, joris);
  assert.match(asked.text, /Code number 2 of your card/);
  for (const wrong of [codes[0], codes[2]]) {
    const answer = await typed(jar, wrong ?? '');
    assert.equal(answer.status, 422);
    assert.match(answer.text, /not code number 2 of your newest card/);
  }
  const inside = await typed(jar, codes[1] ?? '');
  assert.ok(jar.cookies.has(SESSION), inside.text.slice(0, 300));
  assert.doesNotMatch(inside.text, /still have your phone/);
  const next = r.browser();
  assert.match((await signIn(next, joris)).text, /Code number 3 of your card/);
  assert.equal((await typed(next, codes[1] ?? '')).status, 422, 'a used one');
  const { evidence } = (await r.store.read.sessions.of(joris.id)).at(-1) ?? {};
  assert.deepEqual(
    evidence?.map(({ type }) => type),
    ['password', 'code-card'],
  );
});

test('a device may be remembered after a card', async () => {
  const r = await rig();
  const { joris, codes } = await withCard(r);
  const jar = r.browser();
  assert.match((await signIn(jar, joris)).text, /Remember this device for 30 days/);
  await typed(jar, codes[1] ?? '', { remember: 'yes' });
  await jar.submit('/sign-out');
  await signIn(jar, joris);
  assert.ok(jar.cookies.has(SESSION));
});

test('three left: said at sign-in, on the account page and once by mail; the last one leads to a new card', async () => {
  const r = await rig();
  const { joris, codes } = await withCard(r, { codesOnCard: 10 });
  const low = async () =>
    (await r.messages(joris.email)).filter(({ subject }) => /nearly used up/.test(subject)).length;
  for (let number = 2; number <= 9; number += 1) {
    r.advance('PT1H');
    const asked = r.browser();
    const page = await signIn(asked, joris);
    assert.equal(/codes are left on your card|last code of your card/.test(page.text), number >= 8, `number ${number}`);
    await typed(asked, codes[number - 1] ?? '');
    assert.equal(await low(), number >= 7 ? 1 : 0, `after number ${number}`);
    const account = await asked.open('/account');
    assert.equal(/Your code card is nearly used up/.test(account.text), number >= 7);
  }
  r.advance('PT1H');
  const last = await signsIn(r, joris, codes[9] ?? '');
  assert.equal(last.page.path, '/enrol');
  assert.ok(!last.jar.cookies.has(SESSION), 'first a new card');
  const thief = r.browser();
  assert.match((await signIn(thief, joris)).path, /^\/sign-in\/verify/, 'the password alone opens no wizard');
  const fresh = await printCard(last.jar);
  await last.jar.submit('/enrol/sms/skip');
  const code = /data-copy="([0-9A-Z-]{24})"/.exec((await last.jar.open('/enrol')).text)?.[1] ?? '';
  await last.jar.submit('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) });
  assert.ok(last.jar.cookies.has(SESSION));
  assert.deepEqual(await typesOf(r, joris), ['backup-code', 'code-card', 'password']);
  const { jar } = await signsIn(r, joris, fresh[1] ?? '');
  assert.ok(jar.cookies.has(SESSION));
});

test('a new card from the account page: the old one ends when the new one is proved, and an app stays', async () => {
  const r = await rig();
  const house = await r.organisation();
  const ann = await r.person({ organisations: [house], enrolled: true });
  const jar = r.browser();
  await signIn(jar, ann);
  await jar.submit('/sign-in/verify', { method: 'totp', code: ann.code() });
  await jar.submit('/account/move');
  await printCard(jar);
  assert.deepEqual(await typesOf(r, ann), ['backup-code', 'code-card', 'password'], 'the app moved to the card');

  const { joris, jar: own, codes } = await withCard(r);
  assert.match((await own.open('/account')).text, /Make a new code card/);
  assert.match((await own.submit('/account/move')).text, /value="code-card"[^>]*checked|checked[^>]*value="code-card"/);
  const choice = await own.submit('/enrol/choice', { choice: 'code-card' });
  assert.equal(choice.status, 200);
  assert.ok((await signsIn(r, joris, codes[1] ?? '')).jar.cookies.has(SESSION), 'the old one, until then');
  const fresh = await printCard(own);
  assert.notDeepEqual(fresh, codes);
  assert.equal((await signsIn(r, joris, codes[2] ?? '')).page.status, 422);
  assert.ok((await signsIn(r, joris, fresh[1] ?? '')).jar.cookies.has(SESSION));
});

test('an organisation that offers no cards has none to choose, and a made-up choice is refused', async () => {
  const r = await rig();
  const house = await r.organisation({ policy: { codeCardsOffered: false } });
  const joris = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, joris);
  await jar.submit('/account/enable');
  const choose = await jar.submit('/sign-in/verify', { method: 'password', code: joris.password });
  assert.doesNotMatch(choose.text, /no smartphone/);
  assert.ok((await jar.submit('/enrol/choice', { choice: 'code-card' })).status >= 400);
});

test('the card as a file for browsers without scripts, and nothing once it is proved', async () => {
  const r = await rig();
  const house = await r.organisation();
  const joris = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, joris);
  await jar.submit('/account/enable');
  await jar.submit('/sign-in/verify', { method: 'password', code: joris.password });
  await jar.submit('/enrol/choice', { choice: 'code-card' });
  const file = await jar.post('/enrol/card/file');
  assert.match(file.headers.get('content-disposition') ?? '', /nachtslot-code-card\.txt/);
  assert.equal(file.text.match(/^ +\d+ {2}[0-9A-Z]{4}-[0-9A-Z]{4}$/gm)?.length, 20);
  await printCard(jar);
  assert.ok((await jar.post('/enrol/card/file')).status >= 400);
});
