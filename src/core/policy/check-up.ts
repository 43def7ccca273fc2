import type { Evidence } from '../assurance.ts';
import type { Authenticator } from '../authenticator.ts';
import type { Policy } from './policy.ts';

export type CheckUp = { at: Temporal.Instant; outcome: 'passed' | 'skipped' | 'failed' };

/** `skipsLeft` 0: it stays on the start page, and is still in nobody's way. */
export type CheckUpVerdict = { due: false } | { due: true; skipsLeft: number };

type Bound = Pick<Authenticator, 'type' | 'boundAt' | 'disabledAt'>;

/**
 * Whether a person is asked to show that the second step and the paper are still there. Counted from the newest of what
 * would be shown: a new phone or a new paper has had no time to get lost, and what was shown before it says nothing.
 */
export function checkUpVerdict(
  facts: { bound: readonly Bound[]; isEnrolled: boolean; before: readonly CheckUp[] },
  policy: Pick<Policy, 'checkUpAfter' | 'checkUpSkips' | 'checkUpReturnsAfter'>,
  now: Temporal.Instant,
): CheckUpVerdict {
  const since = newestOf(facts.bound);
  if (!facts.isEnrolled || !since) return { due: false };
  if (isBefore(now, since.add(policy.checkUpAfter))) return { due: false };
  const before = facts.before.filter(({ at }) => !isBefore(at, since));
  if (before.some(({ outcome }) => outcome === 'passed')) return { due: false };
  const skips = before.filter(({ outcome }) => outcome === 'skipped');
  const last = skips.at(-1);
  if (last && isBefore(now, last.at.add(policy.checkUpReturnsAfter))) return { due: false };
  return { due: true, skipsLeft: Math.max(0, policy.checkUpSkips - skips.length) };
}

/** Whether this session has seen the second step already: then it is not asked for a second time. */
export function hasShownSecondStep(
  evidence: readonly Pick<Evidence, 'authenticator'>[],
  second: readonly Pick<Authenticator, 'id' | 'disabledAt'>[],
): boolean {
  return second.some((one) => !one.disabledAt && evidence.some(({ authenticator }) => authenticator === one.id));
}

/** A number for text messages is a way back that nobody rehearses here. */
function newestOf(bound: readonly Bound[]): Temporal.Instant | null {
  const shown = bound.filter(({ type, disabledAt }) => type !== 'password' && type !== 'sms' && !disabledAt);
  return (
    shown
      .map(({ boundAt }) => boundAt)
      .sort(Temporal.Instant.compare)
      .at(-1) ?? null
  );
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}
