import { type Refused, refuse } from '../refusal.ts';

/** Somebody as one organisation knows them; `role` null where they do not belong to it. */
export type Standing = {
  account: string;
  role: 'member' | 'agent' | 'administrator' | null;
  joinedAt: Temporal.Instant | null;
  hasSecondStep: boolean;
};

/** A colleague whom one person could have made up yesterday is no second person. */
const NEW_FOR = Temporal.Duration.from({ hours: 24 });

/**
 * Who may help whom at the desk: agents and administrators of the organisation that the request belongs to, with a
 * second step of their own. Never oneself; whoever is at a desk or administers is helped by administrators only.
 * Null: yes.
 */
export function mayHelp(
  helper: Standing,
  owner: { account: string; hasDesk: boolean },
  now: Temporal.Instant,
): Refused | null {
  if (helper.role !== 'agent' && helper.role !== 'administrator') return refuse('not-found');
  if (helper.account === owner.account) return refuse('not-your-own');
  if (!helper.hasSecondStep || isNew(helper, now)) return refuse('not-yet-trusted');
  if (owner.hasDesk && helper.role !== 'administrator') return refuse('administrators-only');
  return null;
}

/** Who may say "I have seen this person": any colleague with a second step who did not join today. */
export function mayVouch(colleague: Standing, owner: string, now: Temporal.Instant): Refused | null {
  if (colleague.role === null) return refuse('request-number-wrong');
  if (colleague.account === owner) return refuse('not-your-own');
  if (!colleague.hasSecondStep || isNew(colleague, now)) return refuse('not-yet-trusted');
  return null;
}

function isNew({ joinedAt }: Standing, now: Temporal.Instant): boolean {
  return joinedAt === null || Temporal.Instant.compare(joinedAt.add(NEW_FOR), now) > 0;
}
