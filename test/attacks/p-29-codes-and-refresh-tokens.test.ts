// P-29: a code and a refresh token are good once, for whom they were made, and as long as what they rest on.
import assert from 'node:assert/strict';
import type { Answered, Jar } from '#test/support/jar.ts';
import { answerOf, basic, CALLBACK, register, RelyingParty, throughOf, visit } from '#test/support/oidc-client.ts';
import type { Person } from '#test/support/rig.ts';
import { enrolledIn } from '#test/support/roads.ts';
import type { Application } from '#store/rows.ts';
import { answersOf, linesOf, signsIn, tally } from './support/people.ts';
import { onBothStages, type Stage } from './support/stage.ts';

const TWENTY = 20;

onBothStages('codes and refresh tokens', {
  'one code, twenty times at once: one wins at most, and nothing of it lives on': codeAtOnce,
  'one refresh token, twenty times at once: the same': refreshAtOnce,
  'a code after its minute, by another application, for another address, with another verifier': codeAstray,
  'a refresh token used again, by another application, for more than was agreed': refreshAstray,
  'what is given to an application ends with what it rests on': endsWith,
  'revoking and asking about tokens is for the application they were made for': byOthers,
});

async function codeAtOnce(stage: Stage): Promise<void> {
  const s = await scene(stage);
  const { code, verifier } = await codeFor(s);
  const shots = Array.from({ length: TWENTY }, () => () => redeem(s, code, verifier));
  await atMostOneFamily(s, answersOf(await stage.volley(shots)));
}

async function refreshAtOnce(stage: Stage): Promise<void> {
  const s = await scene(stage);
  const { refresh_token: token } = await tokensOf(s);
  const shots = Array.from({ length: TWENTY }, () => () => refresh(s, token));
  await atMostOneFamily(s, answersOf(await stage.volley(shots)));
}

/** Whoever loses has shown that it is in two hands: then nobody keeps anything. */
async function atMostOneFamily(s: Scene, answers: Answered[]): Promise<void> {
  const won = answers.filter(({ status }) => status === 200);
  assert.ok(won.length <= 1, tally(answers));
  for (const { status, text } of answers.filter((one) => !won.includes(one)))
    assert.ok(status === 400 && text.includes('invalid_grant'), `${status} ${text}`);
  for (const { text } of won) {
    const tokens = JSON.parse(text) as Tokens;
    assert.equal((await userinfo(s, tokens.access_token)).status, 401);
    assert.equal((await refresh(s, tokens.refresh_token)).status, 400);
  }
  assert.ok((await linesOf(s.stage, s.ann.id, 'application.reuse-detected')).length > 0);
}

async function codeAstray(stage: Stage): Promise<void> {
  const s = await scene(stage);
  const other = { ...s, application: await register(stage.rig, s.house) };
  const first = await codeFor(s);
  for (const [what, answer] of [
    ['another application', await redeem(other, first.code, first.verifier)],
    ['another address', await redeem(s, first.code, first.verifier, { redirect_uri: `${CALLBACK}/` })],
    ['another verifier', await redeem(s, first.code, 'x'.repeat(43))],
    ['the challenge itself', await redeem(s, first.code, first.challenge)],
    ['no verifier', await redeem(s, first.code, '')],
    ['no client authentication', await redeem(s, first.code, first.verifier, {}, {})],
    ['a wrong secret', await redeem(s, first.code, first.verifier, {}, basic(s.application, 'guess'))],
  ] as const)
    assert.ok(answer.status === 400 || answer.status === 401, `${what}: ${answer.status} ${answer.text}`);

  const late = await codeFor(s);
  stage.advance({ seconds: 61 });
  assert.equal((await redeem(s, late.code, late.verifier)).status, 400);

  const twice = await codeFor(s);
  const tokens = JSON.parse((await redeem(s, twice.code, twice.verifier)).text) as Tokens;
  assert.equal((await userinfo(s, tokens.access_token)).status, 200);
  assert.equal((await redeem(s, twice.code, twice.verifier)).status, 400);
  assert.equal((await userinfo(s, tokens.access_token)).status, 401, 'what came of the first use is dead');
}

async function refreshAstray(stage: Stage): Promise<void> {
  const s = await scene(stage);
  const other = { ...s, application: await register(stage.rig, s.house) };
  const first = await tokensOf(s);
  assert.equal((await refresh(other, first.refresh_token)).status, 400);
  assert.equal((await refresh(s, first.refresh_token, { scope: 'openid email' })).status, 400, 'more than agreed');
  const second = JSON.parse((await refresh(s, first.refresh_token)).text) as Tokens;
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await userinfo(s, second.access_token)).status, 200);
  assert.equal((await refresh(s, first.refresh_token)).status, 400);
  assert.equal((await userinfo(s, second.access_token)).status, 401);
  assert.equal((await refresh(s, second.refresh_token)).status, 400);
  assert.equal((await linesOf(stage, s.ann.id, 'application.reuse-detected')).length, 1);

  const daily = await tokensOf(s);
  let last = daily.refresh_token;
  for (let day = 0; day < 29; day += 1) {
    stage.advance({ hours: 24 });
    last = (JSON.parse((await refresh(s, last)).text) as Tokens).refresh_token;
  }
  stage.advance({ hours: 25 });
  assert.equal((await refresh(s, last)).status, 400, 'thirty days, however often it is used');
}

async function endsWith(stage: Stage): Promise<void> {
  const doors: Record<string, (s: Scene) => Promise<unknown>> = {
    'sign-out': (s) => s.jar.post('/sign-out'),
    'sign-out everywhere': (s) => s.jar.post('/account/sign-out-everywhere'),
    'a new password': (s) => s.jar.post('/account/password', { password: NEW, repeated: NEW }),
    'an authenticator removed': async (s) => {
      const bound = await stage.rig.store.read.authenticators.of(s.ann.id);
      const app = bound.find(({ type }) => type === 'totp')?.id ?? '';
      await s.jar.post('/account/authenticators/remove', { id: app });
    },
    'the account switched off': (s) => stage.rig.store.transaction((tx) => tx.accounts.setStatus(s.ann.id, 'disabled')),
    'the application switched off': (s) =>
      stage.rig.store.transaction((tx) =>
        tx.applications.save(s.application.id, { ...s.application, status: 'disabled' }),
      ),
  };
  for (const [what, end] of Object.entries(doors)) {
    const s = await scene(stage);
    const tokens = await tokensOf(s);
    assert.equal((await userinfo(s, tokens.access_token)).status, 200, what);
    await end(s);
    assert.equal((await userinfo(s, tokens.access_token)).status, 401, what);
    const refused = await refresh(s, tokens.refresh_token);
    assert.ok(refused.status === 400 || refused.status === 401, `${what}: ${refused.status}`);
  }
}

async function byOthers(stage: Stage): Promise<void> {
  const s = await scene(stage);
  const other = { ...s, application: await register(stage.rig, s.house) };
  const { access_token: token } = await tokensOf(s);
  const ask = (by: Scene) => post(by, '/oidc/introspection', { token }, basic(by.application));
  assert.deepEqual(JSON.parse((await ask(other)).text), { active: false });
  assert.equal((JSON.parse((await ask(s)).text) as { acr?: string }).acr, 'https://refeds.org/profile/mfa');
  await post(other, '/oidc/revocation', { token }, basic(other.application));
  assert.equal((await userinfo(s, token)).status, 200);
  await post(s, '/oidc/revocation', { token }, basic(s.application));
  assert.equal((await userinfo(s, token)).status, 401);
}

const NEW = 'another seventeen quiet lamps';
type Tokens = { access_token: string; refresh_token: string };
type Scene = Awaited<ReturnType<typeof scene>>;

async function scene(stage: Stage) {
  stage.advance({ seconds: 60 }); // for each scene a code of its own
  const ann: Person = await enrolledIn(stage.rig);
  const [membership] = await stage.rig.store.read.accounts.memberships(ann.id);
  if (!membership) throw new Error('nobody without a house');
  const house = membership.organisation;
  const application: Application = await register(stage.rig, house);
  const jar: Jar = await signsIn(stage, ann);
  const party = await RelyingParty.of(application, jar.origin, throughOf(stage.wire));
  return { stage, ann, house, application, jar, party };
}

async function codeFor({ jar, party }: Scene) {
  const begun = await party.begin({ scope: 'openid offline_access', prompt: 'consent' });
  const at = await visit(jar, begun.url);
  const done = at.left ? at : await visit(jar, (await jar.post(at.page.path, { answer: 'agree' })).location ?? '');
  const challenge = new URL(begun.url, jar.origin).searchParams.get('code_challenge') ?? '';
  return { code: answerOf(done).get('code') ?? '', verifier: begun.verifier, challenge };
}

async function tokensOf(s: Scene): Promise<Tokens> {
  const { code, verifier } = await codeFor(s);
  return JSON.parse((await redeem(s, code, verifier)).text) as Tokens;
}

function redeem(
  s: Scene,
  code: string,
  verifier: string,
  more: Record<string, string> = {},
  by = basic(s.application) as Record<string, string>,
) {
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier, ...more };
  return post(s, '/oidc/token', form, by);
}

function refresh(s: Scene, token: string, more: Record<string, string> = {}) {
  return post(s, '/oidc/token', { grant_type: 'refresh_token', refresh_token: token, ...more }, basic(s.application));
}

function post({ stage }: Scene, path: string, form: Record<string, string>, by: Record<string, string>) {
  const jar = stage.browser();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json', ...by };
  const body = new URLSearchParams(form).toString();
  return jar.send(new Request(new URL(path, jar.origin), { method: 'POST', headers, body }));
}

function userinfo({ stage }: Scene, token: string) {
  return stage.browser().get('/oidc/userinfo', { authorization: `Bearer ${token}`, accept: 'application/json' });
}
