/** What is read of the issuer's own description (OpenID Connect Discovery 1.0 §3; RFC 8414). */
export type Metadata = { issuer: string; jwks_uri: string; introspection_endpoint?: string };

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 5_000;

/**
 * Asks the issuer once, and again only after a failure. What it calls itself must be what was asked for, to the letter
 * (RFC 8414 §3.3): otherwise somebody else answers in its place.
 */
export function discover(issuer: string, fetchIt: Fetch = fetch): () => Promise<Metadata> {
  let known: Promise<Metadata> | null = null;
  return () => {
    known ??= ask(issuer, fetchIt).catch((fault: unknown) => {
      known = null;
      throw fault;
    });
    return known;
  };
}

async function ask(issuer: string, fetchIt: Fetch): Promise<Metadata> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetchIt(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const told: unknown = await response.json();
  if (!isMetadata(told)) throw new Error(`${url} describes no issuer`);
  if (told.issuer !== issuer) throw new Error(`${url} describes ${told.issuer} and not ${issuer}`);
  return told;
}

function isMetadata(told: unknown): told is Metadata {
  if (typeof told !== 'object' || told === null) return false;
  return 'issuer' in told && typeof told.issuer === 'string' && 'jwks_uri' in told && typeof told.jwks_uri === 'string';
}
