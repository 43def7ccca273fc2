import { addOwnArticle, changeOwnArticle } from '#flows/own-help.ts';
import type { Refused } from '#core/refusal.ts';
import { PAGE_OF_STEP } from '#src/help/about.ts';
import { anyFacts, fill } from '#src/help/fill.ts';
import { ourArticle, ourSource } from '#src/help/library.ts';
import { readMarkdown } from '#src/help/markdown.ts';
import { lookThrough, type Written, type WrongText } from '#src/help/own-article.ts';
import { isSlug, SLUGS } from '#src/help/slugs.ts';
import type { OwnArticle } from '#store/help.ts';
import { isLang, type Lang, sentenceAt } from '#words/index.ts';
import type { AdminVisit } from './door.ts';
import { type OwnArticleView, ownArticlePage } from './help-article.page.tsx';
import { afterwards, factsHere } from './help.ts';
import { roomOf } from './room.ts';

type Typed = Written & { seen: string; wantsPreview: boolean };
type Wrong = { wrong?: readonly WrongText[]; refused?: Refused };

const STALE: Wrong = { refused: { refusal: 'fresh-proof-required' } };

/** The article of the address, where the organisation has it; any other is not there. */
export function withArticle(answer: (visit: AdminVisit, article: OwnArticle) => Promise<Response> | Response) {
  return async (visit: AdminVisit): Promise<Response> => {
    const { lang, slug } = visit.params;
    const all = await visit.read.help.articles([visit.organisation.id]);
    const article = all.find((one) => one.language === lang && one.slug === slug);
    return article ? answer(visit, article) : visit.problem({ refusal: 'not-found' });
  };
}

/** `?instead=lost-phone&lang=nl` begins with ours. */
export function showAddArticle(visit: AdminVisit): Promise<Response> {
  const { searchParams } = visit.url;
  const asked = searchParams.get('lang') ?? '';
  const language: Lang = isLang(asked) ? asked : visit.organisation.language;
  const slug = searchParams.get('instead') ?? '';
  const begun = isSlug(slug) ? { slug, markdown: ourSource(language, slug) } : { slug: '', markdown: '' };
  return form(visit, null, { language, ...begun, seen: '', wantsPreview: false });
}

export async function addArticle(visit: AdminVisit): Promise<Response> {
  const typed = await typedArticle(visit, null);
  return typed instanceof Response ? typed : keep(visit, null, typed);
}

export function showChangeArticle(visit: AdminVisit, article: OwnArticle): Promise<Response> {
  return form(visit, article, { ...article, seen: String(article.changedAt.epochMilliseconds), wantsPreview: false });
}

export async function changeArticle(visit: AdminVisit, article: OwnArticle): Promise<Response> {
  const typed = await typedArticle(visit, article);
  return typed instanceof Response ? typed : keep(visit, article, typed);
}

/** The proof got too old while somebody was writing: the page is shown again as it was typed. */
export async function addArticleLater(visit: AdminVisit): Promise<Response> {
  const typed = await typedArticle(visit, null);
  return typed instanceof Response ? typed : form(visit, null, typed, STALE);
}

export async function changeArticleLater(visit: AdminVisit, article: OwnArticle): Promise<Response> {
  const typed = await typedArticle(visit, article);
  return typed instanceof Response ? typed : form(visit, article, typed, STALE);
}

async function typedArticle(visit: AdminVisit, article: OwnArticle | null): Promise<Typed | Response> {
  const read = await visit.form();
  if (read instanceof Response) return read;
  const language = article?.language ?? read.get('language');
  if (!isLang(language)) return visit.problem({ refusal: 'input-malformed' });
  return {
    language,
    slug: article?.slug ?? read.get('slug').trim(),
    markdown: read.get('markdown').replaceAll('\r\n', '\n'),
    seen: read.get('seen'),
    wantsPreview: read.get('pressed') === 'preview',
  };
}

async function keep(visit: AdminVisit, article: OwnArticle | null, typed: Typed): Promise<Response> {
  const { deps, steward, organisation } = visit;
  const { language, seen } = typed;
  const facts = anyFacts((key, values) => sentenceAt(language, key, values), Object.keys(PAGE_OF_STEP));
  const looked = lookThrough(typed, facts);
  if ('wrong' in looked) return form(visit, article, typed, looked);
  if (typed.wantsPreview) return form(visit, article, typed);
  const wish = { organisation: organisation.id, text: looked.text };
  const refused = article
    ? await changeOwnArticle(deps, steward, { ...wish, seen })
    : await addOwnArticle(deps, steward, wish);
  if (!refused) return afterwards(visit, article ? 'article-changed' : 'article-added');
  if (refused.refusal === 'not-found') return visit.problem(refused);
  if (refused.refusal === 'article-name-taken')
    return form(visit, article, typed, { wrong: [{ field: 'slug', refused }] });
  return form(visit, article, typed, { refused });
}

async function form(
  visit: AdminVisit,
  article: OwnArticle | null,
  { language, slug, markdown, seen, wantsPreview }: Typed,
  { wrong = [], refused }: Wrong = {},
): Promise<Response> {
  const facts = factsHere(visit, language);
  const titleOf = (one: (typeof SLUGS)[number]) => fill(ourArticle(visit.words.lang, one).title, facts);
  const view: OwnArticleView = {
    room: roomOf(visit),
    title: article && fill(article.title, facts),
    language,
    slug,
    markdown,
    seen,
    wrong,
    refused: refused ?? null,
    preview: wantsPreview && wrong.length === 0 && !refused ? { document: readMarkdown(markdown), facts } : null,
    ours: SLUGS.map((one) => ({ value: one, label: titleOf(one) })),
    now: visit.now,
  };
  return visit.page(ownArticlePage, view, refused ?? wrong[0]?.refused ?? null);
}
