import { Secret } from '#core/secret.ts';
import { type RandomBytes, systemRandom } from '../random.ts';
import { compact } from '../shapes.ts';

/** Crockford's base 32: no I, L, O and U, so that nothing on paper looks like something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

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
  // Five bits of each byte: 32 divides 256, so every symbol is equally likely.
  const symbols = Array.from(random(SYMBOLS), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return new Secret((symbols.match(/.{4}/g) ?? []).join('-'));
}

/**
 * Reads what a person typed, or null when it is no backup code. Forgiven: lower case, blanks, missing dashes, and the
 * letters that look like digits (Crockford: O is 0, I and L are 1).
 */
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

function readSymbols(typed: string, count: number): string | null {
  const text = compact(typed);
  // ASCII first: `toUpperCase` makes an I of the Turkish dotless ı.
  if (text.length !== count || !/^[0-9A-Za-z]+$/.test(text)) return null;
  const symbols = text.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return symbols.includes('U') ? null : symbols;
}
