import { SLUGS } from '#src/help/slugs.ts';
import { isLang, speak } from '#words/index.ts';
import { open, pending, type Route } from '../route.ts';
import type { Visit } from '../visit.ts';
import { answered, isAnswer } from './answered.ts';
import { articlePage } from './article.page.tsx';
import type { Contact } from './ask-somebody.tsx';
import { factsIn, knownTo } from './facts.ts';
import { helpPage } from './help.page.tsx';
import { articleAddress, readingOf } from './reading.ts';
import { findArticle, lookFor, ownArticles, shelves } from './shelf.ts';

export const helpRoutes: Route[] = [
  open('GET', '/help', overview),
  open('GET', '/help/:lang/:article', show),
  open('POST', '/help/answer', answered),
  // In the middle of a sign-in we know whose help it is; the public address must not tell, see `visitOf`.
  pending('GET', '/sign-in/help', overview),
  pending('GET', '/sign-in/help/:lang/:article', show),
  // Without a language: what a page of ours links to, and what is easy to say on the telephone.
  ...SLUGS.map((slug) =>
    open('GET', `/help/${slug}`, (visit) => visit.redirect(articleAddress(readingOf(visit), visit.words.lang, slug))),
  ),
];

async function overview(visit: Visit): Promise<Response> {
  const { words } = visit;
  const known = knownTo(visit);
  const all = shelves(visit, await ownArticles(visit), words);
  const query = (visit.url.searchParams.get('q') ?? '').trim().slice(0, 100);
  return visit.page(helpPage, {
    reading: readingOf(visit),
    known,
    shelves: all,
    searched: query === '' ? null : { query, found: lookFor(query, all, factsIn(words, known)) },
    contacts: await contactsOf(visit),
  });
}

async function show(visit: Visit): Promise<Response> {
  const lang = visit.params['lang'] ?? '';
  if (!isLang(lang)) return visit.problem({ refusal: 'not-found' });
  const own = await ownArticles(visit);
  const found = findArticle(visit, own, lang, visit.params['article'] ?? '');
  if (!found) return visit.problem({ refusal: 'not-found' });
  const all = shelves(visit, own, speak(lang));
  const shelf = all.find(({ articles }) => articles.some((one) => one.slug === found.slug));
  const said = visit.url.searchParams.get('said') ?? '';
  return visit.page(articlePage, {
    lang,
    found,
    reading: readingOf(visit),
    known: knownTo(visit),
    more: {
      heading: shelf?.heading ?? visit.words.t('help.all-articles'),
      articles: (shelf?.articles ?? []).filter((one) => one.slug !== found.slug),
    },
    contacts: await contactsOf(visit),
    said: isAnswer(said) ? said : null,
  });
}

/** Whom this person may ask, and where they are sent besides. A stranger is told only where there is one organisation, whose house this is. */
async function contactsOf({ memberships, read }: Visit): Promise<Contact[]> {
  const own = memberships.map(({ organisation }) => organisation);
  const all = own.length > 0 ? own : await read.organisations.all();
  const known = own.length > 0 || all.length === 1 ? all : [];
  const lists = await read.help.links(known.map(({ id }) => id));
  return known
    .map(({ id, name, helpContact }) => ({
      organisation: name,
      contact: helpContact,
      links: lists.find(({ organisation }) => organisation === id)?.links ?? [],
    }))
    .filter(({ contact, links }) => contact !== '' || links.length > 0);
}
