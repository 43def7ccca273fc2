// P-32: prompt=login, max_age, acr_values and an essential acr are obeyed, or refused; never met with an old proof.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashToken } from '#flows/token.ts';
import { ACR } from '#core/application/assertion.ts';
import { answerOf, giveCode, givePassword, send, visit, type World, world } from '#test/support/oidc-client.ts';

const QUIETLY_OR_NOT: Record<string, string>[] = [{}, { prompt: 'none' }];
const essential = (...values: string[]) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

async function signedIn(w: World): Promise<void> {
  const at = await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace);
  assert.equal((await send(w.jar, at, { code: w.grace.code(-1) })).page.path, '/');
}

test('prompt=login: everything is shown again, and no address leads past it', async () => {
  const w = await world();
  await signedIn(w);
  w.r.advance({ minutes: 3 });
  const begun = await w.party.begin({ prompt: 'login' });
  const asked = await visit(w.jar, begun.url);
  assert.equal(asked.page.path, '/sign-in/verify');
  const interaction = await goingTo(w);
  assert.match(interaction, /^\/oidc\/interaction\//);
  for (const path of [interaction, interaction.replace('/oidc/interaction/', '/oidc/auth/')])
    assert.equal((await visit(w.jar, path)).page.path, '/sign-in/verify', path);
  const half = await givePassword(w.jar, asked, w.grace);
  assert.equal(half.page.path, '/sign-in/verify');
  assert.equal((await visit(w.jar, interaction)).left, null, 'the password alone is not it');
  const done = await giveCode(w.jar, half, w.grace);
  const claims = (await w.party.redeem(done.left ?? '', begun)).claims();
  assert.ok(Math.abs(Number(claims?.auth_time) - Date.now() / 1000) < 4);
  assert.equal(claims?.['acr'], ACR.aal2);
  await w.close();
});

test('max_age: zero, some seconds, more than the session is old, and what is no number', async () => {
  const w = await world();
  await signedIn(w);
  w.r.advance({ seconds: 301 });
  for (const [age, enough] of [
    ['0', false],
    ['1', false],
    ['300', false],
    ['310', true],
    ['9007199254740991', true],
  ] as const) {
    const quietly = answerOf(await visit(w.jar, (await w.party.begin({ prompt: 'none', max_age: age })).url));
    // max_age=0 is prompt=login, and that beside prompt=none is a contradiction.
    if (enough) assert.ok(quietly.get('code'), age);
    else assert.match(quietly.get('error') ?? '', /^(login_required|invalid_request)$/, age);
  }
  for (const age of ['-1', 'young', '1.5', '9007199254740993'])
    assert.equal(
      answerOf(await visit(w.jar, (await w.party.begin({ max_age: age })).url)).get('error'),
      'invalid_request',
    );
  const begun = await w.party.begin({ max_age: '300' });
  const done = await giveCode(w.jar, await visit(w.jar, begun.url), w.grace);
  const claims = (await w.party.redeem(done.left ?? '', begun)).claims();
  assert.ok(Math.abs(Number(claims?.auth_time) - Date.now() / 1000) < 4);
  await w.close();
});

test('a clock that is set back does not make a session young', async () => {
  const w = await world();
  w.r.advance({ hours: 2 });
  await signedIn(w);
  w.r.advance({ hours: -1 });
  const quietly = await w.party.begin({ prompt: 'none', max_age: '300' });
  assert.equal(answerOf(await visit(w.jar, quietly.url)).get('error'), 'login_required');
  const asked = await visit(w.jar, (await w.party.begin({ max_age: '300' })).url);
  assert.equal(asked.page.path, '/sign-in/verify');
  await w.close();
});

test('an essential acr is reached or refused, quietly or not; a wish is told the truth', async () => {
  const w = await world();
  await signedIn(w);
  const phr = ACR['aal2-phr'];
  for (const claims of [essential(phr), essential('urn:other:house'), essential('urn:other:house', phr)])
    for (const prompt of QUIETLY_OR_NOT) {
      const answer = answerOf(
        await visit(w.jar, (await w.party.begin({ claims, acr_values: ACR.aal1, ...prompt })).url),
      );
      assert.equal(answer.get('error'), 'unmet_authentication_requirements', claims);
      assert.equal(answer.get('code'), null);
    }
  const wish = await w.party.begin({ acr_values: `${phr} urn:other:house` });
  const told = (await w.party.redeem((await visit(w.jar, wish.url)).left ?? '', wish)).claims();
  assert.equal(told?.['acr'], ACR.aal2);
  const either = await w.party.begin({ claims: essential(phr, ACR.aal2) });
  const met = (await w.party.redeem((await visit(w.jar, either.url)).left ?? '', either)).claims();
  assert.equal(met?.['acr'], ACR.aal2);
  await w.close();
});

test('on a remembered device two steps are asked for, by the request and by the policy', async () => {
  for (const policy of [{}, { strength: 'two-steps' as const }]) {
    const w = await world({ application: { policy } });
    const first = await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace);
    await send(w.jar, first, { code: w.grace.code(-1), remember: 'yes' });
    await w.jar.post('/sign-out');
    const asks: Record<string, string> = policy.strength ? {} : { acr_values: ACR.aal2 };

    // Signed in for this application: the second step comes with it.
    const begun = await w.party.begin(asks);
    const second = await givePassword(w.jar, await visit(w.jar, begun.url), w.grace);
    assert.equal(second.page.path, '/sign-in/verify');
    await w.jar.post('/sign-in/cancel');

    // Signed in before: quietly it cannot be had, and otherwise only the code is missing.
    await givePassword(w.jar, await visit(w.jar, '/sign-in'), w.grace);
    const quietly = await w.party.begin({ ...asks, prompt: 'none' });
    assert.equal(answerOf(await visit(w.jar, quietly.url)).get('error'), 'login_required');
    const strict = await w.party.begin({ claims: essential(ACR.aal2), prompt: 'none' });
    assert.equal(answerOf(await visit(w.jar, strict.url)).get('error'), 'unmet_authentication_requirements');
    const again = await w.party.begin(asks);
    const done = await giveCode(w.jar, await visit(w.jar, again.url), w.grace);
    assert.equal((await w.party.redeem(done.left ?? '', again)).claims()?.['acr'], ACR.aal2);
    await w.close();
  }
});

test('prompt=login under the name of one person delivers no other', async () => {
  const w = await world();
  const bob = await w.r.person({ organisations: [w.house], enrolled: true });
  const begun = await w.party.begin();
  const grace = await giveCode(w.jar, await givePassword(w.jar, await visit(w.jar, begun.url), w.grace), w.grace, -1);
  const hint = (await w.party.redeem(grace.left ?? '', begun)).id_token ?? '';
  await w.jar.post('/sign-out');
  const again = await w.party.begin({ prompt: 'login', id_token_hint: hint });
  const asBob = await giveCode(w.jar, await givePassword(w.jar, await visit(w.jar, again.url), bob), bob, -1);
  assert.equal(asBob.left, null);
  assert.match(asBob.page.text, /asked for somebody else/);
  await w.close();
});

/** Where the step-up of this browser leads when it is done. */
async function goingTo({ r, jar }: World): Promise<string> {
  const attempt = await r.store.read.attempts.byToken(hashToken(jar.cookies.get('__Host-attempt') ?? ''));
  return attempt?.returnTo ?? '';
}
