import { decodeBase32 } from '#authenticators/totp/base32.ts';
import { SECRET_BYTES } from '../codes/entry.ts';

export type BadSecret = 'no-secret' | 'bad-secret' | 'short-secret' | 'long-secret';

/** The long code, as it is printed beside a QR code: base 32, blanks and dashes as people like. */
export function readSecret(text: string): Uint8Array<ArrayBuffer> | BadSecret {
  if (text.replace(/[\s-]/gu, '') === '') return 'no-secret';
  const bytes = decodeBase32(text) ?? decodeBase32(withoutStrayBits(text));
  if (!bytes) return 'bad-secret';
  if (bytes.length < SECRET_BYTES.least) return 'short-secret';
  if (bytes.length > SECRET_BYTES.most) return 'long-secret';
  return new Uint8Array(bytes);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Some services make secrets that are no whole number of bytes (26 characters are 16¼). Every app drops the bits left
 * over, and so must this one, or its codes would be others.
 */
function withoutStrayBits(text: string): string {
  const all = text.replace(/[\s-]/gu, '').replace(/=+$/, '').toUpperCase();
  const wholeBits = Math.floor((all.length * 5) / 8) * 8;
  const symbols = all.slice(0, Math.ceil(wholeBits / 5));
  const stray = symbols.length * 5 - wholeBits;
  const last = ALPHABET.indexOf(symbols.at(-1) ?? ' ');
  return last < 0 ? all : symbols.slice(0, -1) + ALPHABET.charAt((last >> stray) << stray);
}
