import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PAGE_OF_STEP } from '#src/help/about.ts';
import { anyFacts } from '#src/help/fill.ts';
import { lookThrough } from '#src/help/own-article.ts';
import { ARTICLES_MOST } from '#flows/own-help.ts';
import type { OwnArticle } from '#store/help.ts';
import { LANGUAGES, sentenceAt, speak } from '#words/index.ts';
import { Refused } from './command.ts';

/** The articles of a folder, read and checked: a mistake in one is said before anybody reads it, and nothing is imported. */
export function articlesIn(folder: string, organisation: string, changedAt: Temporal.Instant): OwnArticle[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Refused(`There is no folder ${resolve(folder)}.`);
  const articles = LANGUAGES.flatMap(({ code: language }) =>
    filesIn(join(folder, language)).map(({ file, slug }) => {
      const facts = anyFacts((key, values) => sentenceAt(language, key, values), Object.keys(PAGE_OF_STEP));
      const seen = lookThrough({ language, slug, markdown: readFileSync(file, 'utf8') }, facts);
      if ('text' in seen) return { ...seen.text, organisation, changedAt };
      const sentences = seen.wrong.map(({ refused }) => speak('en').refusal(refused, changedAt));
      throw new Refused(`${file}: ${sentences.join(' ')}`);
    }),
  );
  if (articles.length > ARTICLES_MOST)
    throw new Refused(`At most ${ARTICLES_MOST} articles, in all languages together.`);
  return articles;
}

function filesIn(folder: string): { file: string; slug: string }[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ file: join(folder, name), slug: name.slice(0, -'.md'.length) }));
}
