/**
 * A name that somebody else chose, fit to stand in a sentence of ours: one line, not long, and without the marks that
 * turn the direction of what follows (Unicode UAX #9) or hide. HTML in it is text like any other; pages escape.
 */
export function plainName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return [...plain].slice(0, 60).join('');
}
