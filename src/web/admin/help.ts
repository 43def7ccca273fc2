import { helpReport } from '#flows/help-report.ts';
import { removeOwnArticle, setHelpContact } from '#flows/own-help.ts';
import type { Refused } from '#core/refusal.ts';
import { fill } from '#src/help/fill.ts';
import { ourArticle } from '#src/help/library.ts';
import { isSlug } from '#src/help/slugs.ts';
import type { OwnArticle } from '#store/help.ts';
import { type Lang, speak } from '#words/index.ts';
import { factsIn, knownTo } from '../help/facts.ts';
import type { AdminVisit } from './door.ts';
import { removeArticlePage } from './help-remove.page.tsx';
import { type HelpDone, ownHelpPage, type OwnRow } from './help.page.tsx';
import { addressOf, roomOf } from './room.ts';

const DONE = ['article-added', 'article-changed', 'article-removed', 'links', 'contact'] as const satisfies HelpDone[];
const STUCK_DAYS = 30;

export function showOwnHelp(visit: AdminVisit): Promise<Response> {
  return overview(visit, visit.organisation.helpContact);
}

export async function setContact(visit: AdminVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const { deps, steward, organisation } = visit;
  const contact = form.get('contact');
  const refused = await setHelpContact(deps, steward, { organisation: organisation.id, contact });
  if (refused?.refusal === 'not-found') return visit.problem(refused);
  return refused ? overview(visit, contact, refused) : afterwards(visit, 'contact');
}

export function showRemoveArticle(visit: AdminVisit, article: OwnArticle): Promise<Response> {
  return visit.page(removeArticlePage, { room: roomOf(visit), ...rowOf(visit, article) });
}

export async function removeArticle(visit: AdminVisit, article: OwnArticle): Promise<Response> {
  const refused = await removeOwnArticle(visit.deps, visit.steward, article);
  return refused ? visit.problem(refused) : afterwards(visit, 'article-removed');
}

export function afterwards(visit: AdminVisit, done: HelpDone): Response {
  return visit.redirect(addressOf('help', roomOf(visit), { done }));
}

async function overview(visit: AdminVisit, contact: string, refused: Refused | null = null): Promise<Response> {
  const { deps, read, organisation, now } = visit;
  const articles = await read.help.articles([organisation.id]);
  const [list] = await read.help.links([organisation.id]);
  const report = await helpReport(deps, organisation.id, { days: STUCK_DAYS, language: null });
  const done = DONE.find((one) => one === visit.url.searchParams.get('done')) ?? null;
  const view = {
    room: roomOf(visit),
    articles: articles.map((one) => rowOf(visit, one)),
    links: list?.links ?? [],
    stuck: report.total.stuck,
    contact,
    refused,
    done: refused ? null : done,
    now,
  };
  return visit.page(ownHelpPage, view, refused);
}

/** What an article says of itself, as its readers see it. */
function rowOf(visit: AdminVisit, { language, slug, title, changedAt }: OwnArticle): OwnRow {
  const said = (text: string) => fill(text, factsHere(visit, language));
  const instead = isSlug(slug) ? said(ourArticle(language, slug).title) : null;
  return { language, slug, title: said(title), instead, changedAt };
}

/** The numbers and names of this organisation, whichever others the administrator belongs to. */
export function factsHere(visit: AdminVisit, language: Lang) {
  const memberships = visit.memberships.filter((one) => one.organisation.id === visit.organisation.id);
  return factsIn(speak(language), knownTo({ ...visit, memberships }));
}
