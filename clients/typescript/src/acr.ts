/** How strongly a person signed in: one factor, two, or two of which none can be phished. */
export type Strength = 'sfa' | 'mfa' | 'phr';

/** The names by which tokens say it: REFEDS SFA and MFA profiles, OpenID Connect EAP ACR Values §3. */
export const ACR: Record<Strength, string> = {
  sfa: 'https://refeds.org/profile/sfa',
  mfa: 'https://refeds.org/profile/mfa',
  phr: 'phr',
};

// Each satisfies itself and what stands before it.
const ORDER: readonly Strength[] = ['sfa', 'mfa', 'phr'];

/** Null for a name that is not one of ours: nothing is known of it, so it satisfies nothing. */
export function strengthOf(acr: unknown): Strength | null {
  return ORDER.find((one) => ACR[one] === acr) ?? null;
}

/** True when `acr`, as a token says it, is `wanted` or stronger. */
export function satisfies(acr: unknown, wanted: Strength): boolean {
  const strength = strengthOf(acr);
  return strength !== null && ORDER.indexOf(strength) >= ORDER.indexOf(wanted);
}

/** What to ask for to get `wanted`: every name that satisfies it, the weakest first (OpenID Connect Core §3.1.2.1). */
export function namesFor(wanted: Strength): string[] {
  return ORDER.slice(ORDER.indexOf(wanted)).map((one) => ACR[one]);
}
