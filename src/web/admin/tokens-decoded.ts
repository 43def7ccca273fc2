import type { TryOutAnswer } from '#flows/try-out.ts';

/** A claim and what it says, as JSON. */
export type Claim = { name: string; value: string };

export type Decoded = {
  idToken: { header: Claim[]; payload: Claim[] };
  /** Null: it says nothing to anybody but us. */
  accessToken: { header: Claim[]; payload: Claim[] } | null;
  userinfo: Claim[];
  scope: string;
};

export function decoded({ idToken, accessToken, userinfo, scope }: TryOutAnswer): Decoded {
  return {
    idToken: jwt(idToken) ?? { header: [], payload: [] },
    accessToken: jwt(accessToken),
    userinfo: claimsOf(userinfo),
    scope,
  };
}

/** The halves of a JWT that can be read (RFC 7519); its signature is for the application to check. */
function jwt(token: string): { header: Claim[]; payload: Claim[] } | null {
  const [header, payload, signature, more] = token.split('.');
  if (!header || !payload || !signature || more !== undefined) return null;
  return { header: claimsOf(part(header)), payload: claimsOf(part(payload)) };
}

function part(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function claimsOf(value: unknown): Claim[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, one]) => ({ name, value: JSON.stringify(one) }));
}
