import { NAME_MOST } from '../codes/entry.ts';

/** A name for the screen: one line, no signs that hide or turn the text round (Unicode UAX #9), not too long. */
export function named(text: string): string {
  // There and back: half an emoji becomes a sign that says so.
  const whole = new TextDecoder().decode(new TextEncoder().encode(text));
  const line = whole
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return [...line].slice(0, NAME_MOST).join('').trim();
}
