import { type Step, stepsOf } from '#core/enrolment/state.ts';
import { FIELDS } from '#core/policy/fields.ts';
import { networkOf } from '#core/policy/network.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { HelpCount } from '#store/help.ts';
import type { Membership } from '#store/rows.ts';
import { budgetKey, chargeWithin } from './budget.ts';
import type { Deps } from './deps.ts';
import { policyOf } from './world.ts';

/** Counts one answer of somebody who read help; from one network only so many, so that nobody writes the report alone. */
export function countAnswer(deps: Deps, address: string, what: Omit<HelpCount, 'day'>): Promise<Refused | null> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const charged = await chargeWithin(tx, budgetKey.helpAnswers(networkOf(address)), FIELDS.helpAnswers.default, now);
    if (!charged.allowed) return refuse('help-budget-spent', { retryAt: charged.retryAt });
    await tx.help.count({ ...what, day: now.toZonedDateTimeISO('UTC').toPlainDate() });
    return null;
  });
}

/** The wizard as these people meet it the first time, for articles about it. */
export function wizardFor(
  { smsAvailable, types }: Pick<Deps, 'smsAvailable' | 'types'>,
  memberships: readonly Membership[],
): { steps: Step[]; sms: boolean; passkeys: boolean } {
  const policy = policyOf(memberships);
  const sms = smsAvailable && policy.smsPerAccountPerDay > 0;
  return {
    steps: stepsOf('first', { smsOffered: sms, hasBackupCode: false, nothingToScan: false }),
    sms,
    passkeys: policy.passkeysOffered && types.list.some(({ type }) => type === 'passkey'),
  };
}
