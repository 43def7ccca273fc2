import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import type { OidcSettings } from '#store/rows.ts';
import { ACR } from '#core/application/assertion.ts';
import { giveCode, givePassword, visit, type World, world } from '#test/support/oidc-client.ts';

async function signIn(w: World): Promise<void> {
  await giveCode(w.jar, await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace), w.grace);
}

test('the discovery document says what is there, and nothing that is not', async () => {
  const w = await world();
  const said = w.party.config.serverMetadata();
  assert.equal(said.issuer, 'https://id.example.test');
  assert.deepEqual(said.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(said.response_types_supported, ['code']);
  assert.deepEqual(said.grant_types_supported, ['authorization_code', 'refresh_token']);
  assert.deepEqual(said['acr_values_supported'], Object.values(ACR));
  assert.equal(said.authorization_response_iss_parameter_supported, true);
  assert.equal(said.end_session_endpoint, 'https://id.example.test/oidc/logout');
  assert.equal(said['backchannel_logout_supported'], true);
  assert.deepEqual(said.id_token_signing_alg_values_supported?.toSorted(), ['ES256', 'RS256']);
  assert.equal(said.registration_endpoint, undefined);
  for (const [name, value] of Object.entries(said))
    if (name.endsWith('_endpoint') || name.endsWith('_uri'))
      assert.match(typeof value === 'string' ? value : '', /^https:\/\/id\.example\.test\/oidc\//);
  await w.close();
});

test('an access token for an API is a JWT that says how somebody signed in', async () => {
  const api = 'https://api.payroll.example/';
  const w = await world({ application: { settings: { resources: [api] } } });
  await signIn(w);
  const begun = await w.party.begin({ resource: api });
  const tokens = await w.party.redeem((await visit(w.jar, begun.url)).left ?? '', begun, { resource: api });
  const { payload, protectedHeader } = await jose.jwtVerify(tokens.access_token, await keysOf(w), { audience: api });
  assert.equal(protectedHeader.typ, 'at+jwt');
  assert.deepEqual([payload.sub, payload['acr'], payload['amr']], [w.grace.id, ACR.aal2, ['pwd', 'otp', 'mfa']]);
  assert.equal(Number(payload.exp) - Number(payload.iat), 300);
  assert.ok(Math.abs(Number(payload['auth_time']) - Date.now() / 1000) < 5);

  const other = await w.party.begin({ resource: 'https://elsewhere.example/' });
  assert.match((await visit(w.jar, other.url)).left ?? '', /error=invalid_target/);
  await w.close();
});

test('FAPI 2.0: pushed, signed with a key, bound to a key; and refused without any of the three', async () => {
  const key = await client.randomDPoPKeyPair('ES256', { extractable: true });
  const jwk = { ...(await jose.exportJWK(key.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const settings: Partial<OidcSettings> = {
    profile: 'fapi2',
    authMethod: 'private_key_jwt',
    jwks: { keys: [jwk] },
    dpop: true,
  };
  const w = await world({
    application: { secretHash: null, settings },
    auth: client.PrivateKeyJwt({ key: key.privateKey, kid: 'k1' }),
  });
  await signIn(w);
  const plain = await w.party.begin();
  assert.match(
    (await visit(w.jar, plain.url)).left ?? (await visit(w.jar, plain.url)).page.text,
    /error=|cannot answer/,
  );

  const verifier = client.randomPKCECodeVerifier();
  const DPoP = client.getDPoPHandle(w.party.config, await client.randomDPoPKeyPair());
  const pushed = await client.buildAuthorizationUrlWithPAR(
    w.party.config,
    {
      redirect_uri: w.party.redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    },
    { DPoP },
  );
  const answer = await visit(w.jar, pushed.pathname + pushed.search);
  const tokens = await client.authorizationCodeGrant(
    w.party.config,
    new URL(answer.left ?? ''),
    { pkceCodeVerifier: verifier },
    undefined,
    { DPoP },
  );
  assert.equal(tokens.token_type, 'dpop');
  const info = await client.fetchUserInfo(w.party.config, tokens.access_token, w.grace.id, { DPoP });
  assert.equal(info.sub, w.grace.id);
  await assert.rejects(client.fetchUserInfo(w.party.config, tokens.access_token, w.grace.id));
  await assert.rejects(
    visit(w.jar, pushed.pathname + pushed.search).then(({ left }) => assert.match(left ?? '', /code=/)),
  );
  await w.close();
});

test('a public application needs no secret and PKCE all the same; form_post carries the answer in a form', async () => {
  const w = await world({ application: { secretHash: null, settings: { authMethod: 'none' } } });
  await signIn(w);
  const begun = await w.party.begin({ response_mode: 'form_post' });
  const form = await visit(w.jar, begun.url);
  assert.equal(form.page.status, 200);
  assert.match(form.page.text, /<form method="post" action="https:\/\/payroll\.example\/callback">/);
  const policy = form.page.headers.get('content-security-policy') ?? '';
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(form.page.text) ?? [];
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
  assert.ok(policy.includes(`'sha256-${Buffer.from(digest).toString('base64')}'`), policy);

  const without = new URL((await w.party.begin()).url, w.jar.origin);
  without.searchParams.delete('code_challenge');
  without.searchParams.delete('code_challenge_method');
  assert.match((await visit(w.jar, without.pathname + without.search)).left ?? '', /error=invalid_request/);
  const again = await w.party.begin();
  const tokens = await w.party.redeem((await visit(w.jar, again.url)).left ?? '', again);
  assert.equal(tokens.claims()?.sub, w.grace.id);
  await w.close();
});

test('a request by POST is answered like one by GET, and an unknown application never sends anybody anywhere', async () => {
  const w = await world();
  await signIn(w);
  const begun = await w.party.begin();
  const { pathname, searchParams } = new URL(begun.url, w.jar.origin);
  const posted = await w.jar.post(pathname, Object.fromEntries(searchParams));
  assert.equal(posted.status, 303);
  assert.match((await visit(w.jar, posted.location ?? '')).left ?? '', /code=/);
  for (const [name, value] of [
    ['client_id', 'nobody'],
    ['redirect_uri', 'https://payroll.example/callback/'],
  ] as const) {
    const wrong = new URL(begun.url, w.jar.origin);
    wrong.searchParams.set(name, value);
    const page = await visit(w.jar, wrong.pathname + wrong.search);
    assert.equal(page.left, null);
    assert.equal(page.page.status, 400);
    assert.match(page.page.text, /not known to us|has not registered here/);
  }
  await w.close();
});

export async function keysOf(w: World): Promise<ReturnType<typeof jose.createLocalJWKSet>> {
  const request = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const;
  const answer = await w.through(w.party.config.serverMetadata().jwks_uri ?? '', request);
  return jose.createLocalJWKSet((await answer.json()) as jose.JSONWebKeySet);
}
