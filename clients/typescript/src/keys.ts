import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { discover, type Fetch } from './issuer.ts';

export type KeyOptions = {
  /** Exactly as in the tokens. */
  issuer: string;
  /** Where the keys are; asked of the issuer where it is left out. */
  jwksUri?: string;
  /** Keys are asked for again after this time. */
  cacheMaxAgeMs?: number;
  /**
   * A token with an unknown key makes us ask again, so that a rotation needs no restart; but not more often than this,
   * so that made-up names of keys cannot turn us against the issuer.
   */
  cooldownMs?: number;
  fetch?: Fetch;
};

/** RS256 and ES256, and nothing symmetric: a public key must never be taken for a secret (RFC 8725 §3.1). */
export const ALGORITHMS = ['ES256', 'RS256'];

/** The issuer's keys, and only those: what a token's own header brings along (`jwk`, `jku`, `x5u`) is not looked at. */
export function issuerKeys(options: KeyOptions): JWTVerifyGetKey {
  const { issuer, jwksUri, cacheMaxAgeMs = 600_000, cooldownMs = 30_000, fetch: fetchIt = fetch } = options;
  const metadata = discover(issuer, fetchIt);
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const make = async () => {
    const url = new URL(jwksUri ?? (await metadata()).jwks_uri);
    return createRemoteJWKSet(url, {
      cacheMaxAge: cacheMaxAgeMs,
      cooldownDuration: cooldownMs,
      [customFetch]: fetchIt,
    });
  };
  return async (header, token) => {
    keys ??= make().catch((fault: unknown) => {
      keys = null;
      throw fault;
    });
    return (await keys)(header, token);
  };
}

/** True when a fault says something about the token; all others say that the issuer could not be asked. */
export function isAboutToken(fault: unknown): fault is errors.JOSEError {
  return (
    fault instanceof errors.JOSEError && fault.code !== 'ERR_JOSE_GENERIC' && !(fault instanceof errors.JWKSTimeout)
  );
}
