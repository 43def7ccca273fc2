import type { Authenticator, AuthenticatorType, CheckContext, Claim, Finding } from '#core/authenticator.ts';
import { refuse } from '#core/refusal.ts';
import type { Challenges } from '../challenge.ts';
import { evidenceOf, UNBOUND } from '../proof.ts';
import { type RandomBytes, systemRandom } from '../random.ts';
import { compact, notSixDigits } from '../shapes.ts';
import { diagnose, type Patient } from './doctor.ts';
import { matchingStep, stepAt } from './otp.ts';
import { makeSecret } from './secret.ts';

const facts = { type: 'totp', factors: ['possession'], restricted: false, phishingResistant: false } as const;

export type TotpType = AuthenticatorType & Required<Pick<AuthenticatorType, 'begin' | 'prove'>>;

/** Six digits from an authenticator app (RFC 6238; NIST SP 800-63B-4 §3.1.4, single-factor OTP). */
export function createTotp(challenges: Pick<Challenges, 'recognises'>, random: RandomBytes = systemRandom): TotpType {
  const check = (answer: string, authenticator: string, patient: Patient, context: CheckContext): Finding => {
    const misshapen = notSixDigits(answer);
    if (misshapen) return { ok: false, ...refuse(misshapen) };
    const code = compact(answer);
    const today = stepAt(context.wall);
    const open = [today, today - 1].filter((step) => step > patient.counter);
    const step = matchingStep(patient.secret.reveal(), code, open);
    if (step === null) return { ok: false, ...diagnose(code, patient, context, challenges.recognises) };
    const claim: Claim = { kind: 'counter', authenticator, value: step };
    return { ok: true, evidence: evidenceOf(facts, authenticator, context.now), claim };
  };

  return {
    ...facts,
    guessable: true,
    sendsCode: false,
    quick: true,
    enrollable: true,
    rank: 30,

    begin({ label, now }) {
      return { type: facts.type, secret: makeSecret(random), label, madeAt: now };
    },

    /** The claim names no row yet: the new authenticator starts with its `value` as counter. */
    async prove(pending, answer, context) {
      const others = [...context.superseded, ...context.others].filter((one) => one.type === facts.type);
      const olderKeys = others.map((one) => one.secret);
      return check(answer, UNBOUND, { secret: pending.secret, counter: -1, olderKeys, frankness: 'wizard' }, context);
    },

    async verify(bound, answer, context) {
      if (bound.disabledAt) return { ok: false, ...refuse('authenticator-disabled') };
      const { secret, counter } = bound;
      return check(answer, bound.id, { secret, counter, olderKeys: [], frankness: 'sign-in' }, context);
    },
  };
}

/**
 * Whether this is what one of these authenticators' apps shows now: for the field beside, which has to say so. It
 * spends nothing and is no proof.
 */
export function isCurrentCode(code: string, others: readonly Authenticator[], wall: Temporal.Instant): boolean {
  const today = stepAt(wall);
  return others.some(
    ({ type, secret, disabledAt }) =>
      type === facts.type && !disabledAt && matchingStep(secret.reveal(), code, [today, today - 1]) !== null,
  );
}
