import { type Refused, refuse } from '#core/refusal.ts';
import { isGuessable } from './guessable.ts';
import { normalisePassword } from './secret.ts';

/** Longest password in characters, unless policy says otherwise; NIST asks for at least 64. */
const LONGEST = 256;

export type PasswordContext = {
  /** Least length in characters: 15 without a second step, 10 with one (rules). */
  minLength: number;
  maxLength?: number;
  name: string;
  addresses: readonly string[];
  /** Names of the person's organisations. */
  organisations: readonly string[];
};

/**
 * Why a new password is not accepted, or null (NIST SP 800-63B-4 §3.1.1.2): its length, the block list, and words that
 * everybody can connect with the person. No composition rules, no expiry: they make passwords worse.
 */
export async function acceptable(password: string, context: PasswordContext): Promise<Refused | null> {
  const text = normalisePassword(password);
  const length = Array.from(text).length; // code points, so that an emoji is one character
  if (length === 0) return refuse('password-missing');
  const { minLength, maxLength = LONGEST } = context;
  if (length < minLength) return refuse('password-too-short', { limit: minLength });
  if (length > maxLength) return refuse('password-too-long', { limit: maxLength });
  const words = contextWords(context);
  if (isMadeOf(text, words)) return refuse('password-has-your-name');
  return (await isGuessable(text, words)) ? refuse('password-too-common') : null;
}

/** Words that an attacker who knows the person tries first: name, addresses, organisation, and ours. */
function contextWords({ name, addresses, organisations }: PasswordContext): string[] {
  const words = [name, 'nachtslot', ...organisations, ...addresses]
    .flatMap((one) => [one, ...one.split(/[^\p{L}\p{N}]+/u)])
    .map((one) => fold(one))
    .filter((one) => one.length >= 3);
  // Longest first: "hopper" must not leave "grace" of "gracehopper" behind as if it were the person's own idea.
  return [...new Set(words)].sort((a, b) => b.length - a.length);
}

/** Whether hardly anything of the person's own is left without those words, years and counted digits. */
function isMadeOf(password: string, words: readonly string[]): boolean {
  const folded = fold(password);
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), folded);
  if (rest === folded) return false;
  return rest.replace(/(19|20)[0-9]{2}|0?1234?5?6?7?8?9?0?/g, '').length < 6;
}

/** Letters and digits without case and accents. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
