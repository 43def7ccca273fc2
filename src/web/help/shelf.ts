import { type Facts, fill } from '#src/help/fill.ts';
import { ourArticle } from '#src/help/library.ts';
import type { Document } from '#src/help/markdown.ts';
import { ownDocument } from '#src/help/own-document.ts';
import { search, searchable } from '#src/help/search.ts';
import { GROUP_NAMES, GROUPS, isSlug } from '#src/help/slugs.ts';
import type { OwnArticle } from '#store/help.ts';
import type { Lang, Words } from '#words/index.ts';
import type { Visit } from '../visit.ts';

/** `by`: the organisation that wrote it; null for ours. */
export type Found = { slug: string; document: Document; by: string | null };
export type Shelf = { heading: string; articles: Found[] };

/** What the organisations of this person wrote themselves. */
export function ownArticles({ memberships, read }: Visit): Promise<OwnArticle[]> {
  const organisations = memberships.map(({ organisation }) => organisation.id);
  return organisations.length > 0 ? read.help.articles(organisations) : Promise.resolve([]);
}

/** The article of this name; the organisation's own stands in place of ours. Where two wrote one, the first. */
export function findArticle(visit: Visit, own: readonly OwnArticle[], lang: Lang, slug: string): Found | null {
  for (const { organisation } of visit.memberships) {
    const theirs = own.find(
      (one) => one.organisation === organisation.id && one.language === lang && one.slug === slug,
    );
    if (theirs) return { slug, document: ownDocument(theirs), by: organisation.name };
  }
  return isSlug(slug) ? { slug, document: ourArticle(lang, slug), by: null } : null;
}

/** Every article there is for this person, in groups: those that only their organisation has come first. */
export function shelves(visit: Visit, own: readonly OwnArticle[], { lang, t }: Words): Shelf[] {
  const found = (slug: string) => findArticle(visit, own, lang, slug) ?? [];
  const theirs = visit.memberships.map(({ organisation }) => ({
    heading: t('help.group-own', { organisation: organisation.name }),
    articles: own
      .filter((one) => one.organisation === organisation.id && one.language === lang && !isSlug(one.slug))
      .flatMap((one) => found(one.slug)),
  }));
  const ours = GROUP_NAMES.map((group) => ({
    heading: t(`help.group-${group}`),
    articles: GROUPS[group].flatMap(found),
  }));
  return [...theirs.filter(({ articles }) => articles.length > 0), ...ours];
}

/** Best first. */
export function lookFor(query: string, all: readonly Shelf[], facts: Facts): Found[] {
  const articles = all.flatMap((shelf) => shelf.articles);
  const texts = articles.map((found) => ({
    found,
    ...searchable(found.slug, found.document, (text) => fill(text, facts)),
  }));
  return search(query, texts).map(({ found }) => found);
}

/** Ours alone: for the examples of the pages. */
export function ourShelves({ lang, t }: Words): Shelf[] {
  return GROUP_NAMES.map((group) => ({
    heading: t(`help.group-${group}`),
    articles: GROUPS[group].map((slug) => ({ slug, document: ourArticle(lang, slug), by: null })),
  }));
}
