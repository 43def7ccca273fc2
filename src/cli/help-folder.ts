import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PAGE_OF_STEP } from '#src/help/about.ts';
import { anyFacts, unknownIn } from '#src/help/fill.ts';
import { readMarkdown } from '#src/help/markdown.ts';
import type { OwnArticle } from '#store/help.ts';
import { LANGUAGES, sentenceAt } from '#words/index.ts';
import { Refused } from './command.ts';

/** Longer is a book and no help. */
const MOST_CHARACTERS = 40_000;
const MOST_ARTICLES = 200;

/** The articles of a folder, read and checked: a mistake in one is said before anybody reads it, and nothing is imported. */
export function articlesIn(folder: string, organisation: string, changedAt: Temporal.Instant): OwnArticle[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Refused(`There is no folder ${resolve(folder)}.`);
  const articles = LANGUAGES.flatMap(({ code: language }) =>
    filesIn(join(folder, language)).map(({ file, slug }) => {
      const markdown = readFileSync(file, 'utf8');
      const { title } = readMarkdown(markdown);
      if (markdown.length > MOST_CHARACTERS)
        throw new Refused(`${file} is longer than ${MOST_CHARACTERS} characters: make two articles of it.`);
      if (title === '') throw new Refused(`${file} must begin with its title, in a line "# Title".`);
      if (title.length > 120) throw new Refused(`The title of ${file} is longer than 120 characters.`);
      const facts = anyFacts((key, values) => sentenceAt(language, key, values), Object.keys(PAGE_OF_STEP));
      const [unknown] = unknownIn(markdown, facts);
      if (unknown !== undefined) throw new Refused(`${file} has ${unknown} in it, and there is nothing of that name.`);
      return { organisation, language, slug, title, markdown, changedAt };
    }),
  );
  if (articles.length > MOST_ARTICLES)
    throw new Refused(`At most ${MOST_ARTICLES} articles, in all languages together.`);
  return articles;
}

function filesIn(folder: string): { file: string; slug: string }[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const slug = name.slice(0, -'.md'.length);
      const file = join(folder, name);
      if (!/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(slug))
        throw new Refused(`${file} must be named in small letters, digits and hyphens: it is part of an address.`);
      return { file, slug };
    });
}
