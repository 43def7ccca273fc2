import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  approves,
  asks,
  atWork,
  checksAll,
  confirms,
  houseWithDesk,
  mailed,
  requestOf,
  untilReady,
  vouches,
} from '#test/support/desk.ts';
import { codeAt, rig } from '#test/support/rig.ts';
import { SESSION, signIn, wizard } from '#test/support/roads.ts';

test('from a lost phone to a new one: request, mailbox, agent, second person, a day, a pass, a new QR', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace, arthur, saskia } = people;
  const jar = r.browser();
  const first = await asks(jar, grace);
  assert.match(first.path, /^\/recovery\//, first.text.slice(0, 400));
  assert.match(first.text, /1 of 4/);
  const page = await confirms(r, jar, grace);
  assert.match(page.text, /2 of 4: an agent will look at it/);
  const { id, number } = await requestOf(r, grace);
  const shown = `${number.slice(0, 3)} ${number.slice(3)}`;
  assert.ok(page.text.includes(shown));

  const desk = await atWork(r, arthur);
  const queue = await desk.open('/desk');
  assert.match(queue.text, /Recovery desk/);
  assert.match(queue.text, /Grace Hooper/);
  assert.ok((await desk.open(`/desk/cases/${id}`)).text.includes(shown), 'both sides see the same number');
  await checksAll(desk, id);
  assert.match((await jar.open(page.path)).text, /2 of 4: an agent is looking at it/);
  assert.match((await approves(desk, id)).text, /a second person has to look/);
  assert.notEqual((await approves(desk, id)).status, 200);
  assert.equal((await requestOf(r, grace)).state.at, 'approved', 'the same one twice is one');
  const other = await atWork(r, saskia);
  assert.match((await approves(other, id)).text, /Approved by two: waiting/);
  assert.match((await jar.open(page.path)).text, /3 of 4/);
  assert.equal((await jar.submit(`${page.path}/pass`)).status, 409, 'not yet');

  r.advance('PT12H');
  const half = await r.messages(grace.email);
  assert.match(half[0]?.subject ?? '', /half of the wait/);
  r.advance('PT12H');
  const ready = await r.messages(grace.email);
  assert.match(ready[0]?.subject ?? '', /set up your new second step now/);
  assert.match((await jar.open(page.path)).text, /4 of 4/);

  const pass = await jar.submit(`${page.path}/pass`);
  assert.match(pass.path, /^\/recovery-pass\//);
  const wrong = await jar.submit(pass.path, { password: 'not the password at all' });
  assert.equal(wrong.status, 422);
  const enrol = await jar.submit(pass.path, { password: grace.password });
  assert.equal(enrol.path, '/enrol', enrol.text.slice(0, 300));
  assert.ok(!jar.cookies.has(SESSION), 'a pass opens no session');
  const { secret, code, page: done } = await wizard(r, jar);
  assert.match(done.path, /^\/sign-in\?notice=recovered/);
  assert.ok(!jar.cookies.has(SESSION), 'nor does its wizard');
  assert.ok(code);

  const bound = await r.store.read.authenticators.of(grace.id);
  assert.deepEqual(bound.map(({ type }) => type).sort(), ['backup-code', 'password', 'totp']);
  assert.ok((await r.store.read.accounts.byId(grace.id))?.recoveredAt);
  r.advance('PT30S');
  await signIn(jar, grace);
  const refused = await jar.submit('/sign-in/verify', { method: 'totp', code: grace.code() });
  assert.equal(refused.status, 422, 'the old phone is refused');
  await jar.submit('/sign-in/verify', { method: 'totp', code: codeAt(secret, r.wall()) });
  assert.ok(jar.cookies.has(SESSION));
  assert.match((await jar.open(page.path)).text, /Done: you have a new second step/);
});

test('two colleagues who have seen her: nothing waits', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace, arthur, saskia, victor, helen } = people;
  const jar = r.browser();
  const page = await asks(jar, grace);
  const { id, number } = await requestOf(r, grace);
  for (const colleague of [victor, helen]) assert.match((await vouches(r, colleague, number)).text, /You have vouched/);
  assert.match((await jar.open(page.path)).text, /2 of 4/);
  const desk = await atWork(r, arthur);
  await checksAll(desk, id);
  await approves(desk, id);
  await approves(await atWork(r, saskia), id);
  assert.match((await jar.open(page.path)).text, /4 of 4/);
});

test('the owner stops it from any of the notices, and no new one is taken for a day', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const thief = r.browser();
  const page = await untilReady(r, people, thief);
  const cancel = await mailed(r, people.grace.email, 'recovery-cancel');
  assert.match((await r.browser().open(cancel)).text, /Stop this request\?/);
  assert.equal((await requestOf(r, people.grace)).state.at, 'waiting', 'looking changes nothing');
  assert.match((await r.browser().submit(cancel)).text, /The request was stopped/);
  assert.match((await thief.open(page)).text, /This request was stopped/);
  assert.notEqual((await thief.submit(`${page}/pass`)).status, 200);
  const again = await asks(r.browser(), people.grace);
  assert.equal(again.status, 429);
  r.advance('PT24H1S');
  assert.match((await asks(r.browser(), people.grace)).path, /^\/recovery\//);
});

test('every device on which the account is open says that somebody asks, and can stop it', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const { grace } = people;
  const device = await atWork(r, grace);
  assert.doesNotMatch((await device.open('/')).text, /asks to get back into your account/);
  const thief = r.browser();
  const { path } = await asks(thief, grace);
  for (const page of ['/', '/account'])
    assert.match((await device.open(page)).text, /Somebody asks to get back into your account/, page);
  assert.equal((await requestOf(r, grace)).state.at, 'opened', 'looking changes nothing');
  assert.match((await device.submit('/account/request/stop')).text, /The request is stopped/);
  assert.match((await thief.open(path)).text, /This request was stopped/);
  const [mail] = await r.messages(grace.email);
  assert.match(mail?.subject ?? '', /was stopped/);
  assert.match(mail?.text ?? '', /127\.0\.0\.1/, 'the owner sees from where');
  assert.doesNotMatch((await device.open('/account')).text, /asks to get back into your account/);
  assert.match((await device.submit('/account/request/stop')).path, /^\/account/, 'twice is no harm');
  assert.equal((await asks(r.browser(), grace)).status, 429, 'and no new one for a day');
});

test('a sign-in with two steps during the wait ends the request, and says so', async () => {
  const r = await rig();
  const people = await houseWithDesk(r);
  const thief = r.browser();
  const page = await untilReady(r, people, thief);
  const inside = await atWork(r, people.grace);
  assert.match((await thief.open(page)).text, /the account was opened with two steps\. Was it you\?/);
  const [mail] = await r.messages(people.grace.email);
  assert.match(mail?.subject ?? '', /was opened with two steps: was it you\?/);
  assert.match(mail?.text ?? '', /Was the sign-in not yours\?/);
  assert.match(mail?.text ?? '', /127\.0\.0\.1/, 'from where it was');
  // Her phone was stolen, and it was the thief who signed in: one link puts them out.
  assert.equal((await inside.open('/account')).path, '/account', 'control');
  await r.browser().submit(await mailed(r, people.grace.email, 'not-me'));
  assert.match((await inside.open('/account')).path, /^\/sign-in/);
});
