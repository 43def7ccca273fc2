// P-30: nothing that somebody else signed, or meant for somewhere else, or used before, counts as a word of anybody.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import * as jose from 'jose';
import { rotateSigningKeys, signingKeys } from '#oidc/signing-keys.ts';
import type { Answered } from '#test/support/jar.ts';
import {
  answerOf,
  basic,
  CALLBACK,
  register,
  visit,
  type Wanted,
  type World,
  world,
} from '#test/support/oidc-client.ts';
import { type Bait, forgeries, type Owned, signed } from './support/forger.ts';
import { errorIn, post, signIn } from './support/provider.ts';

const SECRET = 'the secret of a made-up payroll portal';
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
type After = { after(work: () => unknown): void };
type Claims = Record<string, unknown>;

test('a hint that we have not signed says nothing: not who is to sign in, not who may be signed out', async (t) => {
  const w = await opened(t);
  const bait = await baited(t);
  const { hint, owned } = await genuineHint(w);
  const resources = ['https://api.payroll.example/'];
  const rota = await register(w.r, w.house, { settings: { resources } });
  const hash = Buffer.from(w.application.secretHash ?? []);
  const forged = forgeries(hint, owned, bait, [SECRET, hash.toString('base64url'), hash.toString('latin1')]);
  const misused: [string, string][] = [
    ...forged.map(([what, token]): [string, string] => [what, token]),
    ['an access token', (await tokensOf(w)).access],
    ['a token of another application', (await tokensOf(w, { by: rota.id })).idToken],
    ['a token for an API', (await tokensOf(w, { by: rota.id, resource: resources[0] ?? '' })).access],
    ['a token of another issuer', await resigned(w, hint, { iss: 'https://id.evil.test' })],
    ['a token for others', await resigned(w, hint, { aud: 'somebody' })],
    ['a token that is not good yet', await resigned(w, hint, { nbf: Date.now() / 1000 + 3600 })],
    ['a word about a sign-out', await resigned(w, hint, { events: {}, jti: 'x' }, 'logout+jwt')],
    ['a token for an API, in the name of the application', await resigned(w, hint, {}, 'at+jwt')],
  ];
  for (const [what, token] of misused) {
    const quiet = await visit(w.jar, (await w.party.begin({ prompt: 'none', id_token_hint: token })).url);
    assert.deepEqual([answerOf(quiet).get('code'), answerOf(quiet).get('error')], [null, 'invalid_request'], what);
    const bye = 'https://payroll.example/bye';
    const out = { id_token_hint: token, client_id: w.application.id, post_logout_redirect_uri: bye };
    const left = await visit(w.jar, `/oidc/logout?${new URLSearchParams(out)}`);
    assert.deepEqual([left.left, left.page.status], [null, 400], what);
  }
  const huge = await w.jar.post('/oidc/logout', { id_token_hint: hint.padEnd(1_000_000, 'A') });
  assert.equal(huge.status, 413);
  assert.equal((await w.jar.get('/account')).status, 200);
  assert.equal(bait.bites, 0);

  // Keys that signed stay good until what they signed is past.
  await rotateSigningKeys(w.r.store, w.r.now());
  w.r.advance({ hours: 25 });
  await signIn(w, w.jar);
  const kept = await visit(w.jar, (await w.party.begin({ prompt: 'none', id_token_hint: hint })).url);
  assert.ok(answerOf(kept).get('code'), 'control');
});

test('an assertion that the application has not signed for this place and moment shows nobody', async (t) => {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicJwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
  const application = {
    secretHash: null,
    settings: { authMethod: 'private_key_jwt', jwks: { keys: [publicJwk] } },
  } as const;
  const w = await opened(t, { ...application, settings: { ...application.settings, jwks: { keys: [publicJwk] } } });
  const bait = await baited(t);
  const { id } = w.application;
  const issuer = w.jar.origin.origin;
  const now = () => Math.floor(Date.now() / 1000);
  const claims = (): Claims => ({ iss: id, sub: id, aud: issuer, jti: randomUUID(), iat: now(), exp: now() + 60 });
  const make = (changed: Claims = {}, header: Claims = {}) =>
    signed({ alg: 'ES256', kid: 'k1', ...header }, { ...claims(), ...changed }, key.privateKey, 'ES256');
  const ask = (client_assertion: string, more: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    introspect(w, { client_assertion, client_assertion_type: ASSERTION, ...more }, headers);

  assert.equal((await ask(make())).status, 200, 'control');
  const owned: Owned = { publicJwk: jwkOf(publicJwk), kid: 'k1', alg: 'ES256' };
  for (const [what, token] of forgeries(make(), owned, bait, [SECRET])) isRefused(await ask(token), what);
  const said: [string, Claims, Claims?][] = [
    ['another issuer', { iss: 'somebody' }],
    ['no issuer', { iss: undefined }],
    ['another subject', { sub: 'somebody' }],
    ['no subject', { sub: undefined }],
    ['another audience', { aud: 'https://id.evil.test' }],
    ['ours with more behind it', { aud: `${issuer}.evil.test` }],
    ['two audiences', { aud: [issuer, 'https://id.evil.test'] }],
    ['no audience', { aud: undefined }],
    ['an empty list', { aud: [] }],
    ['another place of ours', { aud: `${issuer}/oidc/revocation` }],
    ['a place of ours that is none', { aud: `${issuer}/oidc/nothing` }],
    ['expired', { exp: now() - 60 }],
    ['no end', { exp: undefined }],
    ['an end in ten years', { exp: now() + 315_360_000 }],
    ['an end that is text', { exp: '9999999999' }],
    ['an end beyond numbers', { exp: 1e308 }],
    ['not good yet', { nbf: now() + 3600 }],
    ['from the future', { iat: now() + 3600 }],
    ['no name', { jti: undefined }],
    ['a name that is a number', { jti: 5 }],
    ['a token for an API', {}, { typ: 'at+jwt' }],
    ['a word about a sign-out', {}, { typ: 'logout+jwt' }],
    ['a proof', {}, { typ: 'dpop+jwt' }],
    ['an extension that nobody knows', {}, { crit: ['urn:x'], 'urn:x': 1 }],
  ];
  for (const [what, changed, header] of said) isRefused(await ask(make(changed, header)), what);
  isRefused(await ask(make().padEnd(60_000, 'A')), 'huge');
  isRefused(await ask(make(), { client_id: 'somebody' }), 'another name beside it');
  isRefused(await ask(make(), { client_secret: SECRET }), 'a secret beside it');
  isRefused(await ask(make(), {}, basic(w.application)), 'a header beside it');
  isRefused(
    await ask(make(), { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }),
    'another kind',
  );
  isRefused(await ask(make(), { client_assertion_type: '' }), 'no kind');
  isRefused(await introspect(w, { client_id: id }), 'the name alone');
  isRefused(await introspect(w, { client_id: id, client_secret: '' }), 'an empty secret');

  const once = make();
  assert.equal((await ask(once)).status, 200);
  isRefused(await ask(once), 'a second time');
  // The last letter of a signature has bits to spare: another spelling of the same token is the same token.
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
    isRefused(await ask(once.slice(0, -1) + letter), `spelt otherwise, ${letter}`);
  const racing = make();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(racing)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1, 'twenty at once');
  assert.equal(bait.bites, 0);
  assert.equal((await ask(make())).status, 200, 'control');
});

test('a secret is shown in one way, and never in an address', async (t) => {
  const w = await opened(t);
  const { id } = w.application;
  assert.equal((await introspect(w, {}, basic(w.application))).status, 200, 'control');
  const b64 = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  for (const [what, answer] of [
    ['no secret', await introspect(w, {}, b64(`${id}:`))],
    ['no colon', await introspect(w, {}, b64(id))],
    ['a wrong secret', await introspect(w, {}, basic(w.application, `${SECRET}x`))],
    [
      'the hash of the secret',
      await introspect(w, {}, basic(w.application, Buffer.from(w.application.secretHash ?? []).toString('base64url'))),
    ],
    ['the name alone', await introspect(w, { client_id: id })],
    ['an empty secret in the form', await introspect(w, { client_id: id, client_secret: '' })],
    ['both ways', await introspect(w, { client_id: id, client_secret: SECRET }, basic(w.application))],
    [
      'twice',
      await post(
        w,
        '/oidc/introspection',
        `token=x&client_id=${id}&client_secret=${encodeURIComponent(SECRET)}&client_secret=x`,
      ),
    ],
    ['another name in the form', await introspect(w, { client_id: 'somebody' }, basic(w.application))],
    ['another scheme', await introspect(w, {}, { authorization: `Bearer ${SECRET}` })],
    [
      'an assertion that nobody can check',
      await introspect(w, { client_assertion: 'a.b.c', client_assertion_type: ASSERTION }),
    ],
    [
      'in the address',
      await post(w, `/oidc/introspection?client_id=${id}&client_secret=${encodeURIComponent(SECRET)}`, { token: 'x' }),
    ],
  ] as const)
    isRefused(answer, what);
  assert.equal((await introspect(w, {}, basic(w.application))).status, 200, 'control');
});

test('an access token is one of ours, and no other token is taken for one', async (t) => {
  const w = await opened(t);
  const bait = await baited(t);
  const { hint, owned } = await genuineHint(w);
  const { access } = await tokensOf(w);
  const ask = (token: string) =>
    w.newJar().get('/oidc/userinfo', { authorization: `Bearer ${token}`, accept: 'application/json' });
  assert.equal((await ask(access)).status, 200, 'control');
  const headerSafe = /^[\x21-\x7e]+$/;
  for (const [what, token] of [
    ...forgeries(hint, owned, bait, [SECRET]).filter(([, one]) => headerSafe.test(one) && one.length < 8000),
    ['an ID token', hint] as const,
    ['nearly', flippedLetter(access)] as const,
    ['cut', access.slice(0, -1)] as const,
    ['longer', `${access}A`] as const,
  ])
    assert.ok([400, 401].includes((await ask(token)).status), what);
  const inAddress = await w.newJar().get(`/oidc/userinfo?access_token=${access}`, { accept: 'application/json' });
  assert.ok([400, 401].includes(inAddress.status), 'in the address');
  assert.equal(bait.bites, 0);
  assert.equal((await ask(access)).status, 200, 'control');
});

test('a proof of possession is for one key, one place, one moment and one use', async (t) => {
  const w = await opened(t, { settings: { dpop: true } });
  const bait = await baited(t);
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = jwkOf(key.publicKey.export({ format: 'jwk' }));
  const at = `${w.jar.origin.origin}/oidc/token`;
  const now = () => Math.floor(Date.now() / 1000);
  const proof = (changed: Claims = {}, header: Claims = {}, by = key.privateKey) =>
    signed(
      { alg: 'ES256', typ: 'dpop+jwt', jwk, ...header },
      { htm: 'POST', htu: at, jti: randomUUID(), iat: now(), ...changed },
      by,
      'ES256',
    );
  const redeem = async (dpop: string) => {
    const begun = await w.party.begin();
    const code = answerOf(await visit(w.jar, begun.url)).get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: begun.verifier };
    return post(w, '/oidc/token', form, { ...basic(w.application), dpop });
  };
  const good = await redeem(proof());
  assert.equal(good.status, 200, 'control');
  const { access_token: access } = JSON.parse(good.text) as { access_token: string };

  const owned: Owned = { publicJwk: jwk, kid: '', alg: 'ES256' };
  // With a key of one's own beside it a proof is right: it proves that key. Left is what is wrong with any key.
  const isOwnKey = (what: string) => what.startsWith('a key beside it');
  const wrong: (readonly [string, string])[] = [
    ...forgeries(proof(), owned, bait).filter(
      ([what, one]) => !isOwnKey(what) && /^[\x21-\x7e]+$/.test(one) && one.length < 8000,
    ),
    ['another method', proof({ htm: 'GET' })],
    ['another place', proof({ htu: `${w.jar.origin.origin}/oidc/userinfo` })],
    ['another house', proof({ htu: 'https://id.evil.test/oidc/token' })],
    ['no place', proof({ htu: undefined })],
    ['no method', proof({ htm: undefined })],
    ['no moment', proof({ iat: undefined })],
    ['long ago', proof({ iat: now() - 3600 })],
    ['in an hour', proof({ iat: now() + 3600 })],
    ['no name', proof({ jti: undefined })],
    ['a nonce of nobody', proof({ nonce: 'x' })],
    ['no type', proof({}, { typ: undefined })],
    ['another type', proof({}, { typ: 'JWT' })],
    ['no key', proof({}, { jwk: undefined })],
    ['the private key beside it', proof({}, { jwk: key.privateKey.export({ format: 'jwk' }) })],
    ['a shared secret for a key', proof({}, { jwk: { kty: 'oct', k: 'AAAA' } })],
    ['a key of somebody else beside it', proof({}, {}, stranger.privateKey)],
  ];
  for (const [what, one] of wrong) {
    const answer = await redeem(one);
    assert.ok(
      [400, 401].includes(answer.status) && !answer.text.includes('access_token'),
      `${what}: ${answer.status} ${answer.text}`,
    );
  }
  const none = await redeem('');
  assert.ok([400, 401].includes(none.status), 'none');

  const twice = proof();
  assert.equal((await redeem(twice)).status, 200);
  assert.ok([400, 401].includes((await redeem(twice)).status), 'a second time');

  const place = `${w.jar.origin.origin}/oidc/userinfo`;
  const ath = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(access))).toString('base64url');
  const told = (dpop: string | null, scheme = 'DPoP') =>
    w.newJar().get('/oidc/userinfo', {
      authorization: `${scheme} ${access}`,
      accept: 'application/json',
      ...(dpop !== null && { dpop }),
    });
  const right = (changed: Claims = {}, header: Claims = {}, by = key.privateKey) =>
    proof({ htm: 'GET', htu: place, ath, ...changed }, header, by);
  assert.equal((await told(right())).status, 200, 'control');
  const strangers = jwkOf(stranger.publicKey.export({ format: 'jwk' }));
  for (const [what, answer] of [
    ['none', await told(null)],
    ['as a bearer', await told(null, 'Bearer')],
    ['as a bearer, with a proof', await told(right(), 'Bearer')],
    ['another key', await told(right({}, { jwk: strangers }, stranger.privateKey))],
    ['another token', await told(right({ ath: 'x' }))],
    ['no token', await told(right({ ath: undefined }))],
    ['the proof of the token endpoint', await told(proof())],
  ] as const)
    assert.ok([400, 401].includes(answer.status), `${what}: ${answer.status}`);
  assert.equal(bait.bites, 0);
  assert.equal((await told(right())).status, 200, 'control');
});

/** Whom the program takes the sender for; the token asked about is nobody's. */
function introspect(w: World, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answered> {
  return post(w, '/oidc/introspection', { token: 'x', ...form }, headers);
}

function isRefused(answer: Answered, what: string): void {
  assert.ok([400, 401, 413].includes(answer.status), `${what}: ${answer.status} ${answer.text}`);
  if (answer.status !== 413) assert.match(String(errorIn(answer)), /^invalid_(?:client|request)$/, what);
}

async function opened(t: After, application: Wanted = {}): Promise<World> {
  const w = await world({ person: { enrolled: false }, application, ...authOf(application) });
  t.after(w.close);
  await signIn(w, w.jar);
  return w;
}

/** The client library is told nothing of keys here: these requests are made by hand. */
function authOf(application: Wanted) {
  return application.settings?.authMethod === 'private_key_jwt' ? { auth: () => {} } : {};
}

/** A server that counts who comes. */
async function baited(t: After): Promise<Bait & { bites: number }> {
  const bait = { url: '', bites: 0 };
  const server = createServer((_request, response) => {
    bait.bites += 1;
    response.end('{"keys":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  bait.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return bait;
}

async function tokensOf(w: World, { by = w.application.id, resource = '' } = {}) {
  const asked = { client_id: by, ...(resource && { resource }) };
  const begun = await w.party.begin(asked);
  const code = answerOf(await visit(w.jar, begun.url)).get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: begun.verifier };
  const answer = await post(w, '/oidc/token', { ...form, ...(resource && { resource }) }, basic({ id: by }));
  const said = JSON.parse(answer.text) as { access_token: string; id_token: string };
  return { access: said.access_token, idToken: said.id_token };
}

/** A hint of the person in front, and what of its key everybody can know. */
async function genuineHint(w: World): Promise<{ hint: string; owned: Owned }> {
  const hint = (await tokensOf(w)).idToken;
  const { keys } = JSON.parse((await w.newJar().get('/oidc/keys')).text) as jose.JSONWebKeySet;
  const { kid = '' } = jose.decodeProtectedHeader(hint);
  const publicJwk = jwkOf(keys.find((one) => one.kid === kid) ?? {});
  const quiet = await visit(w.jar, (await w.party.begin({ prompt: 'none', id_token_hint: hint })).url);
  assert.ok(answerOf(quiet).get('code'), 'control');
  return { hint, owned: { publicJwk, kid, alg: 'ES256' } };
}

/** As if the provider itself had said it: for what must be refused by what it says and not by who signed. */
async function resigned({ r }: World, token: string, changed: Claims, typ?: string): Promise<string> {
  const { kid, alg = '' } = jose.decodeProtectedHeader(token);
  const row = (await signingKeys(r.store, r.now())).find(({ id }) => id === kid);
  const key = await jose.importJWK(JSON.parse(row?.secret.reveal() ?? '{}') as jose.JWK, alg);
  const header = { alg, kid: kid ?? '', ...(typ && { typ }) };
  return new jose.SignJWT({ ...jose.decodeJwt(token), ...changed }).setProtectedHeader(header).sign(key);
}

function jwkOf(jwk: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(jwk));
}

function flippedLetter(token: string): string {
  return (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
}
