import type { Lang } from '#words/index.ts';
import type { Person } from '../person.ts';
import { type DemoWords, en } from './en.ts';
import { nl } from './nl.ts';
import { verhalen } from './verhalen.ts';

const WORDS: Record<Lang, DemoWords> = { en, nl };

/** The sentences of the demonstration's own page, which are no part of the product's catalogues. */
export function demoWords(lang: Lang): DemoWords {
  return WORDS[lang];
}

export function storyOf(person: Person, lang: Lang): string {
  return (lang === 'nl' && verhalen[person.id]) || person.story;
}
