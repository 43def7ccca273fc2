// P-28: a code without its verifier is worth nothing, and no request does without a challenge.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as client from 'openid-client';
import { answerOf, basic, CALLBACK, visit, type Wanted, type World, world } from '#test/support/oidc-client.ts';
import { errorIn, post, sentTo, signIn } from './support/provider.ts';

const KINDS: Record<string, Wanted> = {
  'with a secret': {},
  'without a secret': { secretHash: null, settings: { authMethod: 'none' } },
};
/** RFC 7636 §4.2: 43 characters of base64url. */
const S256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

for (const [kind, application] of Object.entries(KINDS)) {
  test(`${kind}: a request without a right challenge gets no code, at the door and pushed`, async (t) => {
    const w = await opened(application, t);
    const wrong: (Record<string, string> | readonly string[])[] = [
      ['code_challenge', 'code_challenge_method'],
      ['code_challenge'],
      // RFC 7636 §4.3: without a method it would be plain.
      ['code_challenge_method'],
      { code_challenge: '' },
      { code_challenge: 'x'.repeat(42) },
      { code_challenge: 'x'.repeat(129) },
      { code_challenge: `${'x'.repeat(42)}=` },
      { code_challenge: `${'x'.repeat(42)} ` },
      { code_challenge: `${'x'.repeat(42)}+` },
      { code_challenge: `${'x'.repeat(42)}\u0000` },
      { code_challenge_method: 'plain' },
      { code_challenge_method: 's256' },
      { code_challenge_method: 'S512' },
      { code_challenge_method: 'none' },
      { code_challenge_method: '' },
    ];
    for (const change of wrong) {
      const url = new URL((await w.party.begin()).url, w.jar.origin);
      if (Array.isArray(change)) for (const name of change) url.searchParams.delete(name);
      else for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
      const what = JSON.stringify(change);
      const { target, parameters } = sentTo((await w.jar.get(url.pathname + url.search)).location ?? '');
      assert.deepEqual(
        [target, parameters.get('error'), parameters.get('code')],
        [CALLBACK, 'invalid_request', null],
        what,
      );
      const by: Record<string, string> = kind === 'with a secret' ? basic(w.application) : {};
      const pushed = await post(w, '/oidc/par', Object.fromEntries(url.searchParams), by);
      assert.deepEqual([pushed.status, errorIn(pushed)], [400, 'invalid_request'], what);
    }
    await control(w);
  });

  test(`${kind}: a wrong verifier gets no token, and the code is spent by it`, async (t) => {
    const w = await opened(application, t);
    const other = await w.party.begin();
    const wrong: Record<string, (verifier: string) => string | null> = {
      none: () => null,
      empty: () => '',
      guessed: () => client.randomPKCECodeVerifier(),
      'of another request': () => other.verifier,
      'the challenge itself': S256,
      'the challenge of the challenge': (verifier) => S256(S256(verifier)),
      'cut by one': (verifier) => verifier.slice(0, -1),
      'longer by one': (verifier) => `${verifier}x`,
      'with a space': (verifier) => `${verifier} `,
      'in capitals': (verifier) => verifier.toUpperCase(),
      'too long': (verifier) => verifier.padEnd(129, 'x'),
    };
    for (const [what, change] of Object.entries(wrong)) {
      const { code, verifier } = await codeFor(w);
      const guess = change(verifier);
      const refused = await redeem(w, code, guess);
      assert.deepEqual([refused.status, refused.text.includes('access_token')], [400, false], what);
      assert.match(String(errorIn(refused)), /^invalid_(grant|request)$/, what);
      const late = await redeem(w, code, verifier);
      assert.deepEqual([late.status, errorIn(late)], [400, 'invalid_grant'], `${what}: spent`);
    }
    await control(w);
  });
}

test("a code of the attacker's in somebody else's session, and one from an answer to another request, come to nothing", async (t) => {
  const w = await opened({}, t);
  const [mine, theirs] = [await w.party.begin(), await w.party.begin()];
  const stolen = (await visit(w.jar, mine.url)).left ?? '';
  // What the victim's browser brings back is the attacker's code under the victim's state.
  const injected = new URL(stolen);
  injected.searchParams.set('state', theirs.state);
  await assert.rejects(w.party.redeem(injected.href, theirs), /invalid_grant|error/);
  // As it came, the application sees by its state that it's an answer to nothing of its own.
  await assert.rejects(w.party.redeem(stolen, theirs), ({ cause }: Error) => String(cause).includes('"state"'));
  await assert.rejects(w.party.redeem(stolen, mine), /invalid_grant|error/, 'and the code is spent');
  await control(w);
});

test('S256 is announced, and nothing beside it', async (t) => {
  const w = await opened({}, t);
  assert.deepEqual(w.party.config.serverMetadata().code_challenge_methods_supported, ['S256']);
});

async function opened(application: Wanted, t: { after(work: () => unknown): void }): Promise<World> {
  const w = await world({ person: { enrolled: false }, application });
  t.after(w.close);
  await signIn(w, w.jar);
  await control(w);
  return w;
}

async function codeFor(w: World) {
  const begun = await w.party.begin();
  return { code: answerOf(await visit(w.jar, begun.url)).get('code') ?? '', verifier: begun.verifier };
}

function redeem(w: World, code: string, verifier: string | null) {
  const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
  const isPublic = w.application.secretHash === null;
  const whole = { ...form, ...(verifier !== null && { code_verifier: verifier }) };
  return isPublic
    ? post(w, '/oidc/token', { ...whole, client_id: w.application.id })
    : post(w, '/oidc/token', whole, basic(w.application));
}

async function control(w: World): Promise<void> {
  const { code, verifier } = await codeFor(w);
  assert.equal((await redeem(w, code, verifier)).status, 200, 'control');
}
