import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PAGE_OF_STEP } from '#src/help/about.ts';
import { anyFacts } from '#src/help/fill.ts';
import { lookThrough } from '#src/help/own-article.ts';
import { type OwnLink, lookThroughLinks } from '#src/help/own-link.ts';
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

/** The links of `links.txt`, one a line, the address first. Null where the folder says nothing of them. */
export function linksIn(folder: string, now: Temporal.Instant): OwnLink[] | null {
  const file = join(folder, 'links.txt');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null;
  const lines = readFileSync(file, 'utf8').split(/\r?\n/);
  const looked = lookThroughLinks(
    lines.map((line) => {
      const [, address = '', title = ''] = /^\s*(\S*)(.*)$/u.exec(line) ?? [];
      return { title, address };
    }),
  );
  if ('links' in looked) return looked.links;
  const sentences = looked.wrong.map(({ field, refused }) => {
    const line = Number(field.split('.')[1] ?? Number.NaN) + 1;
    return `${file}${Number.isNaN(line) ? '' : `, line ${line}`}: ${speak('en').refusal(refused, now)}`;
  });
  throw new Refused(sentences.join('\n'));
}

function filesIn(folder: string): { file: string; slug: string }[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({ file: join(folder, name), slug: name.slice(0, -'.md'.length) }));
}
