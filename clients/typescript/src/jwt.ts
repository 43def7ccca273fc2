import { jwtVerify } from 'jose';
import { ALGORITHMS, isAboutToken, issuerKeys, type KeyOptions } from './keys.ts';
import { invalid, isBound, tokenOf, unavailable, type Verifier } from './token.ts';

export type JwtOptions = KeyOptions & {
  /** Who you are: the token must be meant for you. */
  audience: string;
  /** Some of ES256 and RS256; both where it is left out. */
  algorithms?: readonly ('ES256' | 'RS256')[];
  /** How far clocks may differ. */
  toleranceSeconds?: number;
  now?: () => Date;
};

/**
 * Verifies access tokens that are JWTs, without asking anybody (RFC 9068 §4). It does not notice that a token was
 * revoked: Nachtslot's live five minutes. Where that is too long, use `introspectionVerifier`.
 */
export function jwtVerifier(options: JwtOptions): Verifier {
  const { issuer, audience, algorithms = ALGORITHMS, toleranceSeconds = 5, now = () => new Date() } = options;
  const keys = issuerKeys(options);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: [...algorithms],
        // An ID token is no access token, though the same key signs both (RFC 9068 §4; RFC 8725 §3.11).
        typ: 'at+jwt',
        clockTolerance: toleranceSeconds,
        currentDate: now(),
        requiredClaims: ['sub', 'exp', 'iat', 'jti', 'client_id'],
      });
      if (isBound(payload)) return invalid('bound to a key, and sent as a bearer token');
      const read = tokenOf(payload);
      return read ? { ok: true, token: read } : invalid('a claim has another type than it should');
    } catch (fault) {
      const detail = fault instanceof Error ? fault.message : String(fault);
      if (fault instanceof TypeError && !isNetwork(fault)) return invalid(detail);
      return isAboutToken(fault) ? invalid(detail) : unavailable(detail);
    }
  };
}

/** `fetch` throws a TypeError with a cause when nobody answers. */
function isNetwork(fault: TypeError): boolean {
  return fault.cause !== undefined || fault.message.includes('fetch');
}
