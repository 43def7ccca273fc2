import { atLeast, type AssurancePolicy, type Evidence, type Level, LEVELS, reached } from '../assurance.ts';
import type { Authenticator, AuthenticatorType } from '../authenticator.ts';

/**
 * What a person can go on with, best first: a search over {@link reached}, the function that says what is reached, so
 * that what is offered can never disagree with what an answer will give. From nothing, what only begins the road is
 * there too, last: a passkey would be enough, but the password is what everybody has.
 */
export function offer(
  evidence: readonly Evidence[],
  goal: Level,
  bound: readonly Authenticator[],
  typeOf: (type: string) => AuthenticatorType | null,
  policy: AssurancePolicy & { approvalDigits: '2' | '6' },
  now: Temporal.Instant,
): string[] {
  const reachedNow = LEVELS.indexOf(reached(evidence, policy));
  const candidates = bound.filter((one) => !one.disabledAt).flatMap((one) => typeOf(one.type) ?? []);
  const distinct = [...new Map(candidates.map((type) => [type.type, type])).values()];
  const withProof = (type: AuthenticatorType) =>
    reached([...evidence, proofBy(type, now, policy.approvalDigits)], policy);
  const useful = distinct.filter((type) => LEVELS.indexOf(withProof(type)) > reachedNow);
  const sufficient = useful.filter((type) => atLeast(withProof(type), goal));
  const best = sufficient.length > 0 ? sufficient : useful;
  const beginnings = reachedNow === 0 ? useful.filter((type) => !best.includes(type)) : [];
  const byRank = (types: AuthenticatorType[]) => types.sort((a, b) => a.rank - b.rank).map((type) => type.type);
  return [...byRank(best), ...byRank(beginnings)];
}

/**
 * Whether a passkey has to check its owner (a finger, a face, a number) to get this far: as the only step it must, after
 * the password it need not.
 */
export function needsUserVerification(evidence: readonly Evidence[], goal: Level, policy: AssurancePolicy): boolean {
  const [first] = evidence;
  if (!first) return true;
  const touched: Evidence = { ...first, factors: ['possession'], phishingResistant: true, restricted: false };
  return !atLeast(reached([...evidence, touched], policy), goal);
}

function proofBy(type: AuthenticatorType, at: Temporal.Instant, digits: '2' | '6'): Evidence {
  const { factors, phishingResistant, restricted } = type;
  const proof: Evidence = {
    type: type.type,
    authenticator: '',
    factors: [...factors],
    phishingResistant,
    restricted,
    at,
  };
  return type.approves && digits === '2' ? { ...proof, comfort: true } : proof;
}
