import type { Policy } from './policy.ts';

export type InvitationFacts = {
  /** When this person was invited before, oldest first, and whether they said no. */
  before: readonly { at: Temporal.Instant; declinedAt: Temporal.Instant | null }[];
  /** Signed in with the password just now, and has no passkey. */
  couldDoBetter: boolean;
  /** Somebody asks something else of this person: one question at a time. */
  isAskedSomethingElse: boolean;
};

const YEAR = Temporal.Duration.from({ hours: 365 * 24 });

/** Whether *A passkey instead of your password* is said after this sign-in. A *no* holds for a year. */
export function isInvitationDue(
  { before, couldDoBetter, isAskedSomethingElse }: InvitationFacts,
  policy: Pick<Policy, 'passkeysOffered' | 'passkeyInvitationsPerYear' | 'passkeyInvitationEvery'>,
  now: Temporal.Instant,
): boolean {
  if (!policy.passkeysOffered || !couldDoBetter || isAskedSomethingElse) return false;
  const since = (within: Temporal.Duration) => (at: Temporal.Instant) =>
    Temporal.Instant.compare(at, now.subtract(within)) > 0;
  const moments = before.map(({ at }) => at);
  if (before.some(({ declinedAt }) => declinedAt && since(YEAR)(declinedAt))) return false;
  if (moments.some(since(policy.passkeyInvitationEvery))) return false;
  return moments.filter(since(YEAR)).length < policy.passkeyInvitationsPerYear;
}
