import assert from 'node:assert/strict';
import * as jose from 'jose';
import type { Suite } from '../suite.ts';
import { keysOf } from '../tokens.ts';

type Lists =
  | 'id_token_signing_alg_values_supported'
  | 'scopes_supported'
  | 'token_endpoint_auth_methods_supported'
  | 'claims_supported';
type Document = Record<string, unknown> & Record<Lists, string[]>;

/** OpenID Connect Discovery §3 and §4.3, RFC 8414 §2. */
export async function discovery(suite: Suite): Promise<void> {
  const said = await documentOf(suite);
  assert.equal(said['issuer'], suite.jar.origin.origin);
  for (const [name, value] of Object.entries(said)) {
    if (/_(?:endpoint|uri)$/.test(name)) assert.match(String(value), /^https:\/\/id\.example\.test\/oidc\//, name);
    if (name.endsWith('_supported'))
      assert.ok(typeof value === 'boolean' || (Array.isArray(value) && value.length > 0), name);
  }
  for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'])
    assert.equal(typeof said[name], 'string', name);
  assert.deepEqual(said['response_types_supported'], ['code']);
  assert.deepEqual(said['subject_types_supported'], ['public']);
  assert.deepEqual(said['grant_types_supported'], ['authorization_code', 'refresh_token']);
  assert.deepEqual(said['code_challenge_methods_supported'], ['S256']);
  assert.ok(said['id_token_signing_alg_values_supported'].includes('RS256'));
  assert.ok(said['scopes_supported'].includes('openid'));
  assert.ok(said['scopes_supported'].every((one) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(one)));
  for (const method of ['client_secret_basic', 'client_secret_post'])
    assert.ok(said['token_endpoint_auth_methods_supported'].includes(method), method);
  assert.equal(said['claims_parameter_supported'], true);
  assert.ok(said['claims_supported'].includes('sub'));
  await publicKeys(suite);
}

export async function rpInitiatedLogoutDiscovery(suite: Suite): Promise<void> {
  assert.equal((await documentOf(suite))['end_session_endpoint'], `${suite.jar.origin.origin}/oidc/logout`);
}

export async function backChannelLogoutDiscovery(suite: Suite): Promise<void> {
  await rpInitiatedLogoutDiscovery(suite);
  const said: Record<string, unknown> = await documentOf(suite);
  assert.equal(said['backchannel_logout_supported'], true);
  assert.equal(said['backchannel_logout_session_supported'], true);
}

async function documentOf({ newJar }: Suite): Promise<Document> {
  const answer = await newJar().get('/.well-known/openid-configuration');
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  return JSON.parse(answer.text) as Document;
}

async function publicKeys(suite: Suite): Promise<void> {
  const { keys } = await keysOf(suite);
  assert.deepEqual(new Set(keys.map(({ kty }) => kty)), new Set(['EC', 'RSA']));
  assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length);
  for (const key of keys) {
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.ok(!(name in key), name);
    for (const value of [key.n, key.e, key.x, key.y]) if (value !== undefined) assert.match(value, /^[\w-]+$/);
    assert.ok(await jose.importJWK(key, key.alg));
  }
}
