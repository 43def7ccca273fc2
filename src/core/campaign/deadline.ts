import type { Because } from './duty.ts';
import type { Campaign, DutyInput, DutyMembership } from './input.ts';

/** One running campaign, seen from one person. */
export type Asking = {
  membership: DutyMembership;
  campaign: Campaign;
  /** From when on this campaign asks this person. */
  since: Temporal.Instant;
  /** The person's own last day for *later*; null where two steps are offered and never required. */
  lastDay: Temporal.PlainDate | null;
  /** The first instant after that day. */
  deadline: Temporal.Instant | null;
};

/** The campaign with the person's own date: a campaign's date is for those who have been here long enough. */
export function asking(
  input: DutyInput,
  membership: DutyMembership,
  campaign: Campaign,
  now: Temporal.Instant,
): Asking {
  const { timeZone } = membership.organisation;
  const start = firstInstantOf(campaign.startsOn, timeZone);
  const lastDay = lastDayFor(input, membership, campaign, now);
  return {
    membership,
    campaign,
    since: membership.joinedAt && isAfter(membership.joinedAt, start) ? membership.joinedAt : start,
    lastDay,
    deadline: lastDay && firstInstantAfter(lastDay, timeZone),
  };
}

/** "Until and including" in a zone: midnight is not always 00:00 there, nor a day always 24 hours. */
export function firstInstantAfter(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return firstInstantOf(day.add({ days: 1 }), timeZone);
}

export function firstInstantOf(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.toZonedDateTime(timeZone).toInstant();
}

export function dayOf(at: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(timeZone).toPlainDate();
}

export function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}

export function because(one: Asking, reason: Because['reason']): Because {
  const { id, name } = one.membership.organisation;
  return { reason, organisation: id, organisationName: name, campaign: one.campaign.id, since: one.since };
}

/**
 * The latest of the campaign's date, the late joiner's and an extension. Whoever signs in for the first time has not
 * started their clock yet, and nobody else's sign-in starts it for them.
 */
function lastDayFor(
  { account, extensions }: DutyInput,
  { organisation, policy }: DutyMembership,
  campaign: Campaign,
  now: Temporal.Instant,
): Temporal.PlainDate | null {
  if (!campaign.deadline) return null;
  const days = Math.floor(policy.lateJoinerGrace.total('days'));
  const arrived = dayOf(account.firstSignInAt ?? now, organisation.timeZone);
  const extended = extensions.filter((one) => one.campaign === campaign.id).map((one) => one.until);
  const candidates = [campaign.deadline, ...extended, ...(days > 0 ? [arrived.add({ days })] : [])];
  return candidates.reduce((one, other) => (Temporal.PlainDate.compare(one, other) >= 0 ? one : other));
}
