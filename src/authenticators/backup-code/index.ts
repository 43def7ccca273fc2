import type { AuthenticatorType } from '#core/authenticator.ts';
import { type Refusal, type Refused, refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import type { PepperedHash } from '../peppered-hash.ts';
import { evidenceOf } from '../proof.ts';
import { type RandomBytes, systemRandom } from '../random.ts';
import { shapeOf } from '../shapes.ts';
import { locatorOf, makeBackupCode, readBackupCode, readLocator } from './code.ts';
import { type StoredBackupCode, storedFormOf } from './secret.ts';

const facts = { type: 'backup-code', factors: ['possession'], restricted: false, phishingResistant: false } as const;

export type BackupCodeType = AuthenticatorType & {
  /** A new code as it is shown: `XXXX-XXXX-XXXX-XXXX-XXXX`. */
  make(): Secret;
  /** What to store of it, or `busy`. Slow: never inside a transaction. */
  toStored(code: Secret): Promise<StoredBackupCode | Refused>;
  /** Whether these are the code's first four characters (or the whole code, pasted). Spends nothing. */
  isLocatorOf(code: Secret, typed: string): boolean;
  /** What was typed as the first four characters, to compare with a stored hint; null when it cannot be one. */
  readLocator(typed: string): string | null;
};

/** One code on paper, good for one use (NIST SP 800-63B-4 §3.1.2, look-up secret). */
export function createBackupCode(hashes: PepperedHash, random: RandomBytes = systemRandom): BackupCodeType {
  return {
    ...facts,
    guessable: true,
    sendsCode: false,
    enrollable: false,
    rank: 50,

    make: () => makeBackupCode(random),
    toStored: (code) => storedFormOf(hashes, code),
    isLocatorOf: (code, typed) => readLocator(typed) === locatorOf(code),
    readLocator,

    async verify(bound, answer, { now, from }) {
      if (bound.disabledAt) return { ok: false, ...refuse('authenticator-disabled') };
      const parts = readBackupCode(answer);
      if (!parts) return { ok: false, ...refuse(misshapen(answer)) };
      // Another paper costs the same work as the right one: the time must not tell which codes there are.
      const checked = await hashes.check(bound.secret, parts.secret.reveal(), from);
      if (!checked) return { ok: false, ...refuse('busy') };
      const right = parts.locator === bound.hint && checked.matches;
      if (!right) return { ok: false, ...refuse('backup-code-wrong') };
      const evidence = evidenceOf(facts, bound.id, now);
      return { ok: true, evidence, claim: { kind: 'spend', authenticator: bound.id } };
    },
  };
}

/** Six digits come from the app or a text message, and belong into another field. */
function misshapen(answer: string): Refusal {
  switch (shapeOf(answer)) {
    case 'nothing':
      return 'code-missing';
    case 'six-digits':
      return 'backup-code-is-six-digits';
    default:
      return 'backup-code-malformed';
  }
}
