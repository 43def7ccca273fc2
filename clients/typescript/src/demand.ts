import { namesFor, satisfies, type Strength } from './acr.ts';
import type { Token } from './token.ts';

/** What a request needs beside a good token. */
export type Demand = {
  scope?: string;
  acr?: Strength;
  /** Seconds that the proof behind `acr` may be old. */
  maxAgeSeconds?: number;
};

export type Unmet =
  | { error: 'insufficient_scope'; scope: string }
  | { error: 'insufficient_user_authentication'; acrValues: string[] | null; maxAge: number | null };

/** What counts of a token; an application that keeps sessions has it in them. */
export type Proof = Pick<Token, 'acr' | 'authTime' | 'scopes'>;

/**
 * What is missing, or null. What a token does not say it does not have: without `auth_time` it is not fresh, and a
 * moment in the future is no proof of freshness either. The clocks of two machines may differ by `TOLERANCE_MS`.
 */
export function unmet(token: Proof, demand: Demand, now: Date): Unmet | null {
  const { scope, acr, maxAgeSeconds } = demand;
  if (scope !== undefined && !token.scopes.includes(scope)) return { error: 'insufficient_scope', scope };
  const strong = acr === undefined || satisfies(token.acr, acr);
  const fresh = maxAgeSeconds === undefined || isFresh(token.authTime, maxAgeSeconds, now);
  if (strong && fresh) return null;
  return {
    error: 'insufficient_user_authentication',
    acrValues: acr === undefined ? null : namesFor(acr),
    maxAge: maxAgeSeconds ?? null,
  };
}

const TOLERANCE_MS = 5_000;

/** True when `authTime` lies at most `maxAgeSeconds` back. */
export function isFresh(authTime: Date | null, maxAgeSeconds: number, now: Date): boolean {
  if (!authTime) return false;
  const age = now.getTime() - authTime.getTime();
  return age <= maxAgeSeconds * 1000 + TOLERANCE_MS && age >= -TOLERANCE_MS;
}

/** The value of `WWW-Authenticate` (RFC 6750 §3, RFC 9470 §3). Everything in it is ours, so nothing has to be escaped. */
export function challengeOf(missing: Unmet | 'no-token' | 'invalid'): string {
  if (missing === 'no-token') return 'Bearer';
  if (missing === 'invalid') return 'Bearer error="invalid_token", error_description="The access token is not valid."';
  if (missing.error === 'insufficient_scope') return `Bearer error="insufficient_scope", scope="${missing.scope}"`;
  const parts = [
    'error="insufficient_user_authentication"',
    'error_description="A stronger or more recent sign-in is required."',
    ...(missing.acrValues ? [`acr_values="${missing.acrValues.join(' ')}"`] : []),
    ...(missing.maxAge === null ? [] : [`max_age="${missing.maxAge}"`]),
  ];
  return `Bearer ${parts.join(', ')}`;
}
