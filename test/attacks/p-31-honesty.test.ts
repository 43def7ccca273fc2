// P-31: what a token says of a sign-in is what happened, and when.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { ACR } from '#core/application/assertion.ts';
import type { Jar } from '#test/support/jar.ts';
import { giveCode, givePassword, type Outcome, send, visit, type World, world } from '#test/support/oidc-client.ts';

type Told = { acr: unknown; amr: unknown; secondsAgo: number };

async function told(w: World, jar: Jar, parameters: Record<string, string> = {}): Promise<Told> {
  const begun = await w.party.begin(parameters);
  return redeemed(w, await visit(jar, begun.url), begun);
}

async function redeemed(w: World, at: Outcome, begun: Awaited<ReturnType<World['party']['begin']>>): Promise<Told> {
  const claims = (await w.party.redeem(at.left ?? '', begun)).claims();
  return saying(claims ?? {});
}

function saying(claims: Record<string, unknown>): Told {
  return {
    acr: claims['acr'],
    amr: claims['amr'],
    secondsAgo: Math.round(Date.now() / 1000 - Number(claims['auth_time'])),
  };
}

function near(is: Told, acr: string, amr: string, secondsAgo = 0): void {
  assert.deepEqual([is.acr, is.amr], [acr, amr.split(' ')]);
  assert.ok(Math.abs(is.secondsAgo - secondsAgo) <= 2, `${is.secondsAgo} seconds ago, not ${secondsAgo}`);
}

async function signIn(w: World, second?: Record<string, string>): Promise<void> {
  const at = await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace);
  if (second) assert.equal((await send(w.jar, at, second)).page.path, '/');
}

test('password alone, also when a second step was put off', async () => {
  const w = await world({ person: { enrolled: false } });
  await signIn(w);
  near(await told(w, w.jar), ACR.aal1, 'pwd');
  await w.close();
});

test('password on a remembered device: comfort, and no second step', async () => {
  const w = await world();
  await signIn(w, { code: w.grace.code(-1), remember: 'yes' });
  near(await told(w, w.jar), ACR.aal2, 'pwd otp mfa');
  await w.jar.post('/sign-out');
  await signIn(w);
  near(await told(w, w.jar), ACR.aal1, 'pwd');

  // Raised in this session, and in this session alone.
  const begun = await w.party.begin({ acr_values: ACR.aal2 });
  const raised = await giveCode(w.jar, await visit(w.jar, begun.url), w.grace);
  near(await redeemed(w, raised, begun), ACR.aal2, 'pwd otp mfa');
  await w.jar.post('/sign-out');
  await signIn(w);
  near(await told(w, w.jar), ACR.aal1, 'pwd');
  await w.close();
});

test('password and backup code', async () => {
  const w = await world();
  const code = w.grace.backupCode ?? '';
  await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace);
  const at = await visit(w.jar, '/sign-in/verify?with=backup-code');
  const wizard = await send(w.jar, await send(w.jar, at, { code }), { phone: 'here' });
  assert.equal(wizard.page.path, '/enrol', 'a new paper comes first');
  const renewed = /data-copy="([0-9A-Z]{4}(?:-[0-9A-Z]{4}){4})"/.exec(wizard.page.text)?.[1] ?? '';
  await w.jar.submit('/enrol/backup-code', { saved: 'yes', locator: renewed.slice(0, 4) });
  near(await told(w, w.jar), ACR.aal2, 'pwd otp mfa');
  await w.close();
});

for (const counts of [true, false])
  test(`password and text message, where the house says it ${counts ? 'counts' : 'does not count'}`, async () => {
    const w = await world({ person: { phone: '+31687654321' }, policy: { restrictedIsSecondStep: counts } });
    await signIn(w);
    await w.jar.post('/sign-in/verify/text');
    const [message] = await w.r.messages('+31687654321');
    const code = /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
    await w.jar.post('/sign-in/verify', { method: 'sms', code });
    if (counts) {
      await w.jar.post('/sign-in/phone', { phone: 'here' });
      near(await told(w, w.jar), ACR.aal2, 'pwd sms mfa');
    } else {
      // It is a proof like any other, and still not the second step.
      assert.equal((await visit(w.jar, '/sign-in')).page.path, '/sign-in/verify');
      await w.jar.post('/sign-in/verify', { method: 'totp', code: w.grace.code() });
      near(await told(w, w.jar), ACR.aal2, 'pwd otp sms mfa');
    }
    await w.close();
  });

test('an old session says that it is old, quietly asked or refreshed, at every place that tells', async () => {
  const w = await world();
  await signIn(w, { code: w.grace.code() });
  w.r.advance({ minutes: 40 });
  near(await told(w, w.jar, { prompt: 'none' }), ACR.aal2, 'pwd otp mfa', 40 * 60);

  const begun = await w.party.begin({ scope: 'openid offline_access', prompt: 'consent' });
  const agreed = await send(w.jar, await visit(w.jar, begun.url), { answer: 'agree' });
  const tokens = await w.party.redeem(agreed.left ?? '', begun);
  w.r.advance({ minutes: 10 });
  const renewed = await client.refreshTokenGrant(w.party.config, tokens.refresh_token ?? '');
  // Real time has not passed for tokens: they were made with the time of the proof as it was seen then.
  near(saying(renewed.claims() ?? {}), ACR.aal2, 'pwd otp mfa', 40 * 60);
  const asked = await client.tokenIntrospection(w.party.config, renewed.access_token);
  near(saying(asked), ACR.aal2, 'pwd otp mfa', 40 * 60);
  await w.close();
});
