import assert from 'node:assert/strict';
import { send } from '#test/support/oidc-client.ts';
import { ask, authorize, codeOf, errorOf, redeem, signIn, type Suite, token, visitor } from '../suite.ts';
import { bearer, checked, claimsOf, tokensOf, userinfo } from '../tokens.ts';
import { type Checks, errorIn } from './requests.ts';

/** Codes and refresh tokens, and requests inside requests. */
export const codes = {
  'oidcc-codereuse': async (suite) => void (await usedTwice(suite, 0)),
  'oidcc-codereuse-30seconds': async (suite) => {
    const tokens = await usedTwice(suite, 30);
    const answer = await suite.newJar().get('/oidc/userinfo', bearer(tokens));
    assert.deepEqual([answer.status, errorIn(answer.text)], [401, 'invalid_token']);
  },
  'oidcc-refresh-token': async (suite) => {
    const { second } = suite;
    const first = await offline(suite, suite.application);
    const form = (refresh_token: string | null) => ({
      grant_type: 'refresh_token',
      refresh_token: refresh_token ?? '',
    });
    const refreshed = await token(suite, suite.application, form(first.refresh));
    const next = await checked(suite, { by: suite.application }, refreshed, nonceIn(refreshed.text));
    assert.ok(next.refresh !== null && next.refresh !== first.refresh && next.access !== first.access);
    for (const name of ['iss', 'sub', 'aud', 'auth_time', 'acr', 'sid'])
      assert.deepEqual(next.claims[name], first.claims[name], name);
    await userinfo(suite, next);

    const foreign = await offline(suite, second);
    const taken = await token(suite, suite.application, form(foreign.refresh));
    assert.deepEqual([taken.status, errorIn(taken.text)], [400, 'invalid_grant']);
    const own = await token(suite, second, form(foreign.refresh));
    assert.equal(own.status, 200, 'for its own application it is as good as before');
  },
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': async (suite) => {
    const asked = await ask(suite, await visitor(suite), { request: unsigned({ state: 'another' }) });
    assert.equal(errorOf(suite, asked), 'request_not_supported');
  },
  'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported': async (suite) => {
    const said = JSON.parse((await suite.newJar().get('/.well-known/openid-configuration')).text) as object;
    assert.equal(Reflect.get(said, 'request_uri_parameter_supported'), false);
    const asked = await ask(suite, await visitor(suite), { request_uri: 'https://payroll.example/request.jwt' });
    assert.equal(errorOf(suite, asked), 'request_uri_not_supported');
  },
  'oidcc-ensure-request-object-with-redirect-uri': async (suite) => {
    const request = unsigned({ redirect_uri: 'https://payroll.example/callback' });
    const asked = await ask(suite, await visitor(suite), { request, redirect_uri: 'https://payroll.example/other' });
    assert.deepEqual([asked.outcome.left, asked.outcome.page.status], [null, 400]);
  },
} satisfies Checks;

async function usedTwice(suite: Suite, seconds: number) {
  const done = await authorize(suite, await visitor(suite));
  const tokens = await tokensOf(suite, done, done.code);
  claimsOf(await suite.newJar().get('/oidc/userinfo', bearer(tokens)), tokens);
  suite.r.advance({ seconds });
  const again = await redeem(suite, done, done.code);
  assert.match(again.headers.get('content-type') ?? '', /^application\/json/);
  assert.deepEqual([again.status, errorIn(again.text)], [400, 'invalid_grant']);
  return tokens;
}

async function offline(suite: Suite, by: Suite['application']) {
  const who = await visitor(suite);
  const asked = await ask(suite, who, { scope: 'openid offline_access', prompt: 'consent' }, { by });
  const at = await signIn(who, asked);
  assert.match(at.outcome.page.path, /^\/oidc\/interaction\//);
  const done = { ...at, outcome: await send(who.jar, at.outcome, { answer: 'agree' }) };
  const tokens = await tokensOf(suite, done, codeOf(suite, done));
  assert.ok(tokens.refresh !== null && tokens.scope.includes('offline_access'));
  return tokens;
}

function nonceIn(json: string): string | null {
  const { id_token: idToken } = JSON.parse(json) as { id_token: string };
  const [, payload = ''] = idToken.split('.');
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { nonce?: string }).nonce ?? null;
}

/** A request as OpenID Connect Core §6.1 has it, without a signature. */
function unsigned(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ response_type: 'code', ...payload })}.`;
}
