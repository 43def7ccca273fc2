import { createInstance } from 'i18next';
import { CATALOGUES, type Key, type Lang, type PluralKey, sentencesOf } from './catalogue.ts';

export type Values = Record<string, string | number>;
export type Translate = <K extends Key>(
  key: K,
  ...values: K extends PluralKey ? [Values & { count: number }] : [Values?]
) => string;

// Keys are flat, so neither dots nor colons may mean anything to i18next; and the page escapes, not we.
const i18n = createInstance();
await i18n.init({
  initAsync: false,
  lng: 'en',
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: Object.fromEntries(languageCodes().map((lang) => [lang, { translation: sentencesOf(lang) }])),
});

/** Sentences of one language. Values are put in as they are: the page or the mail escapes them. */
export function translator(lang: Lang): Translate {
  // The library's own typing of keys is of no use here: ours knows the catalogue.
  const fixed: (key: string, values: Values) => string = i18n.getFixedT(lang);
  return (key, ...[values]) => {
    const name = nameOf(lang, key, values);
    if (name === null) return fixed(key, values ?? {});
    const sentence = known.get(name) ?? fixed(key, values ?? {});
    known.set(name, sentence);
    return sentence;
  };
}

/** Sentences that are always the same, because they have no values or a small number: put together once, not at each page. */
const known = new Map<string, string>();
const SMALL = 100;

function nameOf(lang: Lang, key: string, values: Values | undefined): string | null {
  if (!values) return `${lang} ${key}`;
  const { count, ...others } = values;
  const isSmall = typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= SMALL;
  return isSmall && Object.keys(others).length === 0 ? `${lang} ${key} ${count}` : null;
}

/** The sentence under a key that was read from a text and not written in the program; null when there is none. */
export function sentenceAt(lang: Lang, key: string, values: Values = {}): string | null {
  const isThere = i18n.exists(key, { lng: lang }) || i18n.exists(`${key}_other`, { lng: lang });
  const fixed: (key: string, values: Values) => string = i18n.getFixedT(lang);
  return isThere ? fixed(key, values) : null;
}

export function languageCodes(): Lang[] {
  return Object.keys(CATALOGUES).filter(isLang);
}

export function isLang(text: string): text is Lang {
  return Object.hasOwn(CATALOGUES, text);
}
