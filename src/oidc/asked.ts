import type { KoaContextWithOIDC } from 'oidc-provider';
import { type AcrRequest, askedLevel } from '#core/application/asked.ts';
import type { Asked } from '#core/application/policy.ts';
import type { Level } from '#core/assurance.ts';

/** What one request asks about strength and freshness, as it was sent. Kept with the interaction. */
export type Wish = {
  acr: AcrRequest;
  maxAge: number | null;
  login: boolean;
  /** The one person it is about. */
  sub: string | null;
};

export const NO_WISH: Wish = { acr: { values: [], essential: false }, maxAge: null, login: false, sub: null };

type Params = Record<string, unknown>;

/** Null for the level: an essential one that this account cannot reach. */
export function askedFor(wish: Wish, attainable: Level): Asked | null {
  const level = askedLevel(wish.acr, attainable);
  return level && { level, freshWithinSeconds: wish.maxAge, proveAgain: wish.login };
}

export function wishOf({ oidc }: Pick<KoaContextWithOIDC, 'oidc'>): Wish {
  const params: Params = oidc.params ?? {};
  // Answered already, in this very request: the proof is as young as it was then.
  const isAnswered = oidc.result?.login !== undefined;
  const maxAge = params['max_age'] === undefined || isAnswered ? null : Number(params['max_age']);
  return { acr: acrRequestFrom(params), maxAge, login: oidc.promptPending('login'), sub: subFrom(params) };
}

export function acrRequestOf({ oidc }: KoaContextWithOIDC): AcrRequest {
  return acrRequestFrom(oidc.params ?? {});
}

/** The claim wins over `acr_values`: a wish beside it must not make an essential request less so. */
function acrRequestFrom(params: Params): AcrRequest {
  const claim = acrClaim(params['claims']);
  if (claim) return claim;
  const wished = params['acr_values'];
  return { values: typeof wished === 'string' ? wished.split(' ').filter(Boolean) : [], essential: false };
}

function acrClaim(claims: unknown): AcrRequest | null {
  if (typeof claims !== 'string') return null;
  const member = asRecord(asRecord(asRecord(JSON.parse(claims))['id_token'])['acr']);
  const { values, value, essential } = member;
  const named = (Array.isArray(values) ? values : [value]).filter((one) => typeof one === 'string');
  return named.length > 0 ? { values: named, essential: essential === true } : null;
}

/**
 * Whom `id_token_hint` or a claim names. The library has checked the hint when the request came, and forgets it when the
 * request is resumed: whoever signed in meanwhile would pass.
 */
function subFrom(params: Params): string | null {
  const claims = typeof params['claims'] === 'string' ? asRecord(JSON.parse(params['claims'])) : {};
  const claimed = asRecord(asRecord(claims['id_token'])['sub'])['value'];
  if (typeof claimed === 'string') return claimed;
  if (typeof params['id_token_hint'] !== 'string') return null;
  const [, payload = ''] = params['id_token_hint'].split('.');
  const { sub } = asRecord(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return typeof sub === 'string' ? sub : null;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
