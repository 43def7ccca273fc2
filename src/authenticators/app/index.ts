import { randomUUID } from 'node:crypto';
import type { Evidence } from '#core/assurance.ts';
import type { AuthenticatorType } from '#core/authenticator.ts';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import { evidenceOf } from '../proof.ts';
import { numberBelow, type RandomBytes, systemRandom } from '../random.ts';
import { unpairedSecret } from './secret.ts';

export { isKey, isSigned } from './signature.ts';
export { answerStatement, arrivalStatement, pairingStatement, pushStatement } from './statement.ts';
export { keptIn, secretOf, type Unpaired, unpairedIn, unpairedSecret } from './secret.ts';

const facts = { type: 'app', factors: ['possession'], restricted: false, phishingResistant: false } as const;

export type AppType = AuthenticatorType &
  Required<Pick<AuthenticatorType, 'begin'>> & {
    /** What stands on the page that asks, and is typed into the app. */
    number(digits: number): string;
    /** What an approval proves; `digits` of the number that was typed. */
    evidence(authenticator: string, digits: number, at: Temporal.Instant): Evidence;
  };

/** Fewer digits than NIST SP 800-63B-4 §3.1.3 asks of a secret that is transferred are comfort. */
const FULL_DIGITS = 6;

/**
 * Nachtslot Authenticator, paired (NIST SP 800-63B-4 §3.1.3, out of band: the number goes from the page to the phone, and
 * comes back signed by a key of its own). The codes that come with it are a `totp` authenticator: what a code proves is
 * said as a code, and what an approval proves as an approval.
 */
export function createApp(makeCodes: () => Secret<Uint8Array>, random: RandomBytes = systemRandom): AppType {
  return {
    ...facts,
    guessable: false,
    sendsCode: false,
    enrollable: true,
    approves: true,
    rank: 20,

    begin({ label, now }) {
      const code = Buffer.from(random(DEFAULT_POLICY.pairingCodeBits / 8)).toString('base64url');
      const codes = Buffer.from(makeCodes().reveal()).toString('base64url');
      const unpaired = { device: randomUUID(), code, codes, publicKey: null, name: '' };
      return { type: facts.type, secret: unpairedSecret(unpaired), label, madeAt: now };
    },

    // Nothing that is typed into a page of ours is an answer: that goes the other way.
    prove: async () => ({ ok: false, ...refuse('method-not-available') }),
    verify: async () => ({ ok: false, ...refuse('method-not-available') }),

    number: (digits) => String(numberBelow(10 ** digits, random)).padStart(digits, '0'),

    evidence: (authenticator, digits, at) => ({
      ...evidenceOf(facts, authenticator, at),
      key: 'software',
      ...(digits < FULL_DIGITS && { comfort: true }),
    }),
  };
}
