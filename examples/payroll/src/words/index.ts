import { en, type Words } from './en.ts';
import { nl } from './nl.ts';

export type { Words } from './en.ts';
export type Language = 'en' | 'nl';

export const WORDS: Record<Language, Words> = { en, nl };

/** The first of what the browser asks for that we speak. */
export function languageOf(chosen: string | undefined, own: Language | null, accepted: string | undefined): Language {
  if (chosen === 'en' || chosen === 'nl') return chosen;
  if (own) return own;
  const first = (accepted ?? '').toLowerCase().match(/\b(nl|en)\b/)?.[1];
  return first === 'nl' ? 'nl' : 'en';
}

export function moment(words: Words, at: Date): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone: words.timeZone } as const;
  return new Intl.DateTimeFormat(words.locale, options).format(at);
}

export function day(words: Words, date: Temporal.PlainDate): string {
  return date.toLocaleString(words.locale, { dateStyle: 'long' });
}

export function month(words: Words, of: Temporal.PlainYearMonth): string {
  return of.toPlainDate({ day: 1 }).toLocaleString(words.locale, { year: 'numeric', month: 'long' });
}

export function money(words: Words, amount: number, currency: string): string {
  return new Intl.NumberFormat(words.locale, { style: 'currency', currency }).format(amount / 100);
}
