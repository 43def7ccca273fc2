import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeAt, rig } from '#test/support/rig.ts';
import { atBackupCode, enrolledIn, SESSION, shownCode, signIn, wizard } from '#test/support/roads.ts';

test('password and code; the device is remembered for 30 days, and not for 31', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const jar = r.browser();
  let page = await signIn(jar, grace);
  assert.match(page.text, /6-digit code/);
  assert.ok(!jar.cookies.has(SESSION), 'no session before the last step');
  page = await jar.submit('/sign-in/verify', { method: 'totp', code: grace.code(), remember: 'yes' });
  assert.equal(page.path, '/');
  await jar.submit('/sign-out');
  assert.ok(!jar.cookies.has(SESSION));

  r.advance('P29D');
  page = await signIn(jar, grace);
  assert.equal(page.path, '/', 'day 29: the password is enough');
  await jar.submit('/sign-out');
  r.advance('P1DT1M');
  page = await signIn(jar, grace);
  assert.match(page.text, /6-digit code/);
});

test('a backup code signs in once and is followed by a new one', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const jar = r.browser();
  await signIn(jar, grace);
  const other = await jar.open('/sign-in/verify?with=other');
  assert.match(other.text, /Use your backup code/);
  const used = grace.backupCode ?? '';
  let page = await jar.submit('/sign-in/verify', {
    method: 'backup-code',
    code: used.toLowerCase().replaceAll('-', ' '),
  });
  assert.match(page.text, /Do you still have your phone\?/);
  page = await jar.submit('/sign-in/phone', { phone: 'here' });
  assert.match(page.text, /Your backup code/);
  assert.ok(!jar.cookies.has(SESSION), 'the new code comes before the session');
  const next = shownCode(page);
  assert.notEqual(next, used);
  page = await jar.submit('/enrol/backup-code', { saved: 'yes', locator: next.slice(0, 4) });
  assert.match(page.text, /Your new backup code is ready/);
  assert.ok(jar.cookies.has(SESSION));

  const thief = r.browser();
  await signIn(thief, grace);
  page = await thief.submit('/sign-in/verify', { method: 'backup-code', code: used });
  assert.equal(page.status, 422);
});

test('leaving at the backup code: the app is asked for, and the wizard goes on where it was left', async () => {
  const r = await rig();
  const { grace, jar, secret } = await atBackupCode(r);
  assert.ok(!jar.cookies.has(SESSION));
  r.advance('PT20M');
  const again = r.browser();
  let page = await signIn(again, grace);
  assert.match(page.text, /6-digit code/);
  page = await again.submit('/sign-in/verify', { method: 'totp', code: codeAt(secret, r.wall()) });
  assert.match(page.text, /Your backup code/);
  assert.ok(!again.cookies.has(SESSION));
});

test('the code that proved the app is used up', async () => {
  const r = await rig();
  const { grace, secret } = await atBackupCode(r);
  const again = r.browser();
  await signIn(again, grace);
  const page = await again.submit('/sign-in/verify', { method: 'totp', code: codeAt(secret, r.wall()) });
  assert.equal(page.status, 422);
  assert.match(page.text, /used/);
});

test('Remind me later three times; then it is gone', async () => {
  const r = await rig();
  const house = await r.organisation();
  await r.campaign({ organisation: house.id });
  const grace = await r.person({ organisations: [house] });
  for (let round = 0; round < 3; round += 1) {
    const jar = r.browser();
    let page = await signIn(jar, grace);
    assert.match(page.text, new RegExp(`${3 - round} reminders? left`));
    page = await jar.submit('/sign-in/prompt', { answer: 'later' });
    assert.equal(page.path, '/');
    page = await signIn(r.browser(), grace);
    assert.equal(page.path, '/', 'put off: the prompt stays away');
    r.advance('P8D');
  }
  const last = r.browser();
  let page = await signIn(last, grace);
  assert.match(page.text, /Add an extra layer of security/);
  assert.doesNotMatch(page.text, /Remind me later/);
  page = await last.submit('/sign-in/prompt', { answer: 'later' });
  assert.equal(page.status, 409);
  assert.ok(!last.cookies.has(SESSION));
  page = await last.submit('/sign-in/prompt', { answer: 'enable' });
  assert.match(page.text, /Choose how you confirm it/);
});

test('after the deadline a password alone binds nothing: a mailed code comes first', async () => {
  const r = await rig();
  const house = await r.organisation();
  await r.campaign({ organisation: house.id, deadline: Temporal.PlainDate.from('2026-03-01') });
  const grace = await r.person({ organisations: [house], firstSignInAt: r.now().subtract({ hours: 24 * 60 }) });
  const jar = r.browser();
  assert.doesNotMatch((await signIn(jar, grace)).text, /Remind me later/);
  let page = await jar.submit('/sign-in/prompt', { answer: 'enable' });
  assert.match(page.text, /Check your mail first/);
  const outOfOrder = await jar.submit('/enrol/choice', { choice: 'totp' });
  assert.equal(outOfOrder.status, 409);
  const mail = (await r.messages(grace.email))[0];
  page = await jar.submit('/enrol/guard', { code: '000000' });
  assert.equal(page.status, 422);
  page = await jar.submit('/enrol/guard', { code: /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? '' });
  assert.match(page.text, /Choose how you confirm it/);
});

test('a text message as the second step, to the number on record', async () => {
  const r = await rig();
  const grace = await enrolledIn(r, '+447700900123');
  const jar = r.browser();
  await signIn(jar, grace);
  let page = await jar.open('/sign-in/verify?with=sms');
  assert.match(page.text, /Send code/);
  page = await jar.submit('/sign-in/verify/text');
  assert.match(page.text, /SMS code/);
  const tooSoon = await jar.submit('/sign-in/verify/text');
  assert.equal(tooSoon.status, 429);
  const text = (await r.messages('+447700900123'))[0]?.text ?? '';
  page = await jar.submit('/sign-in/verify', { method: 'sms', code: /\d{6}/.exec(text)?.[0] ?? '' });
  assert.equal(page.path, '/sign-in/phone');
  page = await jar.submit('/sign-in/phone', { phone: 'here' });
  assert.equal(page.path, '/');
});

test('the account page: enable asks the password again, and the session goes on under a new identifier', async () => {
  const r = await rig();
  const house = await r.organisation();
  const grace = await r.person({ organisations: [house] });
  const jar = r.browser();
  await signIn(jar, grace);
  const before = jar.cookies.get(SESSION);
  let page = await jar.submit('/account/enable');
  assert.match(page.text, /Enter your password again/);
  page = await jar.submit('/sign-in/verify', { method: 'password', code: 'not it at all, sorry' });
  assert.equal(page.status, 422);
  page = await jar.submit('/sign-in/verify', { method: 'password', code: grace.password });
  assert.match(page.text, /Choose how you confirm it/);
  const { page: done } = await wizard(r, jar);
  assert.match(done.text, /successfully set up/);
  assert.notEqual(jar.cookies.get(SESSION), before);
  const old = r.browser();
  old.cookies.set(SESSION, before ?? '');
  assert.match((await old.open('/account')).path, /^\/sign-in/);
  assert.equal((await jar.open('/account')).status, 200);
});

test('a forgotten password: a link, once, and no session for it', async () => {
  const r = await rig();
  const grace = await enrolledIn(r);
  const live = r.browser();
  await signIn(live, grace);
  await live.submit('/sign-in/verify', { method: 'totp', code: grace.code() });
  const jar = r.browser();
  const unknown = await jar.submit('/forgot', { address: 'nobody@harbour.example' });
  const known = await jar.submit('/forgot', { address: grace.email });
  assert.equal(unknown.status, known.status);
  const link = (await r.messages(grace.email)).find((one) => one.links.some((url) => url.includes('/reset/')));
  const path = new URL(link?.links.find((url) => url.includes('/reset/')) ?? 'https://nothing.test/').pathname;
  assert.equal((await jar.get(path)).status, 200);
  const short = await jar.submit(path, { password: 'short', repeated: 'short' });
  assert.equal(short.status, 422);
  const fresh = 'velvet ladder eleven moons';
  const page = await jar.submit(path, { password: fresh, repeated: fresh });
  assert.match(page.path, /^\/sign-in/);
  assert.ok(!jar.cookies.has(SESSION));
  assert.equal((await jar.get(path)).status, 410, 'spent');
  assert.match((await live.open('/account')).path, /^\/sign-in/, 'sessions end');
  const next = await jar.submit('/sign-in', { address: grace.email, password: fresh });
  assert.match(next.text, /6-digit code/);
});
