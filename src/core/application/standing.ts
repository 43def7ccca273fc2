import { type AssurancePolicy, atLeast, type Evidence, isFromTheFuture, type Level, reached } from '../assurance.ts';
import type { Admission } from './admit.ts';
import { assertionOf, levelOf } from './assertion.ts';

/** Whether what a session has shown is enough for what an application asks now. */
export type Standing =
  | { kind: 'enough' }
  | { kind: 'refused'; because: 'application-disabled' | 'not-for-you' | 'passkey-needed' }
  /** More has to be shown: this level, not older than this, or everything anew. */
  | { kind: 'prove'; level: Level; freshWithinSeconds: number | null; startOver: boolean };

export type Shown = { evidence: readonly Evidence[]; viaRememberedDevice: boolean };

/**
 * The one question at the door of an application. `since`: proofs given before it do not count, for a request that wants
 * the person to sign in again. `attainable`: the most this account can reach with what it has or could set up now;
 * nobody is sent to prove what they cannot.
 */
export function standing(
  admission: Admission,
  shown: Shown,
  world: { policy: AssurancePolicy; attainable: Level; now: Temporal.Instant; since: Temporal.Instant | null },
): Standing {
  if (!admission.admitted) return { kind: 'refused', because: admission.because };
  const { level, freshWithinSeconds, proveAgain } = admission;
  if (!atLeast(world.attainable, level)) return { kind: 'refused', because: 'passkey-needed' };
  const prove: Standing = { kind: 'prove', level, freshWithinSeconds, startOver: proveAgain };

  const told = assertionOf(shown, world.policy);
  if (!told || !atLeast(levelOf(told.acr) ?? 'none', level)) return prove;
  if (proveAgain && !isProvedSince(shown.evidence, world)) return prove;
  if (freshWithinSeconds !== null && !isYoung(told.authTime, world.now, freshWithinSeconds)) return prove;
  return { kind: 'enough' };
}

function isYoung(at: Temporal.Instant, now: Temporal.Instant, seconds: number): boolean {
  return now.since(at).total('seconds') <= seconds && !isFromTheFuture(at, now);
}

/** Everything that gives the level was shown after the request began: one young proof beside old ones is not enough. */
function isProvedSince(
  evidence: readonly Evidence[],
  { policy, since }: { policy: AssurancePolicy; since: Temporal.Instant | null },
): boolean {
  if (!since) return false;
  const later = evidence.filter((one) => Temporal.Instant.compare(one.at, since) >= 0);
  return reached(later, policy) === reached(evidence, policy) && later.length > 0;
}
