import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { ACR } from '#core/application/assertion.ts';
import { answerOf, giveCode, givePassword, send, visit, world } from '#test/support/oidc-client.ts';
import { codeAt } from '#test/support/rig.ts';
import { base32, shownCode } from '#test/support/roads.ts';

test('somebody signs in for an application, which is told who it is and how they signed in', async () => {
  const w = await world();
  const begun = await w.party.begin({ scope: 'openid email assurance', login_hint: w.grace.email });
  const door = await visit(w.jar, begun.url);
  assert.match(door.page.text, /To go on to Payroll/);
  assert.ok(door.page.text.includes(`value="${w.grace.email}"`));
  assert.match(
    door.page.headers.get('content-security-policy') ?? '',
    /form-action 'self' https:\/\/payroll\.example;/,
  );
  const done = await giveCode(w.jar, await givePassword(w.jar, door, w.grace), w.grace);
  assert.equal(answerOf(done).get('iss'), 'https://id.example.test');

  const tokens = await w.party.redeem(done.left ?? '', begun);
  const claims = tokens.claims();
  assert.equal(claims?.sub, w.grace.id);
  assert.deepEqual([claims?.['acr'], claims?.['amr']], [ACR.aal2, ['pwd', 'otp', 'mfa']]);
  assert.ok(Math.abs(Number(claims?.auth_time) - Date.now() / 1000) < 5);
  const info = await client.fetchUserInfo(w.party.config, tokens.access_token, w.grace.id);
  assert.deepEqual([info.email, info['device_remembered']], [w.grace.email, false]);
  await w.close();
});

test('the bank account: two steps are demanded, so the wizard comes, without a later, and leads back', async () => {
  const w = await world({ person: { enrolled: false } });
  await w.r.campaign({ organisation: w.house.id, startsOn: today(-10), deadline: today(60) });
  const payslip = await w.party.begin();
  const invited = await givePassword(w.jar, await visit(w.jar, payslip.url), w.grace);
  assert.equal(invited.page.path, '/sign-in/prompt');
  const in1 = await send(w.jar, invited, { answer: 'later' });
  const first = await w.party.redeem(in1.left ?? '', payslip);
  assert.deepEqual([first.claims()?.['acr'], first.claims()?.['amr']], [ACR.aal1, ['pwd']]);

  const bank = await w.party.begin({ acr_values: ACR.aal2 });
  // The password is fresh, so the wizard opens at once.
  const wizard = await visit(w.jar, bank.url);
  assert.equal(wizard.page.path, '/enrol');
  assert.doesNotMatch(wizard.page.text, /Remind me later/);
  const scan = await w.jar.submit('/enrol/choice', { choice: 'totp' });
  const secret = base32(/data-copy="([A-Z2-7]{32})"/.exec(scan.text)?.[1] ?? '');
  await w.jar.submit('/enrol/scanned');
  await w.jar.submit('/enrol/code', { code: codeAt(secret, w.r.wall()) });
  const code = shownCode(await w.jar.submit('/enrol/sms/skip'));
  await w.jar.submit('/enrol/backup-code', { saved: 'yes', locator: code.slice(0, 4) });
  const back = await visit(w.jar, bank.url);
  const second = await w.party.redeem(back.left ?? '', bank);
  assert.deepEqual([second.claims()?.['acr'], second.claims()?.['amr']], [ACR.aal2, ['pwd', 'otp', 'mfa']]);
  await w.close();
});

test('consent is asked once, outlives a password change, and asks again when it was taken back', async () => {
  const w = await world({ application: { settings: { consent: 'ask' } } });
  const begun = await w.party.begin({ scope: 'openid email' });
  const door = await giveCode(w.jar, await givePassword(w.jar, await visit(w.jar, begun.url), w.grace), w.grace, -1);
  assert.match(door.page.text, /your email address/);
  const tokens = await w.party.redeem((await send(w.jar, door, { answer: 'agree' })).left ?? '', begun);
  await client.fetchUserInfo(w.party.config, tokens.access_token, w.grace.id);

  const again = await w.party.begin({ scope: 'openid email', prompt: 'none' });
  assert.ok(answerOf(await visit(w.jar, again.url)).get('code'));
  const changed = 'another seventeen quiet lamps';
  const page = await w.jar.post('/account/password', { password: changed, repeated: changed });
  assert.equal(page.location, '/account?done=password');
  await assert.rejects(client.fetchUserInfo(w.party.config, tokens.access_token, w.grace.id), /challenge/);
  const renewed = await w.party.begin({ scope: 'openid email', prompt: 'none' });
  const fresh = await w.party.redeem((await visit(w.jar, renewed.url)).left ?? '', renewed);
  const more = await w.party.begin({ scope: 'openid profile', prompt: 'none' });
  assert.equal(answerOf(await visit(w.jar, more.url)).get('error'), 'consent_required');

  await w.jar.post('/account/applications/take-back', { application: w.application.id });
  await assert.rejects(client.fetchUserInfo(w.party.config, fresh.access_token, w.grace.id), /challenge/);
  const after = await w.party.begin({ scope: 'openid email', prompt: 'none' });
  assert.equal(answerOf(await visit(w.jar, after.url)).get('error'), 'consent_required');
  const declined = await w.party.begin({ scope: 'openid email' });
  const no = await send(w.jar, await visit(w.jar, declined.url), { answer: 'decline' });
  assert.equal(answerOf(no).get('error'), 'access_denied');
  await w.close();
});

test('another account: by choice, and because the application asked for somebody else', async () => {
  const w = await world();
  const bob = await w.r.person({ organisations: [w.house], enrolled: true, name: 'Bob Baker' });
  const first = await w.party.begin();
  const annIn = await giveCode(w.jar, await givePassword(w.jar, await visit(w.jar, first.url), w.grace), w.grace, -1);
  const hint = (await w.party.redeem(annIn.left ?? '', first)).id_token ?? '';

  const choose = await w.party.begin({ prompt: 'select_account' });
  const choice = await visit(w.jar, choose.url);
  assert.match(choice.page.text, /Go on as Grace Hooper/);
  const bobIn = await giveCode(
    w.jar,
    await givePassword(w.jar, await send(w.jar, choice, { answer: 'other' }), bob),
    bob,
  );
  answerOf(bobIn);
  assert.equal((await w.party.redeem(bobIn.left ?? '', choose)).claims()?.sub, bob.id);

  const quietly = await w.party.begin({ prompt: 'none', id_token_hint: hint });
  assert.equal(answerOf(await visit(w.jar, quietly.url)).get('error'), 'login_required');
  const hinted = await w.party.begin({ id_token_hint: hint });
  const wrong = await visit(w.jar, hinted.url);
  assert.match(wrong.page.text, /asked for somebody else than Bob Baker/);
  assert.equal(answerOf(await send(w.jar, wrong, { answer: 'decline' })).get('error'), 'access_denied');

  const retry = await w.party.begin({ id_token_hint: hint });
  const askedAgain = await send(w.jar, await visit(w.jar, retry.url), { answer: 'other' });
  const graceIn = await giveCode(w.jar, await givePassword(w.jar, askedAgain, w.grace), w.grace);
  assert.equal((await w.party.redeem(graceIn.left ?? '', retry)).claims()?.sub, w.grace.id);
  await w.close();
});

test('whoever is not meant is told why, and the application that they were refused', async () => {
  const w = await world({ application: { policy: { groups: ['finance'] } } });
  const begun = await w.party.begin();
  const door = await giveCode(w.jar, await givePassword(w.jar, await visit(w.jar, begun.url), w.grace), w.grace);
  assert.equal(door.page.status, 403);
  assert.match(door.page.text, /Payroll is not open to you/);
  assert.equal(answerOf(await send(w.jar, door, { answer: 'decline' })).get('error'), 'access_denied');
  await w.close();
});

function today(days: number): Temporal.PlainDate {
  return Temporal.Now.plainDateISO('UTC').add({ days });
}
