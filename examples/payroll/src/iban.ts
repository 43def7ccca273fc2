/** Why a text is no account number: one sentence each in `words/`. `length` says how long it should be. */
export type IbanFault =
  | { fault: 'empty' }
  | { fault: 'characters' }
  | { fault: 'country' }
  | { fault: 'length'; country: string; should: number; is: number }
  | { fault: 'checksum' };

/** How long an IBAN is in the countries we pay wages to (ISO 13616, IBAN registry). */
const LENGTHS: Record<string, number> = {
  AT: 20,
  BE: 16,
  CH: 21,
  DE: 22,
  DK: 18,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  IE: 22,
  IT: 27,
  LT: 20,
  LU: 20,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  SE: 24,
};

/** Reads an IBAN as people write it, with blanks and small letters. A wrong one is a value, for the form to explain. */
export function readIban(text: string): { iban: string } | IbanFault {
  const iban = text.replaceAll(/[\s.\-\u00a0]/g, '').toUpperCase();
  if (iban === '') return { fault: 'empty' };
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return { fault: 'characters' };
  const country = iban.slice(0, 2);
  const should = Object.hasOwn(LENGTHS, country) ? LENGTHS[country] : undefined;
  if (should === undefined) return { fault: 'country' };
  if (iban.length !== should) return { fault: 'length', country, should, is: iban.length };
  return remainder(iban) === 1 ? { iban } : { fault: 'checksum' };
}

/** In groups of four, as it stands on a bank card. */
export function grouped(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** With its check digits, for the made-up accounts of this example. */
export function makeIban(country: string, rest: string): string {
  const check = 98 - remainder(`${country}00${rest}`);
  return `${country}${String(check).padStart(2, '0')}${rest}`;
}

/** ISO 7064 MOD 97-10: country and check digits to the end, letters as 10 to 35. */
function remainder(iban: string): number {
  const moved = iban.slice(4) + iban.slice(0, 4);
  let rest = 0;
  for (const digit of moved) rest = Number(`${rest}${Number.parseInt(digit, 36)}`) % 97;
  return rest;
}
