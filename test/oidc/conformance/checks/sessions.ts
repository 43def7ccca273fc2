import assert from 'node:assert/strict';
import { ACR } from '#core/application/assertion.ts';
import { ask, codeOf, errorOf, isAtSignIn, signIn, type Suite, type Visitor, visitor } from '../suite.ts';
import { type Tokens, tokensFor, tokensOf } from '../tokens.ts';
import type { Checks } from './requests.ts';

/** What a session is good for, and when somebody is asked again. */
export const sessions = {
  'oidcc-prompt-none-not-logged-in': async (suite) => {
    assert.equal(errorOf(suite, await ask(suite, await visitor(suite), { prompt: 'none' })), 'login_required');
  },
  'oidcc-prompt-none-logged-in': async (suite) => {
    const { first, second } = await twice(suite, () => ({ prompt: 'none' }));
    isTheSame(first, second);
  },
  'oidcc-id-token-hint': async (suite) => {
    const { first, second } = await twice(suite, ({ idToken }) => ({ prompt: 'none', id_token_hint: idToken }));
    isTheSame(first, second);
  },
  'oidcc-max-age-10000': async (suite) => {
    const { first, second } = await twice(suite, () => ({ max_age: '10000' }));
    assert.equal(typeof first.claims['auth_time'], 'number');
    isTheSame(first, second);
  },
  'oidcc-prompt-login': async (suite) => {
    const { first, second } = await askedTwice(suite, { prompt: 'login' });
    assert.equal(second.claims.sub, first.claims.sub);
    assert.ok(authTime(second) > authTime(first));
  },
  'oidcc-max-age-1': async (suite) => {
    const { first, second } = await askedTwice(suite, { max_age: '1' });
    assert.equal(second.claims.sub, first.claims.sub);
    assert.ok(authTime(second) > authTime(first));
    assert.ok(Date.now() / 1000 - authTime(second) < 1 + 5);
  },
  'oidcc-ensure-request-with-acr-values-succeeds': async (suite) => {
    const wish = { acr_values: Object.values(ACR).join(' ') };
    const first = await tokensFor(suite, await visitor(suite), wish);
    assert.equal(first.claims['acr'], ACR.aal1);
    const enrolled = await tokensFor(suite, await visitor(suite, { enrolled: true }), wish);
    assert.equal(enrolled.claims['acr'], ACR.aal2);
  },
} satisfies Checks;

/** Signs in, and is answered a second time without having to do anything. */
async function twice(suite: Suite, parameters: (first: Tokens) => Record<string, string>) {
  const who = await visitor(suite);
  const first = await tokensFor(suite, who);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const again = await ask(suite, who, parameters(first));
  return { first, second: await tokensOf(suite, again, codeOf(suite, again)) };
}

/** Signs in, and has to do so again. */
async function askedTwice(suite: Suite, parameters: Record<string, string>) {
  const who: Visitor = await visitor(suite);
  const first = await tokensFor(suite, who);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const asked = await ask(suite, who, parameters);
  assert.ok(isAtSignIn(asked));
  const again = await signIn(who, asked);
  return { first, second: await tokensOf(suite, again, codeOf(suite, again)) };
}

function isTheSame(first: Tokens, second: Tokens): void {
  assert.equal(second.claims.sub, first.claims.sub);
  assert.equal(authTime(second), authTime(first));
}

function authTime({ claims }: Tokens): number {
  assert.equal(typeof claims['auth_time'], 'number');
  return Number(claims['auth_time']);
}
