import type { Evidence } from '#core/assurance.ts';
import type { AuthenticatorType, Claim, Finding } from '#core/authenticator.ts';
import { refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import { evidenceOf, UNBOUND } from '../proof.ts';
import { type Answer, readAnswer } from './answer.ts';
import { assertion } from './assert.ts';
import { register } from './register.ts';

export { makeOptions, useOptions } from './options.ts';
export { type About, aboutPasskey } from './makes.ts';
export { isBarred, rulesOf } from './rules.ts';

/** `inherence` stands for whatever unlocks the device: a finger, a face or a number. Which one it was is not said. */
const facts = {
  type: 'passkey',
  factors: ['possession', 'inherence'],
  restricted: false,
  phishingResistant: true,
} as const;

export type PasskeyType = AuthenticatorType &
  Required<Pick<AuthenticatorType, 'begin' | 'prove'>> & {
    /** Whose passkey this answer speaks of, to look it up by; null for no answer at all. */
    handleIn(answer: string): string | null;
  };

/** Passkeys (WebAuthn Level 3; NIST SP 800-63B-4 §3.1.6, §3.1.7 and appendix B). */
export function createPasskey(): PasskeyType {
  return {
    ...facts,
    guessable: false, // 256 bits: nobody guesses, and whoever types codes wrong must not lock this way
    sendsCode: false,
    enrollable: true,
    oneStep: true,
    rank: 10,
    handleIn: (answer) => readAnswer(answer)?.id ?? null,

    /** There is no secret of ours: the device makes the key, and only if the person goes through with it. */
    begin: ({ label, now }) => ({ type: facts.type, secret: new Secret(new Uint8Array(0)), label, madeAt: now }),

    async prove(_pending, text, { ceremony, now }) {
      if (!ceremony) return { ok: false, ...refuse('challenge-missing') };
      const done = await calmly(text, (answer) => register(answer, ceremony));
      if (!done) return { ok: false, ...refuse('passkey-refused') };
      if (done === 'not-accepted') return { ok: false, ...refuse('passkey-not-accepted') };
      return { ok: true, evidence: evidenceFor(UNBOUND, done, now), claim: { kind: 'none' }, made: done.made };
    },

    async verify(bound, text, { ceremony, now }): Promise<Finding> {
      if (!ceremony) return { ok: false, ...refuse('challenge-missing') };
      if (bound.disabledAt) return { ok: false, ...refuse('passkey-refused') };
      const done = await calmly(text, (answer) => assertion(bound, answer, ceremony));
      if (!done) return { ok: false, ...refuse('passkey-refused') };
      // Authenticators that do not count always say zero. One that has counted once goes on counting.
      const counts = done.counter > 0 || bound.counter > 0;
      const claim: Claim = counts
        ? { kind: 'counter', authenticator: bound.id, value: done.counter }
        : { kind: 'none' };
      return { ok: true, evidence: evidenceFor(bound.id, done, now), claim };
    },
  };
}

/**
 * Whatever a stranger sends ends in an answer or in null. The library throws for each check that fails, and on bytes
 * that are no such thing at all; which of them it was is nobody's business.
 */
async function calmly<T>(text: string, work: (answer: Answer) => Promise<T | null>): Promise<T | null> {
  const answer = readAnswer(text);
  if (!answer) return null;
  try {
    return await work(answer);
  } catch {
    return null;
  }
}

function evidenceFor(
  authenticator: string,
  done: { verified: boolean; synced: boolean },
  at: Temporal.Instant,
): Evidence {
  const factors: Evidence['factors'] = done.verified ? [...facts.factors] : ['possession'];
  return { ...evidenceOf(facts, authenticator, at), factors, key: done.synced ? 'software' : 'hardware' };
}
