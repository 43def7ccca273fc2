import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeAt, rig } from '#test/support/rig.ts';
import { base32 } from '#test/support/roads.ts';

test('password alone, no campaign: in', async () => {
  const r = await rig();
  const grace = await r.person({ organisations: [await r.organisation()] });
  const jar = r.browser();
  const answer = await jar.post('/sign-in', { address: grace.email, password: grace.password });
  assert.equal(answer.status, 303);
  assert.equal(answer.location, '/');
  assert.ok(jar.cookies.has('__Host-session'));
});

test('from the password to two steps, through the whole wizard', async () => {
  const r = await rig();
  const house = await r.organisation();
  await r.campaign({ organisation: house.id });
  const grace = await r.person({ organisations: [house] });
  const jar = r.browser();
  let page = await jar.submit('/sign-in', { address: grace.email, password: grace.password });
  assert.match(page.text, /Add an extra layer of security/);
  assert.ok(!jar.cookies.has('__Host-session'));
  page = await jar.submit('/sign-in/prompt', { answer: 'enable' });
  assert.match(page.text, /Choose how you confirm it/);
  page = await jar.submit('/enrol/choice', { choice: 'totp' });
  assert.match(page.text, /QR code for your authenticator app/);
  const long = /data-copy="([A-Z2-7]{32})"/.exec(page.text)?.[1] ?? '';
  assert.equal(long.length, 32);
  page = await jar.submit('/enrol/scanned');
  assert.match(page.text, /6-digit code/);
  page = await jar.submit('/enrol/code', { code: codeAt(base32(long), r.wall()) });
  assert.match(page.text, /Add an SMS code as a backup/);
  page = await jar.submit('/enrol/sms', { number: '+447700900123' });
  const text = (await r.messages('+447700900123'))[0]?.text ?? '';
  page = await jar.submit('/enrol/sms/code', { code: /\d{6}/.exec(text)?.[0] ?? '' });
  assert.match(page.text, /Your backup code/);
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}/.exec(page.text)?.[0] ?? '';
  page = await jar.submit('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4).toLowerCase() });
  assert.match(page.text, /Two-step verification has now been successfully set up/);
  assert.ok(jar.cookies.has('__Host-session'));
  assert.ok(!jar.cookies.has('__Host-attempt'));
});
