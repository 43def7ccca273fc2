import type { Refused } from '#core/refusal.ts';
import { CATALOGUES, type Lang } from './catalogue.ts';
import { moments } from './moments.ts';
import { refusalSentence } from './refusals.ts';
import { languageCodes, translator } from './translate.ts';

export type { Key, Lang } from './catalogue.ts';
export { chrome } from './chrome.ts';
export { type LanguageWishes, negotiate } from './negotiate.ts';
export { isLang, sentenceAt, type Values } from './translate.ts';

/** Code and own name of every language, for the switch. */
export const LANGUAGES: readonly { code: Lang; label: string }[] = languageCodes().map((code) => ({
  code,
  label: CATALOGUES[code].label,
}));

/** Everything that can be said to one person: sentences, refusals, moments. Cheap; one per request. */
export function speak(lang: Lang, timeZone = 'UTC') {
  const t = translator(lang);
  const say = moments(lang, timeZone, t);
  return {
    lang,
    timeZone,
    t,
    ...say,
    /** `now` is the time that `retryAt` was computed with. */
    refusal: (refused: Refused, now: Temporal.Instant) => refusalSentence(refused, t, say, now),
  };
}

export type Words = ReturnType<typeof speak>;
