import { type RandomBytes } from './random.ts';
import { compact } from './shapes.ts';

/** Crockford's base 32: no I, L, O and U, so that nothing on paper looks like something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** So many random symbols of five bits, in groups of four: `XXXX-XXXX`. */
export function makeSymbols(count: number, random: RandomBytes): string {
  // Five bits of each byte: 32 divides 256, so every symbol is equally likely.
  const symbols = Array.from(random(count), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return (symbols.match(/.{4}/g) ?? []).join('-');
}

/**
 * What a person typed, as so many symbols; null when it is something else. Forgiven: lower case, blanks, missing dashes,
 * and the letters that look like digits (O is 0, I and L are 1).
 */
export function readSymbols(typed: string, count: number): string | null {
  const text = compact(typed);
  // ASCII first: `toUpperCase` makes an I of the Turkish dotless ı.
  if (text.length !== count || !/^[0-9A-Za-z]+$/.test(text)) return null;
  const symbols = text.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  return symbols.includes('U') ? null : symbols;
}
