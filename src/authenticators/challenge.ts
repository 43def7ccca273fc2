import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Challenge, Claim } from '#core/authenticator.ts';
import { type Refusal, type RefusalDetail, refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import { numberBelow, type RandomBytes, systemRandom } from './random.ts';
import { compact, notSixDigits } from './shapes.ts';

/** How long a code that was sent is good. */
export const CODE_LIFE = Temporal.Duration.from({ minutes: 10 });
/** Answers that one code allows. */
export const CODE_TRIES = 5;

export type ChallengeOrder = Pick<Challenge, 'account' | 'authenticator' | 'holder' | 'purpose' | 'destination'> & {
  now: Temporal.Instant;
  /** How long the code is good; ten minutes unless policy says otherwise. */
  lives?: Temporal.Duration;
  id?: string;
};

export type ChallengeFinding = { ok: true; claim: Claim } | { ok: false; refusal: Refusal; detail?: RefusalDetail };

/** Makes, recognises and checks codes that are sent to a person: text messages, and the mailed guard code. */
export type Challenges = {
  /** A code on its way: the row to store, which does not hold the code, and the code to send. */
  make(order: ChallengeOrder): { challenge: Challenge; code: Secret };
  /** Whether these six digits are the challenge's code. No lifetime, no tries: {@link Challenges.check} has those. */
  recognises(challenge: Challenge, code: string): boolean;
  /**
   * Checks an answer against the open challenge, which the caller looked up by holder and purpose. `challenge.tries`
   * are the tries before this one.
   */
  check(challenge: Challenge | null, answer: string, context: { now: Temporal.Instant }): ChallengeFinding;
};

/** What a code's hash is bound to: moved to another row, it is worth nothing. */
type Bound = Pick<Challenge, 'id' | 'account' | 'holder' | 'purpose' | 'destination'>;

/**
 * Out-of-band codes (NIST SP 800-63B-4 §3.1.3.2): six digits, ten minutes, once, five tries. The database keeps
 * HMAC-SHA-256 under a key from outside it, over everything the code is bound to: a million codes are hashed in a
 * second, so a plain hash would hide nothing from whoever has a copy.
 */
export function createChallenges(key: Secret<Uint8Array>, random: RandomBytes = systemRandom): Challenges {
  const hash = ({ id, account, holder, purpose, destination }: Bound, code: string): Uint8Array => {
    const bound = JSON.stringify([id, account, holder, purpose, destination.reveal(), code]);
    return new Uint8Array(createHmac('sha256', key.reveal()).update(bound).digest());
  };

  const recognises = (challenge: Challenge, code: string): boolean => {
    const expected = hash(challenge, code);
    return challenge.codeHash.length === expected.length && timingSafeEqual(challenge.codeHash, expected);
  };

  return {
    recognises,

    make({ now, lives = CODE_LIFE, id = randomUUID(), ...order }) {
      const code = String(numberBelow(1_000_000, random)).padStart(6, '0');
      const codeHash = hash({ id, ...order }, code);
      const challenge = { id, ...order, codeHash, tries: 0, createdAt: now, expiresAt: now.add(lives) };
      return { challenge, code: new Secret(code) };
    },

    check(challenge, answer, { now }) {
      if (challenge === null) return { ok: false, ...refuse('challenge-missing') };
      const misshapen = notSixDigits(answer);
      if (misshapen) return { ok: false, ...refuse(misshapen) };
      if (!isLive(challenge, now)) return { ok: false, ...refuse('code-expired') };
      if (recognises(challenge, compact(answer)))
        return { ok: true, claim: { kind: 'challenge', challenge: challenge.id } };
      const refusal = challenge.purpose === 'guard' ? 'guard-code-wrong' : 'code-wrong';
      return { ok: false, ...refuse(refusal, { triesLeft: CODE_TRIES - challenge.tries - 1 }) };
    },
  };
}

/** Whether an answer may still be compared at all. */
export function isLive(challenge: Challenge, now: Temporal.Instant): boolean {
  return challenge.tries < CODE_TRIES && Temporal.Instant.compare(now, challenge.expiresAt) < 0;
}
