import { type Assurance, readAssurance } from './assurance.ts';

/** A token that was verified. */
export type Token = {
  subject: string;
  clientId: string | null;
  scopes: readonly string[];
  /** As the token says it; see `satisfies`. Null: it says nothing, so it is worth nothing. */
  acr: string | null;
  amr: readonly string[];
  /** The last real proof of what gives the level. */
  authTime: Date | null;
  expiresAt: Date;
  /** Null without the scope `assurance`. */
  assurance: Assurance | null;
  claims: Readonly<Record<string, unknown>>;
};

/**
 * `invalid`: whoever holds it has to get another. `unavailable`: nobody can say at the moment, for the issuer cannot be
 * reached; the token may be good. `detail` is for the log, and never for the caller.
 */
export type Refusal = { reason: 'invalid' | 'unavailable'; detail: string };

export type Checked = { ok: true; token: Token } | { ok: false; refusal: Refusal };

export type Verifier = (token: string) => Promise<Checked>;

/** Null where something that every token must say is missing or has another type. */
export function tokenOf(claims: Record<string, unknown>): Token | null {
  const { sub, exp, acr, amr, auth_time: authTime, scope, client_id: clientId } = claims;
  if (typeof sub !== 'string' || typeof exp !== 'number') return null;
  return {
    subject: sub,
    clientId: typeof clientId === 'string' ? clientId : null,
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    acr: typeof acr === 'string' ? acr : null,
    amr: Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : [],
    authTime: typeof authTime === 'number' ? new Date(authTime * 1000) : null,
    expiresAt: new Date(exp * 1000),
    assurance: readAssurance(claims),
    claims,
  };
}

/**
 * A token that is bound to a key (RFC 9449, RFC 8705) and comes as a plain bearer token is refused: whoever stole it
 * would lack the key, and here nobody asks for it.
 */
export function isBound(claims: Record<string, unknown>): boolean {
  return claims['cnf'] !== undefined;
}

export function invalid(detail: string): Checked {
  return { ok: false, refusal: { reason: 'invalid', detail } };
}

export function unavailable(detail: string): Checked {
  return { ok: false, refusal: { reason: 'unavailable', detail } };
}
