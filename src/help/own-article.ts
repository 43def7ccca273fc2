import type { Refused } from '#core/refusal.ts';
import type { Lang } from '#words/index.ts';
import { type Facts, unknownIn } from './fill.ts';
import { readMarkdown } from './markdown.ts';

/** Longer is a book and no help; and in a form it fits into the largest body that is read. */
export const ARTICLE_MOST_CHARACTERS = 20_000;
const TITLE_MOST_CHARACTERS = 120;
const NAME_MOST_CHARACTERS = 60;

/** As somebody of an organisation wrote it, on a page or in a file. */
export type Written = { language: Lang; slug: string; markdown: string };

/** The same, looked through: it has a title, and nothing in braces that means nothing. */
export type OwnText = Written & { title: string };

export type WrongText = { field: 'slug' | 'markdown'; refused: Refused };

/** Everything that is wrong with an article before anybody reads it, the first thing of each field. `facts`: `anyFacts`. */
export function lookThrough(
  { language, slug, markdown: written }: Written,
  facts: Facts,
): { text: OwnText } | { wrong: WrongText[] } {
  const markdown = written.replaceAll('\r\n', '\n');
  const { title } = readMarkdown(markdown);
  const inName = wrongName(slug);
  const inText = wrongMarkdown(markdown, title, facts);
  if (!inName && !inText) return { text: { language, slug, title, markdown } };
  return {
    wrong: [
      ...(inName ? [{ field: 'slug' as const, refused: inName }] : []),
      ...(inText ? [{ field: 'markdown' as const, refused: inText }] : []),
    ],
  };
}

/** It is a part of an address, and of the name of a file. */
function wrongName(slug: string): Refused | null {
  const isName = /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(slug);
  return isName ? null : { refusal: 'article-name-invalid', detail: { limit: NAME_MOST_CHARACTERS } };
}

function wrongMarkdown(markdown: string, title: string, facts: Facts): Refused | null {
  if (markdown.length > ARTICLE_MOST_CHARACTERS)
    return { refusal: 'article-too-long', detail: { limit: ARTICLE_MOST_CHARACTERS } };
  if (title === '') return { refusal: 'article-title-missing' };
  if (title.length > TITLE_MOST_CHARACTERS)
    return { refusal: 'article-title-too-long', detail: { limit: TITLE_MOST_CHARACTERS } };
  const [unknown] = unknownIn(markdown, facts);
  return unknown === undefined ? null : { refusal: 'article-says-nothing', detail: { quoted: unknown.slice(0, 80) } };
}
