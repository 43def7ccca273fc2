import { codesLeft, nextNumber } from '#authenticators/code-card/card.ts';
import { aboutPasskey } from '#authenticators/passkey/index.ts';
import { withoutText } from '#core/assurance.ts';
import type { Authenticator } from '#core/authenticator.ts';
import { type Enrolment, type EnrolmentWorld, type Step, stepsOf } from '#core/enrolment/state.ts';
import type { Policy } from '#core/policy/policy.ts';
import { mayBeRemembered } from '#core/policy/remembered-device.ts';
import { offer } from '#core/sign-in/offer.ts';
import type { Attempt } from '#store/rows.ts';
import type { Deps } from './deps.ts';
import type { Facts } from './world.ts';

/** The authenticator types a person can go on with, best first. */
export function offeredNow({ types, smsAvailable, clock }: Deps, { state }: Attempt, facts: Facts): string[] {
  if (state.at !== 'verifying') return [];
  const bound = facts.authenticators.filter((one) => one.type !== 'sms' || (smsAvailable && !facts.smsRestsUntil));
  const policy = state.demand.withoutText ? withoutText(facts.policy) : facts.policy;
  return offer(state.evidence, state.goal, bound, types.byType, policy, clock.now());
}

/** What may be said of a passkey; null for everything else. */
export function passkeyShown(one: Authenticator) {
  if (one.type !== 'passkey') return null;
  const { make, synced } = aboutPasskey(one.hint);
  return { make, synced, flaggedAt: one.flaggedAt ?? null };
}

/** What may be said of a code card; null for everything else. */
export function cardShown(one: Authenticator, policy: Pick<Policy, 'codeCardLowAt'>) {
  if (one.type !== 'code-card') return null;
  const left = codesLeft(one);
  return { next: nextNumber(one), left, of: Number(one.hint), isLow: left <= policy.codeCardLowAt };
}

/** For how many days this device could be remembered with a proof of this type; null where that is not offered. */
export function daysToRemember({ session, state }: Attempt, facts: Facts, type: string): number | null {
  if (session !== null || facts.enrolment !== 'enrolled') return null;
  const used = 'evidence' in state ? state.evidence.map((one) => one.type) : [];
  if (!mayBeRemembered(facts.policy, [...used, type])) return null;
  return Math.round(facts.policy.rememberDeviceFor.total('days'));
}

/** "Step 2 of 5"; null for a course of one step, and for the guard before the first. */
export function progressOf(
  state: Enrolment,
  { smsOffered, hasBackupCode, oneStep }: EnrolmentWorld,
): { step: number; of: number } | null {
  if (!('course' in state) || state.course === 'backup-code') return null;
  // Once a number is bound the step is not offered any more, but the person has been through it.
  const wasOffered = smsOffered || state.at === 'adding-sms' || (state.at === 'keeping-code' && state.sms);
  const chosen = 'type' in state ? state.type : 'evidence' in state ? state.evidence[0]?.type : undefined;
  const nothingToScan = chosen !== undefined && oneStep.includes(chosen);
  const steps = stepsOf(state.course, { smsOffered: wasOffered, hasBackupCode, nothingToScan });
  const step = steps.indexOf(STEP_OF[state.at]) + 1;
  return step === 0 || state.at === 'guarding' ? null : { step, of: steps.length };
}

const STEP_OF: Record<Enrolment['at'], Step> = {
  guarding: 'choose',
  choosing: 'choose',
  scanning: 'scan',
  proving: 'prove',
  'adding-sms': 'sms',
  'keeping-code': 'keep',
  bound: 'keep',
  ended: 'keep',
};
