const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 without padding (RFC 4648 §6), as authenticator apps read it. */
export function encodeBase32(bytes: Uint8Array): string {
  let [text, bits, held] = ['', 0, 0];
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += ALPHABET.charAt((bits >>> held) & 31);
    }
    bits &= (1 << held) - 1;
  }
  return held > 0 ? text + ALPHABET.charAt((bits << (5 - held)) & 31) : text;
}

/**
 * The bytes, or null when it is not base 32. Lower case, blanks, dashes and padding are forgiven: people copy long
 * codes in groups and by hand.
 */
export function decodeBase32(text: string): Uint8Array | null {
  const symbols = text.replace(/[\s-]/gu, '').replace(/=+$/, '');
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const symbol of symbols) {
    // Looked up by ASCII only: `toUpperCase` alone would also let in letters of other scripts.
    const value = /^[A-Za-z2-7]$/.test(symbol) ? ALPHABET.indexOf(symbol.toUpperCase()) : -1;
    if (value < 0) return null;
    bits = (bits << 5) | value;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >>> held) & 0xff);
    }
    bits &= (1 << held) - 1;
  }
  // Five or more bits left over, or bits that are not zero, mean that a symbol is missing or mistyped.
  return held >= 5 || bits !== 0 ? null : Uint8Array.from(bytes);
}
