import type { AuthenticatorType, Finding } from '#core/authenticator.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import type { PepperedHash } from '../peppered-hash.ts';
import { evidenceOf } from '../proof.ts';
import { acceptable, type PasswordContext } from './acceptable.ts';
import { normalisePassword } from './secret.ts';

const facts = { type: 'password', factors: ['knowledge'], restricted: false, phishingResistant: false } as const;

export type PasswordType = AuthenticatorType & {
  /** What to store for a new password, or `busy`. Slow: never inside a transaction. */
  toStored(password: string): Promise<{ secret: Secret<Uint8Array> } | Refused>;
  /** The answer for an account that is not there, in the time of one that is. */
  verifyNobody(password: string, from?: string): Promise<Finding & { ok: false }>;
  /** Why a new password is not accepted, or null. */
  acceptable(password: string, context: PasswordContext): Promise<Refused | null>;
};

/** Passwords (NIST SP 800-63B-4 §3.1.1). */
export function createPassword(hashes: PepperedHash): PasswordType {
  return {
    ...facts,
    guessable: false, // a budget of its own, so that a stranger who guesses passwords cannot spend the codes' budget
    sendsCode: false,
    enrollable: false,
    rank: 90,
    acceptable,

    async toStored(password) {
      const secret = await hashes.keep(normalisePassword(password));
      return secret ? { secret } : refuse('busy');
    },

    async verify(bound, answer, { now, from }) {
      if (answer === '') return { ok: false, ...refuse('password-missing') };
      const text = normalisePassword(answer);
      const checked = await hashes.check(bound.secret, text, from);
      if (!checked) return { ok: false, ...refuse('busy') };
      if (!checked.matches) return { ok: false, ...refuse('credentials-wrong') };
      const evidence = evidenceOf(facts, bound.id, now);
      // Busy with others, the old form stays good until the next time.
      const improved = checked.outdated ? await hashes.keep(text) : null;
      return { ok: true, evidence, claim: { kind: 'none' }, ...(improved ? { improved } : {}) };
    },

    async verifyNobody(answer, from) {
      if (answer === '') return { ok: false, ...refuse('password-missing') };
      const done = await hashes.checkNothing(normalisePassword(answer), from);
      return { ok: false, ...refuse(done ? 'credentials-wrong' : 'busy') };
    },
  };
}
