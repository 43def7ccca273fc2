import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as jose from 'jose';
import type { Answered } from '#test/support/jar.ts';
import { type Asked, authorize, type Changed, redeem, type Suite, type Visitor } from './suite.ts';

export type Claims = jose.JWTPayload & Record<string, unknown>;
export type Tokens = {
  access: string;
  refresh: string | null;
  idToken: string;
  claims: Claims;
  header: jose.JWTHeaderParameters;
  scope: string[];
};

/** The whole road, everything on it checked. */
export async function tokensFor(
  suite: Suite,
  who: Visitor,
  parameters: Record<string, string> = {},
  changed: Changed = {},
): Promise<Tokens> {
  const done = await authorize(suite, who, parameters, changed);
  return tokensOf(suite, done, done.code);
}

export async function tokensOf(suite: Suite, asked: Asked, code: string): Promise<Tokens> {
  const nonce = new URL(asked.url, suite.jar.origin).searchParams.get('nonce');
  return checked(suite, asked, await redeem(suite, asked, code), nonce);
}

/** OpenID Connect Core §3.1.3.3 and §3.1.3.7; RFC 6749 §5.1. */
export async function checked(
  suite: Suite,
  { by }: Pick<Asked, 'by'>,
  answer: Answered,
  nonce: string | null,
): Promise<Tokens> {
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  assert.match(answer.headers.get('cache-control') ?? '', /no-store/);
  const said = JSON.parse(answer.text) as Record<string, unknown>;
  assert.match(String(said['token_type']), /^bearer$/i);
  assert.ok(Number.isInteger(said['expires_in']) && Number(said['expires_in']) > 0);
  const access = String(said['access_token']);
  assert.ok(access.length >= 22 && /^[\w.~+/-]+=*$/.test(access), 'RFC 6750 §2.1');
  const idToken = String(said['id_token']);
  const { payload, protectedHeader } = await jose.jwtVerify(idToken, jose.createLocalJWKSet(await keysOf(suite)), {
    issuer: suite.jar.origin.origin,
    audience: by.id,
    requiredClaims: ['sub', 'exp', 'iat'],
  });
  const claims: Claims = payload;
  assert.equal(claims.aud, by.id);
  assert.equal(protectedHeader.alg, 'idTokenAlg' in by.settings ? by.settings.idTokenAlg : '');
  assert.ok(Math.abs(Number(claims.iat) - Date.now() / 1000) < 60 && Number(claims.exp) > Number(claims.iat));
  assert.match(String(claims.sub), /^[\x20-\x7e]{1,255}$/);
  assert.equal(claims['nonce'] ?? null, nonce);
  if (claims['at_hash'] !== undefined) assert.equal(claims['at_hash'], halfHash(access));
  const refresh = said['refresh_token'];
  const scope = String(said['scope']).split(' ');
  return {
    access,
    refresh: typeof refresh === 'string' ? refresh : null,
    idToken,
    claims,
    header: protectedHeader,
    scope,
  };
}

export async function keysOf({ newJar }: Pick<Suite, 'newJar'>): Promise<jose.JSONWebKeySet> {
  return JSON.parse((await newJar().get('/oidc/keys')).text) as jose.JSONWebKeySet;
}

/** OpenID Connect Core §5.3.2: JSON, and the same person as in the ID token. */
export function claimsOf(answer: Answered, { claims }: Tokens): Record<string, unknown> {
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  const said = JSON.parse(answer.text) as Record<string, unknown>;
  assert.equal(said['sub'], claims.sub);
  return said;
}

export async function userinfo({ newJar }: Pick<Suite, 'newJar'>, tokens: Tokens): Promise<Record<string, unknown>> {
  return claimsOf(await newJar().get('/oidc/userinfo', bearer(tokens)), tokens);
}

export function bearer({ access }: Pick<Tokens, 'access'>): Record<string, string> {
  return { authorization: `Bearer ${access}`, accept: 'application/json' };
}

function halfHash(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
}
