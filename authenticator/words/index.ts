import { en, type Words } from './en.ts';
import { nl } from './nl.ts';

export type { Words } from './en.ts';

/** The languages, each under its own name. A new one is a file and a line here. */
export const LANGUAGES = { en: { label: 'English', words: en }, nl: { label: 'Nederlands', words: nl } } as const;

export type Language = keyof typeof LANGUAGES;

/** What the person chose in the app, else what the page came in. */
export function languageOf(...wishes: (string | undefined)[]): Language {
  return wishes.find(isLanguage) ?? 'en';
}

export function wordsIn(language: Language): Words {
  return LANGUAGES[language].words;
}

function isLanguage(text: string | undefined): text is Language {
  return text !== undefined && Object.hasOwn(LANGUAGES, text);
}
