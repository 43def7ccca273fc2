import type { Block, Document, Inline } from './markdown.ts';

/** An article as somebody looks for it: its sentences, with what stands in braces already said. */
export type Searchable = { slug: string; title: string; summary: string; headings: string; text: string };

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
    [wordsOf(title), 12],
    [wordsOf(headings), 5],
    [wordsOf(summary), 4],
    [wordsOf(text), 1],
  ] as const;
  let score = 0;
  for (const word of wanted) {
    const found = Math.max(
      ...places.map(([words, weight]) => weight * Math.max(0, ...words.map((one) => like(word, one)))),
    );
    if (found === 0) return 0;
    score += found;
  }
  return score;
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
export function searchable(
  slug: string,
  { title, summary, blocks }: Document,
  fill: (text: string) => string,
): Searchable {
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
  walk(blocks);
  return {
    slug,
    title: fill(title),
    summary: fill(summary),
    headings: fill(headings.join(' ')),
    text: fill(text.join(' ')),
  };
}

export function plain(inline: readonly Inline[]): string {
  return inline.map((one) => (typeof one.text === 'string' ? one.text : plain(one.text))).join('');
}
