import { setHelpLinks, versionOf } from '#flows/own-help.ts';
import type { Refused } from '#core/refusal.ts';
import { type OwnLink, lookThroughLinks, type WrongLink } from '#src/help/own-link.ts';
import type { AdminVisit } from './door.ts';
import { helpLinksPage } from './help-links.page.tsx';
import { afterwards } from './help.ts';
import { roomOf } from './room.ts';

type Typed = { links: OwnLink[]; seen: string };
type Wrong = { wrong?: readonly WrongLink[]; refused?: Refused };

export async function showLinks(visit: AdminVisit): Promise<Response> {
  const [list = null] = await visit.read.help.links([visit.organisation.id]);
  return form(visit, { links: list?.links ?? [], seen: versionOf(list) });
}

export async function changeLinks(visit: AdminVisit): Promise<Response> {
  const typed = await typedLinks(visit);
  if (typed instanceof Response) return typed;
  const looked = lookThroughLinks(typed.links);
  if ('wrong' in looked) return form(visit, typed, looked);
  const { deps, steward, organisation } = visit;
  const wish = { organisation: organisation.id, links: looked.links, seen: typed.seen };
  const refused = await setHelpLinks(deps, steward, wish);
  if (!refused) return afterwards(visit, 'links');
  return refused.refusal === 'not-found' ? visit.problem(refused) : form(visit, typed, { refused });
}

/** The proof got too old while somebody was writing: the page is shown again as it was typed. */
export async function changeLinksLater(visit: AdminVisit): Promise<Response> {
  const typed = await typedLinks(visit);
  return typed instanceof Response ? typed : form(visit, typed, { refused: { refusal: 'fresh-proof-required' } });
}

async function typedLinks(visit: AdminVisit): Promise<Typed | Response> {
  const read = await visit.form();
  if (read instanceof Response) return read;
  const links: OwnLink[] = [];
  for (let n = 0; read.has(`links.${n}.title`); n += 1)
    links.push({ title: read.get(`links.${n}.title`), address: read.get(`links.${n}.address`) });
  return { links, seen: read.get('seen') };
}

function form(visit: AdminVisit, typed: Typed, { wrong = [], refused }: Wrong = {}): Promise<Response> {
  const view = { room: roomOf(visit), ...typed, wrong, refused: refused ?? null, now: visit.now };
  return visit.page(helpLinksPage, view, refused ?? wrong[0]?.refused ?? null);
}
