import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { test } from 'node:test';
import * as client from 'openid-client';
import * as jose from 'jose';
import { giveCode, givePassword, send, visit, type World, world } from '#test/support/oidc-client.ts';

const BYE = 'https://payroll.example/bye';

async function signedIn(w: World, stepsAway = -1) {
  const begun = await w.party.begin({ scope: 'openid offline_access', prompt: 'consent' });
  const at = await visit(w.jar, begun.url);
  const done = await giveCode(w.jar, await givePassword(w.jar, at, w.grace), w.grace, stepsAway);
  return w.party.redeem((done.left ? done : await send(w.jar, done, { answer: 'agree' })).left ?? '', begun);
}

const logout = (parameters: Record<string, string>) => `/oidc/logout?${new URLSearchParams(parameters)}`;

test('an application with a token of this very session signs out without a question, and everything it holds ends', async () => {
  const w = await world();
  const tokens = await signedIn(w);
  const left = await visit(
    w.jar,
    logout({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: BYE, state: 'x y' }),
  );
  assert.equal(left.left, `${BYE}?state=x+y`);
  assert.equal((await w.jar.get('/account')).status, 303);
  await assert.rejects(client.fetchUserInfo(w.party.config, tokens.access_token, w.grace.id), /challenge/);
  await assert.rejects(client.refreshTokenGrant(w.party.config, tokens.refresh_token ?? ''), /invalid_grant|error/);
  await w.close();
});

test('anybody else could have asked, so the person is: without a hint, with an old one, with that of somebody else', async () => {
  const w = await world();
  const bob = await w.r.person({ organisations: [w.house], enrolled: true });
  const bobs = { ...w, jar: w.newJar(), grace: bob };
  const hers = await signedIn(w);
  const his = await signedIn(bobs);
  const foreign: Record<string, string>[] = [
    { client_id: w.application.id, post_logout_redirect_uri: BYE },
    { id_token_hint: his.id_token ?? '', post_logout_redirect_uri: BYE },
    {},
  ];
  for (const request of foreign) {
    const asked = await visit(w.jar, logout(request));
    assert.match(asked.page.text, /Sign out here\?/);
    assert.equal((await w.jar.get('/account')).status, 200, 'a hidden picture signs nobody out');
  }
  for (const [request, says] of [
    [{ client_id: w.application.id, post_logout_redirect_uri: `${BYE}/` }, /not registered/],
    [{ client_id: 'nobody', post_logout_redirect_uri: BYE }, /not known to us/],
    [{ id_token_hint: `${hers.id_token ?? ''}x`, post_logout_redirect_uri: BYE }, /cannot answer/],
    [{ id_token_hint: hers.id_token ?? '', client_id: 'other', post_logout_redirect_uri: BYE }, /cannot answer/],
  ] as const) {
    const refused = await visit(w.jar, logout(request));
    assert.deepEqual([refused.left, refused.page.status], [null, 400]);
    assert.match(refused.page.text, says);
  }
  const sure = await visit(w.jar, logout({ client_id: w.application.id, post_logout_redirect_uri: BYE }));
  assert.match(sure.page.headers.get('content-security-policy') ?? '', /form-action 'self' https:\/\/payroll\.example/);
  assert.equal((await send(w.jar, sure, {})).left, BYE);
  assert.equal((await w.jar.get('/account')).status, 303);
  await w.close();
});

test('an application hears within a second that the session is gone, whichever door ended it', async () => {
  const heard: string[] = [];
  const application = await listener(heard);
  const w = await world({ publicUrl: 'http://localhost:3000', application: { settings: application.settings } });
  const stop = w.r.signOuts.start();
  const tokens = await signedIn(w);
  const sid = tokens.claims()?.['sid'];
  await w.jar.post('/account/sign-out-everywhere');
  const before = Date.now();
  while (heard.length === 0 && Date.now() - before < 1000) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(heard.length, 1);

  const { payload, protectedHeader } = await jose.jwtVerify(heard[0] ?? '', await keysOf(w));
  assert.equal(protectedHeader.typ, 'logout+jwt');
  assert.deepEqual([payload.sub, payload['sid'], payload.aud], [w.grace.id, sid, w.application.id]);
  assert.deepEqual(Object.keys(payload['events'] ?? {}), ['http://schemas.openid.net/event/backchannel-logout']);
  assert.equal(payload['nonce'], undefined);
  assert.deepEqual(await w.r.store.read.applicationSessions.of(w.grace.id), []);
  await stop();
  await w.close();
  application.server.close();
});

test('an application that answers badly is asked again a few times, is never followed, and is then given up', async () => {
  const heard: string[] = [];
  const application = await listener(heard, 302, { location: 'http://127.0.0.1:1/elsewhere' });
  const w = await world({ publicUrl: 'http://localhost:3000', application: { settings: application.settings } });
  await signedIn(w);
  await w.jar.post('/account/sign-out-everywhere');
  assert.equal(await w.r.signOuts.tellDue(), 0);
  for (let round = 0; round < 8; round += 1) {
    w.r.advance({ hours: 2 });
    await w.r.signOuts.tellDue();
  }
  assert.equal(heard.length, 6);
  const lines = (await w.r.store.read.audit.of(w.grace.id, 50)).filter(
    (one) => one.event === 'application.sign-out-not-told',
  );
  assert.deepEqual([lines.length, lines[0]?.detail['failure'], lines[0]?.detail['givenUp']], [6, 'status-302', true]);
  await w.close();
  application.server.close();
});

async function keysOf(w: World): Promise<ReturnType<typeof jose.createLocalJWKSet>> {
  const answer = await w.through(w.party.config.serverMetadata().jwks_uri ?? '', {
    method: 'GET',
    headers: {},
    body: undefined,
    redirect: 'manual',
  });
  return jose.createLocalJWKSet((await answer.json()) as jose.JSONWebKeySet);
}

async function listener(heard: string[], status = 200, headers: Record<string, string> = {}) {
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push(new URLSearchParams(body).get('logout_token') ?? '');
      response.writeHead(status, headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  const origin = `http://localhost:${typeof at === 'object' ? at?.port : ''}`;
  return {
    server,
    settings: { redirectUris: [`${origin}/callback`], backchannelLogoutUri: `${origin}/logout` },
  };
}
