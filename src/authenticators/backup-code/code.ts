import { Secret } from '#core/secret.ts';
import { makeSymbols, readSymbols } from '../crockford.ts';
import { type RandomBytes, systemRandom } from '../random.ts';

/** Symbols of five bits: four name the code, sixteen (80 bits) are the secret. */
const LOCATOR_SYMBOLS = 4;
const SYMBOLS = 20;

export type BackupCodeParts = {
  /** Not secret: tells which code it is, so that the right paper can be shown without spending it. */
  locator: string;
  secret: Secret;
};

/** A new code, `XXXX-XXXX-XXXX-XXXX-XXXX` (NIST SP 800-63B-4 §3.1.2: a look-up secret; at least 64 bits need no salt). */
export function makeBackupCode(random: RandomBytes = systemRandom): Secret {
  return new Secret(makeSymbols(SYMBOLS, random));
}

/** Reads what a person typed, as forgivingly as `readSymbols`; null when it is no backup code. */
export function readBackupCode(typed: string): BackupCodeParts | null {
  const symbols = readSymbols(typed, SYMBOLS);
  if (symbols === null) return null;
  return { locator: symbols.slice(0, LOCATOR_SYMBOLS), secret: new Secret(symbols.slice(LOCATOR_SYMBOLS)) };
}

/** The first group of a code: what goes into the hint. */
export function locatorOf(code: Secret): string {
  const parts = readBackupCode(code.reveal());
  if (!parts) throw new Error('Asked for the locator of something that is no backup code.');
  return parts.locator;
}

/** Reads *First four characters*, or the whole code where a person pastes it; null when it is neither. */
export function readLocator(typed: string): string | null {
  return readSymbols(typed, LOCATOR_SYMBOLS) ?? readBackupCode(typed)?.locator ?? null;
}
