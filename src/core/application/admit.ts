import { atLeast, type Level } from '../assurance.ts';
import type { ApplicationFacts, ApplicationPolicy, Asked, Belonging } from './policy.ts';

/** Whether a person may use an application, and what they have to show for it. */
export type Admission =
  | { admitted: false; because: 'application-disabled' | 'not-for-you' }
  | { admitted: true; level: Level; freshWithinSeconds: number | null; proveAgain: boolean };

/**
 * Decides from facts alone: who the person belongs to, what the application's policy says, what this request asks on
 * top. The stronger and the fresher of the two holds: a request can raise what the policy asks, never lower it.
 */
export function admit(application: ApplicationFacts, belongings: readonly Belonging[], asked: Asked): Admission {
  if (application.status !== 'active') return { admitted: false, because: 'application-disabled' };
  const groups = groupsFor(application, belongings);
  const { policy } = application;
  if (groups === null || !isAmong(groups, policy.groups)) return { admitted: false, because: 'not-for-you' };
  const own = levelFor(policy, groups);
  return {
    admitted: true,
    level: atLeast(own, asked.level) ? own : asked.level,
    freshWithinSeconds: shorter(policy.freshWithinSeconds, asked.freshWithinSeconds),
    proveAgain: asked.proveAgain,
  };
}

/** The groups that an application may see: those in the organisations it is for. */
export function admittedGroups(
  application: Pick<ApplicationFacts, 'audience'>,
  belongings: readonly Belonging[],
): string[] {
  return groupsFor(application, belongings) ?? [];
}

/** The person's groups in the organisations the application is for; null when they belong to none of them. */
function groupsFor(
  { audience }: Pick<ApplicationFacts, 'audience'>,
  belongings: readonly Belonging[],
): string[] | null {
  const own = belongings.filter(({ organisation }) => audience.includes(organisation));
  return own.length === 0 ? null : own.flatMap(({ groups }) => groups);
}

function levelFor({ strength, strengthFor }: ApplicationPolicy, groups: readonly string[]): Level {
  if (strength === 'organisation' || !isAmong(groups, strengthFor)) return 'aal1';
  return strength === 'two-steps' ? 'aal2' : 'aal2-phr';
}

function isAmong(groups: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === 0 || groups.some((group) => wanted.includes(group));
}

function shorter(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
