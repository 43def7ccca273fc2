import type { Authenticator, AuthenticatorType, CheckContext, Finding } from '#core/authenticator.ts';
import { refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import type { Challenges } from '../challenge.ts';
import { evidenceOf, UNBOUND } from '../proof.ts';
import { compact } from '../shapes.ts';
import { readNumber } from './number.ts';
import { numberOf } from './secret.ts';

const facts = { type: 'sms', factors: ['possession'], restricted: true, phishingResistant: false } as const;

/** Whether this is the code that one of these authenticators' apps shows now. */
export type IsAppCode = (code: string, others: readonly Authenticator[], wall: Temporal.Instant) => boolean;

export type SmsType = AuthenticatorType &
  Required<Pick<AuthenticatorType, 'prove'>> & { readNumber: typeof readNumber };

/**
 * Six digits in a text message: a *restricted* authenticator (NIST SP 800-63B-4 §3.1.3.3, §3.2.9). `prove` is the first
 * code to a new number; the pending secret is that number.
 */
export function createSms(challenges: Challenges, isAppCode: IsAppCode): SmsType {
  const check = (
    answer: string,
    purpose: 'verify' | 'bind',
    sentTo: { authenticator: string | null; secret: Secret<Uint8Array> },
    context: CheckContext,
  ): Finding => {
    const { challenge, now } = context;
    // A code that went to another number proves nothing about this one, even for the same person.
    const isOurs =
      challenge?.purpose === purpose &&
      challenge.authenticator === sentTo.authenticator &&
      challenge.destination.reveal() === numberOf(sentTo.secret).reveal();
    const found = challenges.check(isOurs ? challenge : null, answer, context);
    if (found.ok)
      return { ok: true, evidence: evidenceOf(facts, sentTo.authenticator ?? UNBOUND, now), claim: found.claim };
    if (found.refusal !== 'code-wrong') return found;
    const isOther = isAppCode(compact(answer), context.others, context.wall);
    return { ...found, refusal: isOther ? 'sms-code-is-app-code' : 'sms-code-wrong' };
  };

  return {
    ...facts,
    guessable: true,
    sendsCode: true,
    quick: true,
    enrollable: false,
    rank: 40,
    readNumber,

    async prove(pending, answer, context) {
      return check(answer, 'bind', { authenticator: null, secret: pending.secret }, context);
    },

    async verify(bound, answer, context) {
      if (bound.disabledAt) return { ok: false, ...refuse('authenticator-disabled') };
      return check(answer, 'verify', { authenticator: bound.id, secret: bound.secret }, context);
    },
  };
}
