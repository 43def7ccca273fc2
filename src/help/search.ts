import type { Block, Document, Inline } from './markdown.ts';

/** An article as somebody looks for it: the words in each place, with what stands in braces already said. */
export type Searchable = { slug: string } & Record<Place, readonly string[]>;

type Place = 'title' | 'headings' | 'summary' | 'text';

/** Words that say nothing about what is looked for, in both languages. */
const EMPTY = new Set(
  (
    'a an and are can do does for how i if in is it my of on or the to was what when where with ' +
    'de een en er het hoe ik in is je kan kun maar met mijn naar niet of om op te van voor waar wat wie'
  ).split(' '),
);

/** Of the best one's score: an article with less is not shown. */
const WORTH = 0.25;

/**
 * The articles that have every word that was typed, best first: a word in the title counts most, then in a heading, then
 * in the summary, then in the text. A word may be a beginning, and small mistakes in long words are forgiven.
 */
export function search<T extends Searchable>(query: string, articles: readonly T[]): T[] {
  const asked = wordsOf(query);
  const telling = asked.filter((word) => !EMPTY.has(word));
  const wanted = (telling.length > 0 ? telling : asked).slice(0, 8);
  if (wanted.length === 0) return [];
  const scored = articles
    .map((article) => ({ article, score: scoreOf(wanted, article) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  // Where one article is about it, those that only mention it are in the way.
  const enough = (scored[0]?.score ?? 0) * WORTH;
  return scored.filter(({ score }) => score >= enough).map(({ article }) => article);
}

function scoreOf(wanted: readonly string[], { title, summary, headings, text }: Searchable): number {
  const places = [
    [title, 12],
    [headings, 5],
    [summary, 4],
    [text, 1],
  ] as const;
  let score = 0;
  for (const word of wanted) {
    const found = Math.max(...places.map(([words, weight]) => weight * best(word, words)));
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

function best(word: string, words: readonly string[]): number {
  let most = 0;
  for (const one of words) if ((most = Math.max(most, like(word, one))) === 1) break;
  return most;
}

/** 1 for the word itself, less for one that begins with it or has it inside, least for one that is a slip away. */
function like(word: string, other: string): number {
  if (other === word) return 1;
  if (word.length >= 3 && other.startsWith(word)) return 0.8;
  // Dutch joins words: "code" is looked for and "inlogcode" is written.
  if (word.length >= 4 && other.includes(word)) return 0.5;
  return word.length >= 5 && isSlip(word, other) ? 0.3 : 0;
}

/** One letter more, less, other, or two changed about. */
function isSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const [rest, otherRest] = [one.slice(at), other.slice(at)];
  if (rest.slice(1) === otherRest || rest === otherRest.slice(1) || rest.slice(1) === otherRest.slice(1)) return true;
  return rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2);
}

/** Without accents and capitals: somebody in a hurry types neither. */
function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What `fill` makes of the sentences in braces is what a reader sees, so it is what is looked through. */
export function searchable(slug: string, document: Document, fill: (text: string) => string): Searchable {
  const { title, headings, summary, text } = readingOf(document);
  const said = ({ words, braces }: Read) =>
    braces.length > 0 ? [...words, ...wordsOf(fill(braces.join(' ')))] : words;
  return { slug, title: said(title), headings: said(headings), summary: said(summary), text: said(text) };
}

/** Each word once, and what is said anew for every reader. */
type Read = { words: readonly string[]; braces: readonly string[] };

/** Taking a text apart takes longer than looking through its words: done once, as long as the article is the same. */
const readings = new WeakMap<Document, Record<Place, Read>>();

function readingOf(document: Document): Record<Place, Read> {
  const known = readings.get(document);
  if (known) return known;
  const headings: string[] = [];
  const text: string[] = [];
  const walk = (all: readonly Block[]): void => {
    for (const block of all) {
      if (block.kind === 'heading') headings.push(plain(block.text));
      else if (block.kind === 'text') text.push(plain(block.text));
      else if (block.kind === 'list') text.push(...block.items.map(plain));
      else if (block.kind !== 'picture') walk(block.blocks);
    }
  };
  walk(document.blocks);
  const { title, summary } = document;
  const reading = {
    title: readWords(title),
    headings: readWords(headings.join(' ')),
    summary: readWords(summary),
    text: readWords(text.join(' ')),
  };
  readings.set(document, reading);
  return reading;
}

function readWords(text: string): Read {
  const braces = /\{\{[^{}]*\}\}/g;
  return { words: [...new Set(wordsOf(text.replaceAll(braces, ' ')))], braces: [...new Set(text.match(braces) ?? [])] };
}

export function plain(inline: readonly Inline[]): string {
  return inline.map((one) => (typeof one.text === 'string' ? one.text : plain(one.text))).join('');
}
