import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { exportSPKI, importJWK } from 'jose';
import { jwtVerifier } from '../src/index.ts';
import { accessToken, close, type Key, listen, makeKey, seconds, startIssuer } from './issuer.ts';

type Issuer = Awaited<ReturnType<typeof startIssuer>>;
let issuer: Issuer;
let es: Key;
let rs: Key;
before(async () => {
  [issuer, es, rs] = await Promise.all([startIssuer(), makeKey('es'), makeKey('rs', 'RS256')]);
});
beforeEach(() => issuer.publish(es, rs));
after(() => issuer.close());

const verifier = (more: object = {}) => jwtVerifier({ issuer: issuer.url, audience: 'wages-api', ...more });

async function refused(token: string, verify = verifier()): Promise<string> {
  const checked = await verify(token);
  assert.equal(checked.ok, false, 'the token was accepted');
  assert.equal(!checked.ok && checked.refusal.reason, 'invalid');
  return checked.ok ? '' : checked.refusal.detail;
}

test('a good token of either algorithm is read', async () => {
  for (const key of [es, rs]) {
    const checked = await verifier()(
      await accessToken(issuer.url, key, {
        claims: { device_remembered: false, authenticators_changed_at: 1_700_000_000, enrolment_due: '2026-06-30' },
      }),
    );
    assert.ok(checked.ok);
    const { token } = checked;
    assert.equal(token.subject, 'grace');
    assert.deepEqual(token.scopes, ['wages', 'assurance']);
    assert.equal(token.acr, 'https://refeds.org/profile/mfa');
    assert.deepEqual(token.amr, ['pwd', 'otp', 'mfa']);
    assert.equal(token.authTime?.getTime(), ((token.claims['iat'] as number) - 60) * 1000);
    assert.deepEqual(token.assurance, {
      authenticatorsChangedAt: new Date(1_700_000_000_000),
      recoveredAt: null,
      enrolmentDue: '2026-06-30',
      deviceRemembered: false,
    });
  }
});

test('a token without a signature is refused', async () => {
  const [, payload] = (await accessToken(issuer.url, es)).split('.');
  for (const alg of ['none', 'None', 'NONE']) {
    const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid: 'es' })).toString('base64url');
    await refused(`${header}.${payload}.`);
  }
});

test('a token signed with the public key as if it were a secret is refused', async () => {
  const [, payload] = (await accessToken(issuer.url, rs)).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid: 'rs' })).toString('base64url');
  const publicKey = await importJWK(rs.public, 'RS256', { extractable: true });
  assert.ok(!(publicKey instanceof Uint8Array));
  for (const secret of [await exportSPKI(publicKey), JSON.stringify(rs.public)]) {
    const mac = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
    await refused(`${header}.${payload}.${mac}`);
  }
});

test('a changed claim is refused', async () => {
  const [header, payload = '', signature] = (await accessToken(issuer.url, es)).split('.');
  const claims: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'helen' })).toString('base64url');
  await refused(`${header}.${forged}.${signature}`);
});

test('a token of another kind, issuer, audience or time is refused', async () => {
  const now = seconds();
  const wrong: Record<string, Parameters<typeof accessToken>[2]> = {
    'an ID token': { header: { typ: 'JWT' } },
    'a logout token': { header: { typ: 'logout+jwt' } },
    'no typ': { header: { typ: undefined } },
    'another issuer': { claims: { iss: 'https://id.example' } },
    'the issuer with a slash more': { claims: { iss: `${issuer.url}/` } },
    'another audience': { claims: { aud: 'holiday-api' } },
    'no audience': { claims: { aud: undefined } },
    expired: { claims: { exp: now - 10 } },
    'no end': { claims: { exp: undefined } },
    'not yet valid': { claims: { nbf: now + 60 } },
    'no subject': { claims: { sub: undefined } },
    'no jti': { claims: { jti: undefined } },
    'bound to a key': { claims: { cnf: { jkt: 'x'.repeat(43) } } },
    'an assurance claim in another shape': { claims: { device_remembered: 'no' } },
  };
  for (const [what, changes] of Object.entries(wrong)) {
    const checked = await verifier()(await accessToken(issuer.url, es, changes));
    assert.equal(!checked.ok && checked.refusal.reason, 'invalid', what);
  }
  // The long form of the type is the same type (RFC 9068 §4).
  const long = await verifier()(await accessToken(issuer.url, es, { header: { typ: 'application/at+jwt' } }));
  assert.equal(long.ok, true);
});

test('a token that brings its own key, or says where to get one, is refused, and nobody asks there', async () => {
  let visits = 0;
  const thief = await makeKey('thief');
  const server = createServer((_request, response) => {
    visits += 1;
    response.end(JSON.stringify({ keys: [thief.public] }));
  });
  const url = await listen(server);
  await refused(await accessToken(issuer.url, thief, { header: { jwk: thief.public, kid: undefined } }));
  await refused(await accessToken(issuer.url, thief, { header: { jwk: thief.public } }));
  await refused(await accessToken(issuer.url, thief, { header: { jku: `${url}/keys` } }));
  await refused(await accessToken(issuer.url, thief, { header: { kid: 'es', jku: `${url}/keys` } }));
  await refused(await accessToken(issuer.url, thief, { header: { kid: 'es', x5u: `${url}/certificate` } }));
  assert.equal(visits, 0);
  await close(server);
});

test('only what was allowed of the algorithms is accepted', async () => {
  const onlyEs = verifier({ algorithms: ['ES256'] });
  assert.equal((await onlyEs(await accessToken(issuer.url, es))).ok, true);
  await refused(await accessToken(issuer.url, rs), onlyEs);
});

test('keys are asked for once; an unknown one makes us ask again, but not before the cool-down is over', async () => {
  const { asked } = issuer;
  const before = { ...asked };
  const verify = verifier({ cooldownMs: 200 });
  for (let time = 0; time < 5; time += 1) await verify(await accessToken(issuer.url, es));
  assert.equal(asked.keys - before.keys, 1);
  assert.equal(asked.description - before.description, 1);

  const next = await makeKey('next');
  issuer.publish(es, next);
  for (let time = 0; time < 5; time += 1) await refused(await accessToken(issuer.url, next), verify);
  assert.equal(asked.keys - before.keys, 1, 'made-up names must not turn us against the issuer');

  await new Promise((resolve) => setTimeout(resolve, 250));
  assert.equal((await verify(await accessToken(issuer.url, next))).ok, true, 'a rotation needs no restart');
  assert.equal(asked.keys - before.keys, 2);
});

test('a key that is not published any more is good for nothing once the cache is old', async () => {
  const verify = verifier({ cacheMaxAgeMs: 100, cooldownMs: 0 });
  const token = await accessToken(issuer.url, es);
  assert.equal((await verify(token)).ok, true);
  issuer.publish(rs);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await refused(token, verify);
});

test('an issuer that cannot be reached, or that calls itself something else, refuses nobody for good', async () => {
  const lonely = jwtVerifier({ issuer: 'http://127.0.0.1:9', audience: 'wages-api' });
  const checked = await lonely(await accessToken('http://127.0.0.1:9', es));
  assert.equal(!checked.ok && checked.refusal.reason, 'unavailable');

  const verify = verifier();
  issuer.describeAs('https://somebody-else.example');
  const impostor = await verify(await accessToken(issuer.url, es));
  assert.equal(!impostor.ok && impostor.refusal.reason, 'unavailable');
  issuer.describeAs(issuer.url);
  assert.equal((await verify(await accessToken(issuer.url, es))).ok, true, 'and asks again the next time');
});

test('what is no token at all is refused', async () => {
  for (const text of ['', 'x', 'a.b.c', '....', 'e30.e30.e30', `${'a'.repeat(100_000)}.b.c`]) await refused(text);
});
