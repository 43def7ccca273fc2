import type { Policy } from '../policy/policy.ts';
import { type Asking, isAfter } from './deadline.ts';
import type { Deferral, DutyInput } from './input.ts';

/** Whether the prompt is put off at this moment, and when it comes back. */
export type PutOff = { promptDue: boolean; returnsAfterSignIns: number; returnsAt: Temporal.Instant };

/**
 * How often *later* may still be chosen, given what was chosen; null as often as one likes.
 * Choosing it once tells everybody who asks: a second employer can neither take a person's "later" away nor add any.
 */
export function deferralsLeft(one: Asking, deferrals: readonly Deferral[]): number | null {
  if (!one.deadline) return null;
  return Math.max(0, one.membership.policy.deferralsAllowed - counted(one, deferrals).length);
}

/**
 * After *later* the prompt stays away for some sign-ins or some days, whichever are over first, and never past the
 * deadline. That was a promise, and it holds whoever begins to ask meanwhile.
 */
export function putOff(
  { deferrals, signIns }: Pick<DutyInput, 'deferrals' | 'signIns'>,
  policy: Pick<Policy, 'deferralReturnsAfter' | 'deferralReturnsAfterSignIns'>,
  deadline: Temporal.Instant | null,
  now: Temporal.Instant,
): PutOff {
  const quietFor = policy.deferralReturnsAfterSignIns;
  const capped = (at: Temporal.Instant) => (deadline && isAfter(at, deadline) ? deadline : at);
  const ifNow = {
    promptDue: true,
    returnsAfterSignIns: quietFor,
    returnsAt: capped(now.add(policy.deferralReturnsAfter)),
  };

  const last = lastOf(deferrals);
  if (!last) return ifNow;
  // The sign-in in which "later" was chosen is recorded at the same instant and is not one of those that it skips.
  const since = signIns.filter((at) => isAfter(at, last)).length;
  const returnsAt = capped(last.add(policy.deferralReturnsAfter));
  if (since >= quietFor || !isAfter(returnsAt, now)) return ifNow;
  return { promptDue: false, returnsAfterSignIns: quietFor - since, returnsAt };
}

/** What was chosen for this campaign, or for another one while this one was asking too. */
function counted(one: Asking, deferrals: readonly Deferral[]): readonly Deferral[] {
  return deferrals.filter(({ campaign, at }) => campaign === one.campaign.id || !isAfter(one.since, at));
}

function lastOf(deferrals: readonly Deferral[]): Temporal.Instant | null {
  const instants = deferrals.map(({ at }) => at).sort((one, other) => Temporal.Instant.compare(one, other));
  return instants.at(-1) ?? null;
}
