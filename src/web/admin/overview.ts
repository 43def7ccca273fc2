import type { AdminVisit } from './door.ts';
import { overviewPage } from './overview.page.tsx';
import { roomOf } from './room.ts';

export async function showOverview(visit: AdminVisit): Promise<Response> {
  const { read, organisation } = visit;
  return visit.page(overviewPage, {
    room: roomOf(visit),
    applications: (await read.applications.ownedBy(organisation.id)).length,
    people: await read.people.count(organisation.id),
    help: (await read.help.articles([organisation.id])).length,
    tokens: (await read.apiTokens.of(organisation.id)).length,
  });
}
