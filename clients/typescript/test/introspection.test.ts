import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { introspectionVerifier } from '../src/index.ts';
import { seconds, startIssuer } from './issuer.ts';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
before(async () => {
  issuer = await startIssuer();
});
after(() => issuer.close());

const verifier = () =>
  introspectionVerifier({
    issuer: issuer.url,
    clientId: 'wages:api',
    clientSecret: 'p%ss word',
    audience: 'wages-api',
  });

const active = () => ({
  active: true,
  token_type: 'Bearer',
  iss: issuer.url,
  aud: 'wages-api',
  sub: 'grace',
  scope: 'wages',
  exp: seconds() + 60,
  acr: 'phr',
  auth_time: seconds() - 10,
});

test('an opaque token is good when the issuer says so', async () => {
  let heard: string[] = [];
  issuer.introspectWith((form, authorization) => {
    heard = [form.get('token') ?? '', Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()];
    return { status: 200, body: active() };
  });
  const checked = await verifier()('opaque');
  assert.ok(checked.ok);
  assert.equal(checked.token.acr, 'phr');
  assert.equal(checked.token.assurance, null);
  assert.deepEqual(heard, ['opaque', 'wages%3Aapi:p%25ss+word']);
});

test('a token for nobody in particular is for the client it was given to', async () => {
  issuer.introspectWith(() => ({ status: 200, body: { ...active(), aud: undefined, client_id: 'wages:api' } }));
  assert.equal((await verifier()('opaque')).ok, true);
});

test('a revoked token stops at once: no answer is remembered', async () => {
  const verify = verifier();
  issuer.introspectWith(() => ({ status: 200, body: active() }));
  assert.equal((await verify('opaque')).ok, true);
  issuer.introspectWith(() => ({ status: 200, body: { active: false } }));
  assert.equal((await verify('opaque')).ok, false);
});

test('one that is inactive, not for us, bound or over is refused', async () => {
  const bodies: Record<string, object> = {
    inactive: { active: false },
    'active as text': { ...active(), active: 'true' },
    'another issuer': { ...active(), iss: 'https://id.example' },
    'another audience': { ...active(), aud: ['holiday-api'] },
    'for nobody, and of another client': { ...active(), aud: undefined, client_id: 'holidays' },
    'a refresh token': { ...active(), token_type: undefined },
    'bound by its type': { ...active(), token_type: 'DPoP' },
    bound: { ...active(), cnf: { jkt: 'x' } },
    over: { ...active(), exp: seconds() - 1 },
    'no subject': { ...active(), sub: undefined },
  };
  for (const [what, body] of Object.entries(bodies)) {
    issuer.introspectWith(() => ({ status: 200, body }));
    const checked = await verifier()('opaque');
    assert.equal(!checked.ok && checked.refusal.reason, 'invalid', what);
  }
});

test('an issuer that fails says nothing about the token', async () => {
  for (const answer of [
    { status: 500, body: {} },
    { status: 401, body: { error: 'invalid_client' } },
    { status: 200, body: null },
  ]) {
    issuer.introspectWith(() => answer);
    const checked = await verifier()('opaque');
    assert.equal(!checked.ok && checked.refusal.reason, 'unavailable');
  }
});
