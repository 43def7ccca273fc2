// P-33: whose answer it is, what was agreed to, and who may sign whom out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as jose from 'jose';
import { signingKeys } from '#oidc/signing-keys.ts';
import {
  answerOf,
  basic,
  CALLBACK,
  givePassword,
  register,
  RelyingParty,
  send,
  visit,
  type Wanted,
  type World,
  world,
} from '#test/support/oidc-client.ts';
import { post, sentTo, signIn } from './support/provider.ts';

const BYE = 'https://payroll.example/bye';
type After = { after(work: () => unknown): void };

test('the issuer stands in every answer, good or bad, and is the one of the discovery document', async (t) => {
  const w = await opened(t);
  const { issuer } = w.party.config.serverMetadata();
  assert.equal(issuer, w.jar.origin.origin);
  await signIn(w, w.jar);
  const asked: Record<string, string>[] = [
    {},
    { prompt: 'none' },
    { prompt: 'nonsense' },
    { response_type: 'token' },
    { response_mode: 'fragment' },
    { scope: 'nothing' },
    { max_age: '-1' },
    { code_challenge_method: 'plain' },
    { claims: '{' },
    { id_token_hint: 'x' },
    { request: 'x' },
  ];
  for (const one of asked) {
    const begun = await w.party.begin(one);
    const { parameters } = sentTo((await visit(w.jar, begun.url)).left ?? '');
    assert.deepEqual([parameters.get('iss'), parameters.get('state')], [issuer, begun.state], JSON.stringify(one));
  }
  const declined = await w.newJar().get((await w.party.begin({ prompt: 'none' })).url);
  assert.equal(sentTo(declined.location ?? '').parameters.get('iss'), issuer);
  await control(w);
});

test('an application with two issuers notices that the answer is from the other one, and its code is worth nothing there', async (t) => {
  const honest = await opened(t);
  const other = await opened(t, { publicUrl: 'https://id.evil.test' });
  await signIn(honest, honest.jar);
  await signIn(other, other.jar);
  await control(honest);
  // The browser was begun at the one, and comes back with an answer of the other under the same state.
  const [here, there] = [await honest.party.begin(), await other.party.begin()];
  for (const [party, begun, jar, theirs] of [
    [honest.party, here, other.jar, there],
    [other.party, there, honest.jar, here],
  ] as const) {
    const answer = new URL((await visit(jar, theirs.url)).left ?? '');
    answer.searchParams.set('state', begun.state);
    await assert.rejects(party.redeem(answer.href, begun), ({ cause }: Error) => String(cause).includes('"iss"'));
    answer.searchParams.delete('iss');
    await assert.rejects(party.redeem(answer.href, begun), ({ cause }: Error) => String(cause).includes('iss'));
  }
  // Had it not looked, it would have handed over a code that is worth nothing.
  const code = answerOf(await visit(honest.jar, here.url)).get('code') ?? '';
  const handed = await post(
    other,
    '/oidc/token',
    { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: here.verifier },
    basic(other.application),
  );
  assert.equal(handed.status, 400);
  await control(honest);
});

test('a name that somebody chose is text in a sentence of ours, and says whose application it is', async (t) => {
  const names = [
    '<img src=x onerror=alert(1)>Payroll',
    '"><script>alert(1)</script>',
    '&lt;script&gt;',
    '\u202Ellorya\u202DP\u2066',
    'Pay\u0000roll\u200B\u2060\uFEFF',
    'Nachtslot\n\nYou agreed already. Press «Agree».',
    'Your bank'.repeat(40),
    '{{name}} ${name} $t(applications.agree)',
  ];
  for (const name of names) {
    const w = await opened(t, { application: { name, settings: { consent: 'ask' } } });
    await signIn(w, w.jar);
    const { page } = await visit(w.jar, (await w.party.begin({ scope: 'openid email' })).url);
    assert.match(page.path, /^\/oidc\/interaction\//);
    assert.doesNotMatch(page.text, /<img|<script>/, name);
    assert.doesNotMatch(page.text, /[\p{Cf}\p{Co}]/u, name);
    const [, heading = ''] = /<h1>([\s\S]*?)<\/h1>/.exec(page.text) ?? [];
    assert.ok(heading.length < 400 && !heading.includes('\n'), name);
    assert.match(page.text, /Bakery/, 'whose it is');
    assert.match(page.text, /your email address/, 'what it is told');
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  }
});

test('a consent is skipped by registration alone, and asked for again when it was taken back', async (t) => {
  const w = await opened(t, { application: { settings: { consent: 'ask' } } });
  await signIn(w, w.jar);
  const quiet = async (parameters: Record<string, string> = {}) =>
    answerOf(await visit(w.jar, (await w.party.begin({ prompt: 'none', ...parameters })).url)).get('error');
  assert.equal(await quiet(), 'consent_required');
  // No word of the request makes it a first party's.
  for (const [name, value] of [
    ['consent', 'skip'],
    ['application_type', 'native'],
    ['client_name', 'Nachtslot'],
    ['approval', '1'],
  ] as const)
    assert.equal(await quiet({ [name]: value }), 'consent_required', name);
  const asked = await visit(w.jar, (await w.party.begin()).url);
  assert.equal((await w.newJar().post(asked.page.path, { answer: 'agree' })).status, 410, "in another's browser");
  const foreign = await w.jar.post(
    asked.page.path,
    { answer: 'agree' },
    { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' },
  );
  assert.equal(foreign.status, 403);
  assert.equal(await quiet(), 'consent_required');
  assert.ok((await send(w.jar, asked, { answer: 'agree' })).left?.includes('code='));
  assert.equal(await quiet(), null);
  assert.equal(await quiet({ scope: 'openid email' }), 'consent_required', 'for more than was agreed to');
  assert.equal(
    await quiet({ claims: '{"userinfo":{"email":{"essential":true}}}' }),
    null,
    'what was not agreed to by scope is left out',
  );
  const begun = await w.party.begin({ claims: '{"id_token":{"email":{"essential":true}}}' });
  const told = (await w.party.redeem((await visit(w.jar, begun.url)).left ?? '', begun)).claims();
  assert.deepEqual([told?.sub, told?.['email']], [w.grace.id, undefined]);
  await w.jar.post('/account/applications/take-back', { application: w.application.id });
  assert.equal(await quiet(), 'consent_required');
});

test('a sign-out that anybody could have asked for is a question: hidden pictures, hints of others, old hints', async (t) => {
  const w = await opened(t);
  const bob = await w.r.person({ organisations: [w.house], enrolled: false });
  const [jar, his] = [w.jar, w.newJar()];
  await signIn(w, jar);
  await signIn({ grace: bob }, his);
  const other = await register(w.r, w.house, { settings: { postLogoutRedirectUris: ['https://rota.example/bye'] } });
  const rota = await RelyingParty.of(other, jar.origin, w.through);
  const hers = await idTokenFor(w.party, jar);
  const herEarlier = await idTokenFor(w.party, await inAnotherSession(w));
  const bobs = await idTokenFor(w.party, his);
  const atRota = await idTokenFor(rota, jar);
  const old = await aged(w, hers);

  const questions: Record<string, Record<string, string>> = {
    nothing: {},
    'the name of the application alone': { client_id: w.application.id, post_logout_redirect_uri: BYE },
    "Bob's hint": { id_token_hint: bobs, post_logout_redirect_uri: BYE },
    "Bob's hint, expired": { id_token_hint: await aged(w, bobs), post_logout_redirect_uri: BYE },
    'a hint of another session of hers': { id_token_hint: herEarlier, post_logout_redirect_uri: BYE },
    'her name as a hint': { logout_hint: w.grace.email, client_id: w.application.id },
  };
  for (const [what, parameters] of Object.entries(questions)) {
    // As a picture would: no form, another site, nobody looks.
    const picture = await jar.get(out(parameters), { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' });
    assert.ok(picture.status < 500 && picture.location === null, what);
    const form = await jar.post('/oidc/logout', parameters, {
      origin: 'https://evil.test',
      'sec-fetch-site': 'cross-site',
    });
    assert.ok(form.location === null || form.location.startsWith('/oidc/logout?'), what);
    const sure = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
    assert.equal((await jar.post('/oidc/logout/confirm', parameters, sure)).status, 403, what);
    const asked = await visit(jar, out(parameters));
    assert.deepEqual([asked.left, /Sign out here\?/.test(asked.page.text)], [null, true], what);
    assert.ok(asked.page.text.includes(w.grace.email), `${what}: asks whoever is here`);
    assert.equal((await jar.get('/account')).status, 200, what);
    assert.equal((await his.get('/account')).status, 200, what);
  }
  const refused: Record<string, Record<string, string>> = {
    'an address of another application': { id_token_hint: hers, post_logout_redirect_uri: 'https://rota.example/bye' },
    'a hint of another application for an address of ours': { id_token_hint: atRota, post_logout_redirect_uri: BYE },
    'a hint and the name of another': { id_token_hint: hers, client_id: other.id, post_logout_redirect_uri: BYE },
    'an address that is not registered': { id_token_hint: hers, post_logout_redirect_uri: 'https://evil.test/' },
    'an unknown application': { client_id: 'nobody', post_logout_redirect_uri: BYE },
  };
  for (const [what, parameters] of Object.entries(refused)) {
    const { left, page } = await visit(jar, out(parameters));
    assert.deepEqual([left, page.status], [null, 400], what);
    assert.equal((await jar.get('/account')).status, 200, what);
  }
  // An expired token of this very session is still a token of this very session.
  const done = await visit(jar, out({ id_token_hint: old, post_logout_redirect_uri: BYE }));
  assert.equal(done.left, BYE, 'control');
  assert.equal((await jar.get('/account')).status, 303);
  assert.equal((await his.get('/account')).status, 200, 'Bob has nothing to do with it');
});

test('two sessions of one person have one name for the person and two for the sessions, other ones at each application', async (t) => {
  const w = await opened(t);
  const rota = await RelyingParty.of(await register(w.r, w.house), w.jar.origin, w.through);
  const [one, two] = [w.jar, w.newJar()];
  await signIn(w, one);
  await signIn(w, two);
  const claims = async (party: RelyingParty, jar: typeof one) => jose.decodeJwt(await idTokenFor(party, jar));
  const told = [
    await claims(w.party, one),
    await claims(w.party, two),
    await claims(rota, one),
    await claims(rota, two),
  ];
  assert.deepEqual(new Set(told.map(({ sub }) => sub)), new Set([w.grace.id]));
  assert.equal(new Set(told.map(({ sid }) => sid)).size, 4);
  assert.equal((await claims(w.party, one))['sid'], told[0]?.['sid'], 'the same as before');
  await one.post('/sign-out');
  assert.equal((await claims(w.party, two))['sid'], told[1]?.['sid'], 'control: the other goes on');
});

async function opened(t: After, wanted: { publicUrl?: string; application?: Wanted } = {}): Promise<World> {
  const w = await world({ person: { enrolled: false }, ...wanted });
  t.after(w.close);
  return w;
}

async function idTokenFor(party: RelyingParty, jar: World['jar']): Promise<string> {
  const begun = await party.begin();
  return (await party.redeem((await visit(jar, begun.url)).left ?? '', begun)).id_token ?? '';
}

async function inAnotherSession(w: World): Promise<World['jar']> {
  const jar = w.newJar();
  await givePassword(jar, await visit(jar, '/sign-in'), w.grace);
  return jar;
}

/** The same token as it is after ten minutes, signed with the same key. */
async function aged({ r }: World, token: string): Promise<string> {
  const { kid, alg = '' } = jose.decodeProtectedHeader(token);
  const row = (await signingKeys(r.store, r.now())).find(({ id }) => id === kid);
  const key = await jose.importJWK(JSON.parse(row?.secret.reveal() ?? '{}') as jose.JWK, alg);
  const { iat = 0, exp = 0, ...claims } = jose.decodeJwt(token);
  return new jose.SignJWT({ ...claims, iat: iat - 600, exp: exp - 600 })
    .setProtectedHeader({ alg, kid: kid ?? '' })
    .sign(key);
}

function out(parameters: Record<string, string>): string {
  return `/oidc/logout?${new URLSearchParams(parameters)}`;
}

async function control(w: World): Promise<void> {
  const begun = await w.party.begin();
  assert.equal(
    (await w.party.redeem((await visit(w.jar, begun.url)).left ?? '', begun)).claims()?.sub,
    w.grace.id,
    'control',
  );
}
