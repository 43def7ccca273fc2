import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type Refused, refuse } from '#core/refusal.ts';

export type NumberRules = {
  /** ISO 3166-1 code that a number without a country code belongs to. */
  defaultCountry: CountryCode;
  /** Countries that text messages are sent to: each has its price, and some exist to be called dearly. */
  countries: readonly string[];
};

/** Reads a mobile number as people write it and answers it as E.164, or says why no text message goes there. */
export function readNumber(input: string, { defaultCountry, countries }: NumberRules): { e164: string } | Refused {
  if (input.trim() === '') return refuse('number-missing');
  const number = parse(input, defaultCountry);
  if (!number) return refuse('number-invalid');
  if (isFiction(number))
    return countries.includes('GB') ? { e164: number.number } : refuse('number-country-not-served');
  if (!number.isValid()) return refuse('number-invalid');
  // Satellite and international networks have no country, and the highest prices.
  if (!number.country || !countries.includes(number.country)) return refuse('number-country-not-served');

  switch (number.getType()) {
    case 'MOBILE':
    case 'FIXED_LINE_OR_MOBILE': // North America does not tell them apart
      return { e164: number.number };
    case 'PREMIUM_RATE':
    case 'SHARED_COST':
    case 'PERSONAL_NUMBER': // forwarded at the caller's cost; the owner earns with each message
      return refuse('number-premium');
    default:
      return refuse('number-not-mobile');
  }
}

/** The last digits, by which a person knows their number; what is stored as the hint. */
export function hintOf(e164: string): string {
  return e164.slice(-3);
}

/** `+44 •••• ••• 123`: enough for the owner to know it, too little to call it. */
export function maskNumber(e164: string): string {
  const country = parsePhoneNumberFromString(e164)?.countryCallingCode ?? '';
  const hidden = Math.max(0, e164.length - 1 - country.length - 3);
  const groups = Array.from({ length: Math.max(1, Math.floor(hidden / 3)) }, () => 3);
  groups[0] = hidden - 3 * (groups.length - 1);
  const dots = groups.map((size) => '•'.repeat(size));
  return [`+${country}`, ...dots, hintOf(e164)].filter((part) => part !== '' && part !== '+').join(' ');
}

function parse(input: string, defaultCountry: CountryCode): PhoneNumber | null {
  // A number is short. Longer text is not searched for one, and an extension has no text messages.
  if (input.length > 40) return null;
  const number = parsePhoneNumberFromString(input, { defaultCountry, extract: false });
  return number && !number.ext ? number : null;
}

/**
 * 07700 900000 to 900999: mobile numbers that Ofcom keeps free for fiction, unknown to the metadata. They reach nobody,
 * so training and demonstrations may use them.
 */
function isFiction(number: PhoneNumber): boolean {
  return /^\+447700900[0-9]{3}$/.test(number.number);
}
