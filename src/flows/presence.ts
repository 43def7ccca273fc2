import { type Assertion, assertionOf } from '#core/application/assertion.ts';
import type { Belonging } from '#core/application/policy.ts';
import type { AssurancePolicy, Evidence } from '#core/assurance.ts';
import type { Reader } from '#store/store.ts';
import { type Facts, limitsOf, loadFacts } from './world.ts';

/** What a session is good for at the door of an application: facts, of which each demand can be answered. */
export type Presence = {
  account: string;
  name: string;
  /** The confirmed primary address, or empty. */
  email: string;
  belongings: Belonging[];
  /** What was proved, as an application is told; null where nothing was. */
  assertion: Assertion | null;
  evidence: readonly Evidence[];
  policy: AssurancePolicy;
  hasSecondStep: boolean;
  /** Whoever does nothing for this long is nobody. */
  idle: Temporal.Duration;
};

/** Facts change at moments that nobody writes down, like the end of a day; nothing is kept longer than this anyway. */
const LONGEST = Temporal.Duration.from({ seconds: 60 });

/**
 * The same questions as `whoIs`, answered once for many requests. `until`: the first moment at which time alone could
 * change the answer. Every other change raises a stamp (see `store/migrations/004-forward-auth.ts`).
 */
export async function presenceOf(
  read: Reader,
  session: string,
  now: Temporal.Instant,
): Promise<{ presence: Presence | null; until: Temporal.Instant }> {
  const live = await read.sessions.byId(session);
  const facts = live && (await loadFacts(read, live.account, now));
  if (!facts || facts.account.status !== 'active') return { presence: null, until: now.add(LONGEST) };
  const { idle, absolute } = limitsOf(facts);
  const end = absolute && live.createdAt.add(absolute);
  const until = changesAt(facts, now, end);
  if (end && Temporal.Instant.compare(end, now) <= 0) return { presence: null, until };
  // The deadline holds at every door, also for whoever was inside when it passed.
  if (facts.enrolment === 'none' && facts.duty.kind === 'required') return { presence: null, until };
  const addresses = await read.accounts.addresses(live.account);
  const presence: Presence = {
    account: facts.account.id,
    name: facts.account.name,
    // An address that was never confirmed may be somebody else's: an application would take one for the other.
    email: addresses.find((one) => one.primary && one.confirmedAt)?.address ?? '',
    belongings: facts.memberships.map(({ organisation, groups }) => ({ organisation: organisation.id, groups })),
    assertion: assertionOf(live, facts.policy),
    evidence: live.evidence,
    policy: facts.policy,
    hasSecondStep: facts.enrolment !== 'none',
    idle,
  };
  return { presence, until };
}

/** Deadlines and exemptions end with a day, in the zone of whoever set them; *later* ends at a moment of its own. */
function changesAt(
  { memberships, duty }: Facts,
  now: Temporal.Instant,
  end: Temporal.Instant | null,
): Temporal.Instant {
  const moments = [
    now.add(LONGEST),
    end,
    ...memberships.map(({ organisation }) => midnightAfter(now, organisation.timeZone)),
    ...(duty.kind === 'invited' ? [duty.deadline, duty.returnsAt] : []),
  ];
  const ahead = moments.filter((at) => at !== null && Temporal.Instant.compare(at, now) > 0);
  return ahead.sort(byTime)[0] ?? now;
}

function midnightAfter(now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const tomorrow = now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 1 });
  return tomorrow.toZonedDateTime(timeZone).toInstant();
}

function byTime(one: Temporal.Instant | null, other: Temporal.Instant | null): number {
  return one && other ? Temporal.Instant.compare(one, other) : 0;
}
