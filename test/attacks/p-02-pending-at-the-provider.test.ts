// P-02: whoever has the password and not the second step is nobody to an application, whichever address they try.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { answerOf, basic, giveCode, givePassword, visit, world } from '#test/support/oidc-client.ts';

const SESSION = '__Host-session';

async function pendingWorld() {
  const w = await world({ application: { settings: { consent: 'skip' } } });
  await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace);
  assert.ok(w.jar.cookies.has('__Host-attempt'));
  return w;
}

test('authorize gives no code, however it is asked', async () => {
  const w = await pendingWorld();
  const quiet = answerOf(await visit(w.jar, (await w.party.begin({ prompt: 'none' })).url));
  assert.deepEqual([quiet.get('error'), quiet.get('code')], ['login_required', null]);
  const asks: Record<string, string>[] = [
    {},
    { prompt: 'consent' },
    { prompt: 'select_account' },
    { response_mode: 'form_post' },
  ];
  for (const parameters of asks) {
    const at = await visit(w.jar, (await w.party.begin(parameters)).url);
    assert.deepEqual([at.left, at.page.path.split('?')[0]], [null, '/sign-in'], JSON.stringify(parameters));
    assert.ok(!at.page.text.includes('Grace Hooper'), 'no name of hers');
  }
  const verifier = client.randomPKCECodeVerifier();
  const pushed = await client.buildAuthorizationUrlWithPAR(w.party.config, {
    redirect_uri: w.party.redirectUri,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  assert.equal((await visit(w.jar, pushed.pathname + pushed.search)).left, null);
  assert.ok(!w.jar.cookies.has(SESSION));
  await w.close();
});

test('the cookie of a pending sign-in opens no endpoint, as a cookie and as a bearer', async () => {
  const w = await pendingWorld();
  const token = w.jar.cookies.get('__Host-attempt') ?? '';
  const bearer = { authorization: `Bearer ${token}`, accept: 'application/json' };
  assert.ok([400, 401].includes((await w.jar.get('/oidc/userinfo', { accept: 'application/json' })).status));
  assert.equal((await w.jar.get('/oidc/userinfo', bearer)).status, 401);
  for (const path of ['/oidc/introspection', '/oidc/revocation']) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const send = (by: Record<string, string>) =>
      w.jar.send(
        new Request(new URL(path, w.jar.origin), {
          method: 'POST',
          headers: { ...headers, ...by },
          body: `token=${token}`,
        }),
      );
    assert.ok([400, 401].includes((await send({})).status), path);
    const asked = await send(basic(w.application));
    assert.ok(!asked.text.includes('"active":true'), path);
  }
  for (const path of ['/oidc/device/auth', '/oidc/reg', '/oidc/backchannel', '/oidc/challenge'])
    assert.equal((await w.jar.get(path, { accept: 'application/json' })).status, 404, path);
  const out = await visit(w.jar, '/oidc/logout');
  assert.equal(out.page.path, '/sign-in/verify', 'there is nobody to sign out');
  await w.close();
});

test('inside an interaction the address of its end and of its question lead back to the second step', async () => {
  const w = await world();
  const begun = await w.party.begin();
  const door = await visit(w.jar, begun.url);
  const at = decodeURIComponent(new URL(door.page.path, w.jar.origin).searchParams.get('return-to') ?? '');
  await givePassword(w.jar, door, w.grace);
  for (const path of [at.replace('/oidc/interaction/', '/oidc/auth/'), at]) {
    const back = await visit(w.jar, path);
    assert.deepEqual([back.left, back.page.path], [null, '/sign-in/verify'], path);
  }
  for (const answer of ['agree', 'continue', 'other']) {
    const posted = await w.jar.post(at, { answer });
    assert.equal(posted.location?.split('?')[0], '/sign-in', answer);
  }
  // In another tab, meanwhile.
  const tab = w.jar.copy();
  const quiet = answerOf(await visit(tab, (await w.party.begin({ prompt: 'none' })).url));
  assert.equal(quiet.get('error'), 'login_required');
  assert.ok(!w.jar.cookies.has(SESSION));
  const done = await giveCode(w.jar, await visit(w.jar, '/sign-in/verify'), w.grace);
  assert.equal(
    (await w.party.redeem(done.left ?? '', begun)).claims()?.sub,
    w.grace.id,
    'control: and then it goes on',
  );
  await w.close();
});

test("an interaction of another browser is nobody's here: whoever follows a thief's link signs in for nobody", async () => {
  const w = await world();
  const thief = w.newJar();
  const begun = await w.party.begin();
  const door = await visit(thief, begun.url);
  const at = decodeURIComponent(new URL(door.page.path, thief.origin).searchParams.get('return-to') ?? '');
  await giveCode(w.jar, await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace), w.grace);
  assert.ok(w.jar.cookies.has(SESSION));
  const followed = await visit(w.jar, at);
  assert.deepEqual([followed.left, followed.page.status], [null, 410]);
  for (const answer of ['agree', 'continue', 'decline']) assert.equal((await w.jar.post(at, { answer })).status, 410);
  assert.equal((await visit(thief, at)).left, null);
  assert.equal((await visit(thief, at.replace('/oidc/interaction/', '/oidc/auth/'))).left, null);
  await w.close();
});
