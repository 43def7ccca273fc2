import { type AssurancePolicy, counts, type Evidence, type Level, reached } from '../assurance.ts';

/** What an application is told about how a person signed in (OpenID Connect Core §2; RFC 8176). */
export type Assertion = { acr: Acr; amr: string[]; authTime: Temporal.Instant };

/** The names of levels outside: REFEDS SFA and MFA profiles, and OpenID EAP §3 for what cannot be phished. */
export const ACR = {
  aal1: 'https://refeds.org/profile/sfa',
  aal2: 'https://refeds.org/profile/mfa',
  'aal2-phr': 'phr',
} as const satisfies Record<Exclude<Level, 'none'>, string>;
export type Acr = (typeof ACR)[keyof typeof ACR];

/** Null for a name that is not ours. */
export function levelOf(acr: string): Exclude<Level, 'none'> | null {
  return (['aal1', 'aal2', 'aal2-phr'] as const).find((level) => ACR[level] === acr) ?? null;
}

/**
 * What a token may say: what happened in this session, and no more. A remembered device is comfort and no proof, so
 * nothing but the password speaks for such a session. Null where nothing was proved: no token then.
 */
export function assertionOf(
  session: { evidence: readonly Evidence[]; viaRememberedDevice: boolean },
  policy: AssurancePolicy,
): Assertion | null {
  const evidence = session.viaRememberedDevice ? session.evidence.filter(isPassword) : session.evidence;
  const level = reached(evidence, policy);
  if (level === 'none') return null;
  const authTime = latest(evidence.filter((one) => gives(level, one, policy)));
  return authTime && { acr: ACR[level], amr: amrOf(evidence, level), authTime };
}

/** The proofs whose moment counts: what lifts the session to its level, and not what was shown beside it. */
function gives(level: Exclude<Level, 'none'>, one: Evidence, policy: AssurancePolicy): boolean {
  switch (level) {
    case 'aal1':
      return one.factors.includes('knowledge');
    case 'aal2':
      return !isPassword(one) && counts(one, policy);
    case 'aal2-phr':
      return one.phishingResistant;
  }
  level satisfies never;
}

function amrOf(evidence: readonly Evidence[], level: Level): string[] {
  const methods = new Set(evidence.flatMap(methodsOf));
  const named = AMR.filter((name) => methods.has(name));
  return level === 'aal1' ? named : [...named, 'mfa'];
}

/** RFC 8176 §2, in the order in which they are told. */
const AMR = ['pwd', 'otp', 'sms', 'hwk', 'swk', 'user'] as const;

function methodsOf(one: Evidence): (typeof AMR)[number][] {
  switch (one.type) {
    case 'password':
      return ['pwd'];
    case 'sms':
      return ['sms'];
    case 'app':
      return ['swk'];
    case 'passkey': {
      // A key that nobody has called hardware is told as the weaker of the two.
      const key = one.key === 'hardware' ? 'hwk' : 'swk';
      return one.factors.length > 1 ? [key, 'user'] : [key];
    }
    default:
      return ['otp']; // totp, and the look-up secrets: a backup code, a code card
  }
}

function latest(evidence: readonly Evidence[]): Temporal.Instant | null {
  const moments = evidence.map((one) => one.at).sort(Temporal.Instant.compare);
  return moments.at(-1) ?? null;
}

function isPassword(one: Evidence): boolean {
  return one.type === 'password';
}
