/**
 * Text that somebody else chose (a name, the label of an app's entry), made fit for a mail in our name: one line,
 * bounded, and nothing in it that a mail program would turn into a link. It stops whoever would write their own
 * sentence into a message that we sign (P-18).
 */
export function plain(text: string, most = 60): string {
  const line = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    // "://", "@" and a dot between two letters are what makes text clickable.
    .replace(/\s*:\/\/\s*/g, ' ')
    .replace(/@/g, ' at ')
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '. ')
    .replace(/[<>]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return shortened(line, most);
}

/** One header line: no line breaks, no control characters, bounded. For names that an administrator chose. */
export function headerLine(text: string, most = 120): string {
  return shortened(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim(), most);
}

function shortened(text: string, most: number): string {
  const characters = Array.from(letters.segment(text), ({ segment }) => segment);
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

const letters = new Intl.Segmenter();
