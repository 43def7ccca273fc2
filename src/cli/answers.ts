import { type Around, type Call, WrongUsage } from './command.ts';

export type Question = {
  /** Name of the flag, and what is asked at a terminal where it is missing. */
  flag: string;
  ask: string;
  fallback?: string;
  /** Null when the value is good, else the end of a sentence: "must be …". */
  wrong(value: string): string | null;
};

/** Values from flags; what is missing is asked for at a terminal, and named where there is none. */
export async function answersTo<Q extends readonly Question[]>(
  questions: Q,
  call: Call,
  around: Around,
): Promise<(flag: Q[number]['flag']) => string> {
  const answers = new Map<string, string>();
  const missing: string[] = [];
  for (const { flag, ask, fallback, wrong } of questions) {
    const given = call.flag(flag)?.trim() ?? (await askFor(around, ask, fallback)) ?? fallback;
    if (given === undefined) missing.push(`--${flag}`);
    else {
      const because = wrong(given);
      if (because) throw new WrongUsage(`--${flag} ${because}.`);
      answers.set(flag, given);
    }
  }
  if (missing.length > 0) throw new WrongUsage(`Nobody is there to ask, so these are needed: ${missing.join(', ')}.`);
  return (flag) => answers.get(flag) ?? '';
}

async function askFor({ ask }: Around, question: string, fallback = ''): Promise<string | undefined> {
  if (!ask) return undefined;
  const answer = await ask(fallback ? `${question} [${fallback}]` : question);
  return answer || undefined;
}

export const wrongName = (value: string): string | null =>
  value === '' || value.length > 200 || /\p{Cc}/u.test(value) ? 'must be a name of at most 200 characters' : null;

export const wrongLanguage = (value: string): string | null => (isLanguage(value) ? null : 'must be en or nl');

export function isLanguage(value: string): value is 'en' | 'nl' {
  return value === 'en' || value === 'nl';
}

/** What a mail server can be asked to deliver to; whether somebody reads it there is for the mail to find out. */
export const wrongAddress = (value: string): string | null =>
  value.length <= 254 && /^[^\s@<>,;:()"\\\p{Cc}]+@[^\s@<>,;:()"\\\p{Cc}]+$/u.test(value)
    ? null
    : 'must be a mail address';

export function wrongTimeZone(value: string): string | null {
  try {
    return /^[A-Z]/.test(value) && Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value) ? null : NO_ZONE;
  } catch {
    return NO_ZONE;
  }
}

const NO_ZONE = 'must be a time zone like Europe/Amsterdam';

export const wrongSlug = (value: string): string | null =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 60
    ? null
    : 'must be made of small letters, digits and hyphens, like bakkerij-van-dam';

/** `Bakkerij Van Dam BV` → `bakkerij-van-dam-bv`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '') || 'organisation'
  );
}
