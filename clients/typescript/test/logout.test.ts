import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { logoutVerifier } from '../src/index.ts';
import { type Key, makeKey, seconds, startIssuer } from './issuer.ts';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let key: Key;
before(async () => {
  [issuer, key] = await Promise.all([startIssuer(), makeKey('one')]);
  issuer.publish(key);
});
after(() => issuer.close());

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const verifier = () => logoutVerifier({ issuer: issuer.url, clientId: 'payroll' });

function logoutToken(claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}, by = key): Promise<string> {
  const now = seconds();
  const payload = {
    iss: issuer.url,
    aud: 'payroll',
    iat: now,
    exp: now + 120,
    jti: crypto.randomUUID(),
    sub: 'grace',
    sid: 'session-1',
    events: { [EVENT]: {} },
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'logout+jwt', ...header })
    .sign(by.private);
}

test('a log-out names a person, a session, or both', async () => {
  const verify = verifier();
  const logout = async (claims: JWTPayload) => {
    const checked = await verify(await logoutToken(claims));
    return checked.ok && checked.logout;
  };
  assert.deepEqual(await logout({}), { subject: 'grace', sid: 'session-1' });
  assert.deepEqual(await logout({ sub: undefined }), { subject: null, sid: 'session-1' });
  assert.deepEqual(await logout({ sid: undefined }), { subject: 'grace', sid: null });
});

test('a log-out is good once', async () => {
  const verify = verifier();
  const token = await logoutToken();
  assert.equal((await verify(token)).ok, true);
  assert.equal((await verify(token)).ok, false);
});

test('what is no log-out for us ends nothing', async () => {
  const now = seconds();
  const wrong: Record<string, Promise<string>> = {
    'an ID token': logoutToken({ nonce: 'n', events: undefined }),
    'with a nonce': logoutToken({ nonce: 'n' }),
    'no event': logoutToken({ events: undefined }),
    'another event': logoutToken({ events: { 'https://schemas.example/event': {} } }),
    'an event that is no object': logoutToken({ events: { [EVENT]: true } }),
    'an event that is a list': logoutToken({ events: { [EVENT]: [] } }),
    'nobody named': logoutToken({ sub: undefined, sid: undefined }),
    'another issuer': logoutToken({ iss: 'https://id.example' }),
    'another application': logoutToken({ aud: 'holidays' }),
    expired: logoutToken({ exp: now - 10 }),
    'made long ago': logoutToken({ iat: now - 3600 }),
    'no iat': logoutToken({ iat: undefined }),
    'no jti': logoutToken({ jti: undefined }),
    'an access token': logoutToken({}, { typ: 'at+jwt' }),
    'an unknown key': logoutToken({}, {}, await makeKey('thief')),
    "a thief's key under our key's name": logoutToken({}, {}, await makeKey('one')),
  };
  for (const [what, token] of Object.entries(wrong)) {
    const checked = await verifier()(await token);
    assert.equal(!checked.ok && checked.refusal.reason, 'invalid', what);
  }
});
