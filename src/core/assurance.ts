/** What an authenticator shows about a person: something known, held, or part of the body (NIST SP 800-63B-4 §2). */
export type Factor = 'knowledge' | 'possession' | 'inherence';

/**
 * One proof that was given, as a fact. Levels are never stored: they are computed by {@link reached}, so that what a
 * person reached, what is offered next and what an application is told can never disagree.
 */
export type Evidence = {
  /** The authenticator type, for instance `totp`. */
  type: string;
  /** The bound authenticator that was used. */
  authenticator: string;
  factors: Factor[];
  /** The verifier's name is part of the proof, as with a passkey: a look-alike page cannot pass it on. */
  phishingResistant: boolean;
  /** A *restricted* authenticator in the sense of NIST SP 800-63B-4 §3.2.9: text messages. */
  restricted: boolean;
  /** Where the key of a passkey lives: in one device that cannot give it away, or in software that may copy it. */
  key?: 'hardware' | 'software';
  /** An approval by a number of two digits: comfort, and a second step only where the organisation says so. */
  comfort?: true;
  at: Temporal.Instant;
};

/** Levels from weakest to strongest. `aal2-phr` is AAL2 reached without anything that can be phished. */
export const LEVELS = ['none', 'aal1', 'aal2', 'aal2-phr'] as const;
export type Level = (typeof LEVELS)[number];

/** What an organisation may say about the strength of its authenticators. */
export type AssurancePolicy = {
  /** Whether password + text message is two steps. */
  restrictedIsSecondStep: boolean;
  /** Whether password + an approval by two digits is two steps. */
  comfortApprovalIsSecondStep: boolean;
};

/** The same, where a text message does not count: for what must not hang on a telephone number alone. */
export function withoutText<Policy extends AssurancePolicy>(policy: Policy): Policy {
  return { ...policy, restrictedIsSecondStep: false };
}

export function atLeast(level: Level, wanted: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);
}

/**
 * The level that these proofs reach together: the one definition in the program.
 * Two different factors are AAL2, knowledge alone is AAL1, possession alone is nothing (whoever finds a phone is
 * nobody yet).
 */
export function reached(evidence: readonly Evidence[], policy: AssurancePolicy): Level {
  const counted = evidence.filter((one) => counts(one, policy));
  const factors = new Set(counted.flatMap((one) => one.factors));
  if (factors.size >= 2) return counted.some((one) => one.phishingResistant) ? 'aal2-phr' : 'aal2';
  return evidence.some((one) => one.factors.includes('knowledge')) ? 'aal1' : 'none';
}

/** Whether a proof counts beside the password: what is weak does only where the organisation says so. */
export function counts(one: Evidence, policy: AssurancePolicy): boolean {
  if (one.restricted && !policy.restrictedIsSecondStep) return false;
  return !one.comfort || policy.comfortApprovalIsSecondStep;
}

/**
 * The evidence that is still young enough for a sensitive step. Knowledge stays good for the life of the session when
 * a second factor is renewed (NIST SP 800-63B-4 §2.2.3); where there is no second factor, the knowledge itself must be
 * fresh.
 */
export function fresh(
  evidence: readonly Evidence[],
  within: Temporal.Duration,
  now: Temporal.Instant,
  hasSecondStep: boolean,
): Evidence[] {
  const oldest = now.subtract(within);
  const isYoung = (one: Evidence) => Temporal.Instant.compare(one.at, oldest) >= 0 && !isFromTheFuture(one.at, now);
  return evidence.filter((one) => isYoung(one) || (hasSecondStep && isKnowledgeAlone(one)));
}

/**
 * A clock that was set back must not make every proof young. A minute of it is the difference between two machines that
 * serve the same people.
 */
export function isFromTheFuture(at: Temporal.Instant, now: Temporal.Instant): boolean {
  return at.since(now).total('seconds') > 60;
}

/** The moment of the last proof that gives the level: what a token may call `auth_time`. */
export function provedAt(evidence: readonly Evidence[]): Temporal.Instant | null {
  const beyondPassword = evidence.filter((one) => !isKnowledgeAlone(one));
  const deciding = beyondPassword.length > 0 ? beyondPassword : evidence;
  return (
    deciding
      .map((one) => one.at)
      .sort(Temporal.Instant.compare)
      .at(-1) ?? null
  );
}

function isKnowledgeAlone(one: Evidence): boolean {
  return one.factors.length === 1 && one.factors[0] === 'knowledge';
}
