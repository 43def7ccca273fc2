import type { AuthenticatorType } from '#core/authenticator.ts';
import { refuse } from '#core/refusal.ts';
import type { PepperedHash } from '../peppered-hash.ts';
import { evidenceOf, UNBOUND } from '../proof.ts';
import { type RandomBytes, systemRandom } from '../random.ts';
import { makeCodes, nextNumber, readCode } from './card.ts';
import { hashOf, linesOf, secretOfCodes, storedFormOf } from './secret.ts';

const facts = { type: 'code-card', factors: ['possession'], restricted: false, phishingResistant: false } as const;

export type CodeCardType = AuthenticatorType & Required<Pick<AuthenticatorType, 'begin' | 'prove'>>;

/** The first number is asked for while the card is set up, and is used with it: so a code is crossed off once together. */
const FIRST = 1;

/**
 * Numbered codes on paper, for people without a smartphone (NIST SP 800-63B-4 §3.1.2, look-up secrets). Always the next
 * number is asked for, so a code that somebody read over a shoulder is good for nothing but that moment.
 */
export function createCodeCard(hashes: PepperedHash, random: RandomBytes = systemRandom): CodeCardType {
  return {
    ...facts,
    guessable: true,
    sendsCode: false,
    enrollable: true,
    rank: 35,

    begin({ label, now, codesOnCard }) {
      return { type: facts.type, secret: secretOfCodes(makeCodes(codesOnCard, random)), label, madeAt: now };
    },

    /** Slow where the answer is right: a hash for each code. */
    async prove(pending, answer, { now }) {
      const typed = readCode(answer);
      if (typed === null) return { ok: false, ...refuse('card-code-malformed') };
      const codes = linesOf(pending.secret);
      if (typed !== readCode(codes[FIRST - 1] ?? ''))
        return { ok: false, ...refuse('card-code-wrong', { limit: FIRST }) };
      const secret = await storedFormOf(hashes, codes);
      if (!secret) return { ok: false, ...refuse('busy') };
      return {
        ok: true,
        evidence: evidenceOf(facts, UNBOUND, now),
        claim: { kind: 'counter', authenticator: UNBOUND, value: FIRST },
        made: { secret, label: pending.label, hint: String(codes.length), counter: FIRST },
      };
    },

    async verify(bound, answer, { now, from }) {
      if (bound.disabledAt) return { ok: false, ...refuse('authenticator-disabled') };
      const number = nextNumber(bound);
      const kept = hashOf(bound.secret, number);
      if (!kept) return { ok: false, ...refuse('method-not-available') };
      const typed = readCode(answer);
      if (typed === null) return { ok: false, ...refuse('card-code-malformed') };
      const checked = await hashes.check(kept, typed, from);
      if (!checked) return { ok: false, ...refuse('busy') };
      if (!checked.matches) return { ok: false, ...refuse('card-code-wrong', { limit: number }) };
      const evidence = evidenceOf(facts, bound.id, now);
      return { ok: true, evidence, claim: { kind: 'counter', authenticator: bound.id, value: number } };
    },
  };
}
