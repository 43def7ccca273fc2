import { type CheckUpVerdict, checkUpVerdict } from '#core/policy/check-up.ts';
import type { Reader } from '#store/store.ts';
import type { Facts } from './world.ts';

/** Whether this person is asked, as things are now. */
export async function checkUpOf(
  read: Pick<Reader, 'checkUps'>,
  facts: Facts,
  now: Temporal.Instant,
): Promise<CheckUpVerdict> {
  if (facts.enrolment !== 'enrolled') return { due: false };
  const before = await read.checkUps.of(facts.account.id);
  return checkUpVerdict({ bound: facts.authenticators, isEnrolled: true, before }, facts.policy, now);
}
