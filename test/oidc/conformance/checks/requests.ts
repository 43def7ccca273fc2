import assert from 'node:assert/strict';
import { visit } from '#test/support/oidc-client.ts';
import type { BASIC } from '../plans.ts';
import { ask, authorize, codeOf, errorOf, isAtSignIn, redeem, signIn, type Suite, visitor } from '../suite.ts';
import { keysOf, tokensFor, tokensOf, userinfo } from '../tokens.ts';

export type Check = (suite: Suite) => Promise<void>;
export type Checks = Partial<Record<keyof typeof BASIC, Check>>;

/** Requests that are right, and what comes of them. */
export const requests = {
  'oidcc-server': async (suite) => {
    const who = await visitor(suite);
    const tokens = await tokensFor(suite, who);
    assert.equal(tokens.claims.sub, who.person.id);
  },
  'oidcc-server-client-secret-post': async (suite) => {
    const who = await visitor(suite);
    assert.equal((await tokensFor(suite, who, {}, { by: suite.post })).claims.sub, who.person.id);
  },
  'oidcc-idtoken-signature': async (suite) => {
    const { header } = await tokensFor(suite, await visitor(suite));
    const published = (await keysOf(suite)).keys.filter(({ kid }) => kid === header.kid);
    assert.deepEqual(
      published.map(({ alg, use }) => [alg, use]),
      [[header.alg, 'sig']],
    );
  },
  'oidcc-idtoken-unsigned': async (suite) => {
    const said = JSON.parse((await suite.newJar().get('/.well-known/openid-configuration')).text) as Said;
    assert.deepEqual(said['id_token_signing_alg_values_supported']?.toSorted(), ['ES256', 'RS256']);
    assert.notEqual((await tokensFor(suite, await visitor(suite))).header.alg, 'none');
  },
  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': async (suite) => {
    const tokens = await tokensFor(suite, await visitor(suite), {}, { without: ['nonce'] });
    assert.equal(tokens.claims['nonce'], undefined);
  },
  'oidcc-alternate-happy-flow': async (suite) => {
    const who = await visitor(suite);
    const asked = await ask(suite, who, { scope: 'email openid' });
    const url = new URL(asked.url, who.jar.origin);
    const reversed = new URLSearchParams([...url.searchParams].toReversed());
    const again = await signIn(who, { ...asked, outcome: await visit(who.jar, `${url.pathname}?${reversed}`) });
    const info = await userinfo(suite, await tokensOf(suite, again, codeOf(suite, again)));
    assert.equal(info['email'], who.person.email);
  },
  'oidcc-display-page': answered({ display: 'page' }),
  'oidcc-display-popup': answered({ display: 'popup' }),
  'oidcc-ensure-request-with-unknown-parameter-succeeds': answered({ extra: 'foobar' }),
  'oidcc-claims-locales': answered({ claims_locales: 'se' }),
  'oidcc-login-hint': async (suite) => {
    const who = await visitor(suite);
    const asked = await ask(suite, who, { login_hint: who.person.email });
    assert.ok(asked.outcome.page.text.includes(`value="${who.person.email}"`), 'the name is filled in');
    const done = await signIn(who, asked);
    assert.equal((await tokensOf(suite, done, codeOf(suite, done))).claims.sub, who.person.id);
    await answered({ login_hint: `buffy@${suite.jar.origin.hostname}` })(suite);
  },
  'oidcc-ui-locales': async (suite) => {
    const who = await visitor(suite);
    const asked = await ask(suite, who, { ui_locales: 'se nl' });
    assert.match(asked.outcome.page.text, /<html[^>]* lang="nl"/);
    codeOf(suite, await signIn(who, asked));
    await answered({ ui_locales: 'se' })(suite);
  },
  'oidcc-ensure-post-request-succeeds': async (suite) => {
    const tokens = await tokensFor(suite, await visitor(suite), {}, { method: 'POST' });
    assert.equal(typeof tokens.access, 'string');
  },
  'oidcc-ensure-request-with-valid-pkce-succeeds': async (suite) => {
    const done = await authorize(suite, await visitor(suite));
    const wrong = await redeem(suite, { ...done, verifier: 'x'.repeat(43) }, done.code);
    assert.deepEqual([wrong.status, errorIn(wrong.text)], [400, 'invalid_grant']);
    await tokensFor(suite, await visitor(suite));
  },
  'oidcc-response-type-missing': async (suite) => {
    const asked = await ask(suite, await visitor(suite), {}, { without: ['response_type'] });
    assert.equal(errorOf(suite, asked), 'invalid_request');
  },
  'oidcc-ensure-registered-redirect-uri': async (suite) => {
    const asked = await ask(suite, await visitor(suite), { redirect_uri: 'https://payroll.example/other' });
    assert.deepEqual([asked.outcome.left, asked.outcome.page.status], [null, 400]);
    assert.match(asked.outcome.page.text, /has not registered here/);
    assert.ok(!isAtSignIn(asked));
  },
} satisfies Checks;

export function errorIn(json: string): unknown {
  return (JSON.parse(json) as { error?: unknown }).error;
}

type Said = Record<string, string[] | undefined>;

/** The parameters are taken, and change nothing that matters here. */
function answered(parameters: Record<string, string>): Check {
  return async (suite) => {
    const who = await visitor(suite);
    assert.equal((await tokensFor(suite, who, parameters)).claims.sub, who.person.id);
  };
}
