import { readFileSync } from 'node:fs';
import type { Lang } from '#words/index.ts';
import { type Document, readMarkdown } from './markdown.ts';
import type { Slug } from './slugs.ts';

const read = new Map<string, Document>();
let drawn: Record<string, Picture> | null = null;

/** One of our articles, read from `help/LANG/SLUG.md` when it is first asked for, and kept: the files ship with us. */
export function ourArticle(lang: Lang, slug: Slug): Document {
  const name = `${lang}/${slug}`;
  const known = read.get(name);
  if (known) return known;
  const document = readMarkdown(ourSource(lang, slug));
  read.set(name, document);
  return document;
}

/** The same as it is written: what an organisation begins with that puts its own in place. */
export function ourSource(lang: Lang, slug: Slug): string {
  return readFileSync(pathOf(`${lang}/${slug}.md`), 'utf8');
}

export type Picture = {
  width: number;
  height: number;
  /** SHA-256 of what the page said when it was drawn: `scripts/help-pictures/pictures.test.ts` compares. */
  of: string;
};

/** A picture of ours, by the name that articles use; null where there is none. `scripts/help-pictures.ts` draws them. */
export function pictureOf(lang: Lang, name: string): (Picture & { src: string }) | null {
  drawn ??= JSON.parse(readFileSync(pathOf('pictures/pictures.json'), 'utf8')) as Record<string, Picture>;
  const picture = drawn[`${lang}/${name}`];
  return picture ? { ...picture, src: `/static/help/${lang}/${name}.png` } : null;
}

function pathOf(file: string): URL {
  return new URL(`../../help/${file}`, import.meta.url);
}
