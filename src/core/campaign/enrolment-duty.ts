import { strictest } from '../policy/policy.ts';
import { type Asking, asking, because, dayOf, isAfter } from './deadline.ts';
import { deferralsLeft, putOff } from './deferral.ts';
import type { Duty } from './duty.ts';
import type { Campaign, DutyInput, DutyMembership } from './input.ts';
import { isLastChance } from './rhythm.ts';

/**
 * What is asked of a person at this instant: nothing, an invitation that may be put off, or two-step verification now.
 * Computed from facts at each sign-in, so that a date or a policy that was changed yesterday holds today, also for
 * those who chose *later* before. Where several organisations ask, the one with the earliest date is named.
 */
export function enrolmentDuty(input: DutyInput, now: Temporal.Instant): Duty {
  if (input.account.enrolled) return { kind: 'none', because: 'enrolled' };

  const all = input.memberships.flatMap((membership) =>
    membership.campaigns.map((campaign) => ({
      membership,
      campaign,
      silent: silentBecause(input, membership, campaign, now),
    })),
  );
  const everyone = all
    .filter(({ silent }) => silent === null)
    .map(({ membership, campaign }) => asking(input, membership, campaign, now))
    .sort(byDeadline);
  const [first] = everyone;
  if (!first) return { kind: 'none', because: whyNone(all.map(({ silent }) => silent)) };

  return overdue(everyone, now) ?? invitation(first, everyone, input, now);
}

/** Why this campaign asks nothing of this person; null when it asks. */
function silentBecause(
  { exemptions }: DutyInput,
  { organisation }: DutyMembership,
  campaign: Campaign,
  now: Temporal.Instant,
): 'exempt' | 'paused' | 'not-started' | null {
  const today = dayOf(now, organisation.timeZone);
  const reaches = (day: Temporal.PlainDate) => Temporal.PlainDate.compare(today, day) <= 0;
  if (campaign.status === 'draft') return 'not-started';
  if (campaign.status === 'paused') return 'paused';
  if (Temporal.PlainDate.compare(today, campaign.startsOn) < 0) return 'not-started';
  // Ends by itself, at the end of its last day.
  if (exemptions.some((one) => one.organisation === organisation.id && reaches(one.until))) return 'exempt';
  return null;
}

function whyNone(silences: readonly ('exempt' | 'paused' | 'not-started' | null)[]) {
  for (const reason of ['exempt', 'paused', 'not-started'] as const) if (silences.includes(reason)) return reason;
  return 'no-campaign';
}

/** After the deadline a password alone must not bind the first authenticator: whoever stole it would bind theirs. */
function overdue(everyone: readonly Asking[], now: Temporal.Instant): Duty | null {
  const passed = everyone.filter(({ deadline }) => deadline && !isAfter(deadline, now));
  const [first] = passed;
  if (!first?.deadline || !first.lastDay) return null;
  const guarded = passed.some(({ membership }) => membership.policy.lateEnrolmentGuard === 'mailed-code');
  return {
    kind: 'required',
    because: because(first, 'deadline-passed'),
    deadline: first.deadline,
    lastDay: first.lastDay,
    timeZone: first.membership.organisation.timeZone,
    guard: guarded ? 'mailed-code' : null,
  };
}

/** Before every deadline. Whose *later* is used up is not asked again, once the last one is over. */
function invitation(first: Asking, everyone: readonly Asking[], input: DutyInput, now: Temporal.Instant): Duty {
  const policy = strictest(everyone.map(({ membership }) => membership.policy));
  const pause = putOff(input, policy, first.deadline, now);
  const budgets = everyone.map((one) => ({ one, left: deferralsLeft(one, input.deferrals) }));
  const spent = budgets.find(({ left }) => left === 0)?.one;

  if (pause.promptDue && spent?.deadline && spent.lastDay) {
    return {
      kind: 'required',
      because: because(spent, 'deferrals-spent'),
      deadline: spent.deadline,
      lastDay: spent.lastDay,
      timeZone: spent.membership.organisation.timeZone,
      guard: null,
    };
  }
  const counts = budgets.map(({ left }) => left).filter((left) => left !== null);
  const { timeZone } = first.membership.organisation;
  return {
    kind: 'invited',
    because: because(first, 'campaign'),
    deadline: first.deadline,
    lastDay: first.lastDay,
    timeZone,
    deferralsLeft: counts.length > 0 ? Math.min(...counts) : null,
    lastChance: isLastChance(input.signIns, first.lastDay, timeZone, now),
    ...pause,
  };
}

/** Earliest first; offers without a date last. */
function byDeadline(one: Asking, other: Asking): number {
  if (!one.deadline || !other.deadline) return Number(!one.deadline) - Number(!other.deadline);
  return Temporal.Instant.compare(one.deadline, other.deadline);
}
