import assert from 'node:assert/strict';
import * as jose from 'jose';
import { onward, send, visit } from '#test/support/oidc-client.ts';
import type { RP_INITIATED_LOGOUT } from '../plans.ts';
import { ask, errorOf, type Suite, type Visitor, visitor } from '../suite.ts';
import { type Tokens, tokensFor } from '../tokens.ts';
import { rpInitiatedLogoutDiscovery } from './discovery.ts';
import type { Check } from './requests.ts';

export const BYE = 'https://payroll.example/bye';

/** OpenID Connect RP-Initiated Logout 1.0. */
export const logoutChecks: Record<keyof typeof RP_INITIATED_LOGOUT, Check> = {
  'oidcc-rp-initiated-logout-discovery-endpoint-verification': rpInitiatedLogoutDiscovery,
  'oidcc-rp-initiated-logout': async (suite) => {
    const who = await signedIn(suite);
    const { left } = await logout(who, { id_token_hint: who.idToken, post_logout_redirect_uri: BYE, state: 'x7 &' });
    assert.deepEqual(partsOf(left), [BYE, [['state', 'x7 &']]]);
    await isSignedOut(suite, who);
  },
  'oidcc-rp-initiated-logout-no-state': async (suite) => {
    const who = await signedIn(suite);
    const { left } = await logout(who, { id_token_hint: who.idToken, post_logout_redirect_uri: BYE });
    assert.deepEqual(partsOf(left), [BYE, []]);
    await isSignedOut(suite, who);
  },
  'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri': (suite) =>
    refused(suite, ({ idToken }) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${BYE}-bye` })),
  'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri': (suite) =>
    refused(suite, ({ idToken }) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${BYE}?foo=bar` })),
  'oidcc-rp-initiated-logout-modified-id-token-hint': (suite) =>
    refused(suite, ({ claims }) => ({
      id_token_hint: new jose.UnsecuredJWT(claims).encode(),
      post_logout_redirect_uri: BYE,
    })),
  'oidcc-rp-initiated-logout-bad-id-token-hint': async (suite) => {
    const { privateKey } = await jose.generateKeyPair('ES256');
    await refused(suite, async ({ claims, header }) => ({
      id_token_hint: await new jose.SignJWT(claims).setProtectedHeader(header).sign(privateKey),
      post_logout_redirect_uri: BYE,
    }));
  },
  'oidcc-rp-initiated-logout-no-id-token-hint': async (suite) => {
    const who = await signedIn(suite);
    const { left, page } = await logout(who, { post_logout_redirect_uri: BYE, state: 'x' });
    assert.equal(left, null);
    assert.match(page.text, /Sign out here\?/);
    const sure = await send(who.jar, { left, page }, {});
    assert.equal(sure.left, null, 'who cannot be told from anybody sends nobody anywhere');
    await isSignedOut(suite, who);
  },
  'oidcc-rp-initiated-logout-no-params': (suite) => afterAQuestion(suite, {}),
  'oidcc-rp-initiated-logout-only-state': (suite) => afterAQuestion(suite, { state: 'x' }),
  'oidcc-rp-initiated-logout-no-post-logout-redirect-uri': async (suite) => {
    const who = await signedIn(suite);
    const { left, page } = await logout(who, { id_token_hint: who.idToken, state: 'x' });
    assert.equal(left, null);
    assert.match(page.text, /You have signed out/);
    await isSignedOut(suite, who);
  },
};

export async function signedIn(suite: Suite): Promise<Visitor & Tokens> {
  const who = await visitor(suite);
  return { ...who, ...(await tokensFor(suite, who)) };
}

export function logout({ jar }: Visitor, parameters: Record<string, string>) {
  return visit(jar, `/oidc/logout?${new URLSearchParams(parameters)}`);
}

export async function isSignedOut(suite: Suite, who: Visitor): Promise<void> {
  assert.equal(errorOf(suite, await ask(suite, who, { prompt: 'none' })), 'login_required');
}

type Asks = (tokens: Tokens) => Record<string, string> | Promise<Record<string, string>>;

/** A page that says so, by GET and by POST; nobody is sent anywhere, and nobody is signed out. */
async function refused(suite: Suite, asks: Asks): Promise<void> {
  const who = await signedIn(suite);
  const parameters = await asks(who);
  for (const { left, page } of [
    await logout(who, parameters),
    await onward(who.jar, await who.jar.post('/oidc/logout', parameters)),
  ]) {
    assert.deepEqual([left, page.status], [null, 400]);
    assert.equal((await who.jar.get('/account')).status, 200);
  }
}

async function afterAQuestion(suite: Suite, parameters: Record<string, string>): Promise<void> {
  const who = await signedIn(suite);
  const asked = await logout(who, parameters);
  assert.equal(asked.left, null);
  const sure = await send(who.jar, asked, {});
  assert.equal(sure.left, null);
  assert.match(sure.page.text, /You have signed out/);
  await isSignedOut(suite, who);
}

function partsOf(left: string | null): [string, [string, string][]] {
  const url = new URL(left ?? 'about:blank');
  return [url.origin + url.pathname, [...url.searchParams]];
}
