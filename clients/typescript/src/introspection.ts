import { discover, type Fetch } from './issuer.ts';
import { type Checked, invalid, isBound, tokenOf, unavailable, type Verifier } from './token.ts';

export type IntrospectionOptions = {
  issuer: string;
  /** Who you are at the issuer: not everybody may ask. */
  clientId: string;
  clientSecret: string;
  /** Who the token must be meant for; `clientId` where it is left out. A token that names nobody is meant for its client. */
  audience?: string;
  /** Where to ask; read from the issuer's description where it is left out. */
  endpoint?: string;
  fetch?: Fetch;
  now?: () => Date;
};

const TIMEOUT_MS = 5_000;

/**
 * Asks the issuer about each token (RFC 7662): for opaque tokens, and where a revoked one must stop at once. Nothing is
 * kept: an answer that is remembered is a revocation that is missed.
 */
export function introspectionVerifier(options: IntrospectionOptions): Verifier {
  const { issuer, clientId, audience = clientId, endpoint, now = () => new Date() } = options;
  const fetchIt = options.fetch ?? fetch;
  const metadata = discover(issuer, fetchIt);

  return async (token) => {
    let told: unknown;
    try {
      const url = endpoint ?? (await metadata()).introspection_endpoint;
      if (!url) return unavailable(`${issuer} offers no introspection`);
      const response = await fetchIt(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { authorization: basic(options), accept: 'application/json' },
        body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
      });
      if (!response.ok) return unavailable(`introspection answers ${response.status}`);
      told = await response.json();
    } catch (fault) {
      return unavailable(fault instanceof Error ? fault.message : String(fault));
    }
    return check(told, { issuer, clientId, audience, now: now() });
  };
}

function check(told: unknown, expected: { issuer: string; clientId: string; audience: string; now: Date }): Checked {
  if (typeof told !== 'object' || told === null) return unavailable('introspection answers no object');
  const claims: Record<string, unknown> = { ...told };
  if (claims['active'] !== true) return invalid('not active');
  if (claims['iss'] !== undefined && claims['iss'] !== expected.issuer) return invalid('from another issuer');
  // A refresh token is active as well, and names no type (RFC 7662 §2.2).
  if (String(claims['token_type']).toLowerCase() !== 'bearer') return invalid('no bearer token');
  const { aud = claims['client_id'] === expected.clientId ? expected.audience : null } = claims;
  if (![aud].flat().includes(expected.audience)) return invalid('meant for somebody else');
  if (isBound(claims)) return invalid('bound to a key, and sent as a bearer token');
  const token = tokenOf(claims);
  if (!token) return invalid('a claim is missing or has another type than it should');
  return token.expiresAt > expected.now ? { ok: true, token } : invalid('expired');
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are put together. */
function basic({ clientId, clientSecret }: IntrospectionOptions): string {
  const encoded = [clientId, clientSecret].map((part) =>
    new URLSearchParams({ part }).toString().slice('part='.length),
  );
  return `Basic ${btoa(encoded.join(':'))}`;
}
