import { setPersonGroups } from '#flows/people.ts';
import { enrolmentOf } from '#flows/world.ts';
import type { Member } from '#store/administration.ts';
import type { AdminVisit } from './door.ts';
import { lines } from './form-values.ts';
import { peoplePage } from './people.page.tsx';
import { groupsPage } from './person-groups.page.tsx';
import { roomOf } from './room.ts';

const PER_PAGE = 25;

export async function showPeople(visit: AdminVisit): Promise<Response> {
  const query = visit.url.searchParams;
  const search = (query.get('search') ?? '').slice(0, 100);
  const name = query.get('after');
  const after = name === null ? null : { name, account: query.get('after-id') ?? '' };
  const wish = { organisation: visit.organisation.id, search, after, limit: PER_PAGE + 1 };
  const found = await visit.read.people.page(wish);
  const people = found.slice(0, PER_PAGE);
  const last = people.at(-1);
  return visit.page(peoplePage, {
    room: roomOf(visit),
    people: people.map((one) => ({ ...one, enrolment: enrolmentOf(one.secondSteps) })),
    search,
    isLater: after !== null,
    next: found.length > PER_PAGE && last ? { name: last.name, account: last.account } : null,
    done: query.get('done') === 'groups' ? 'groups' : null,
  });
}

export async function showGroups(visit: AdminVisit): Promise<Response> {
  const person = await memberOf(visit);
  return person ? groupsForm(visit, person, person.groups.join('\n')) : visit.problem({ refusal: 'not-found' });
}

export async function setGroups(visit: AdminVisit): Promise<Response> {
  const person = await memberOf(visit);
  if (!person) return visit.problem({ refusal: 'not-found' });
  const form = await visit.form();
  if (form instanceof Response) return form;
  const typed = form.get('groups');
  const { deps, steward, organisation } = visit;
  const input = { organisation: organisation.id, account: person.account, groups: lines(typed) };
  const set = await setPersonGroups(deps, steward, input);
  if ('refusal' in set) return set.refusal === 'not-found' ? visit.problem(set) : groupsForm(visit, person, typed, set);
  return visit.redirect(`/admin/people?${new URLSearchParams({ done: 'groups', organisation: organisation.slug })}`);
}

function memberOf({ read, organisation, params }: AdminVisit): Promise<Member | null> {
  return read.people.member(organisation.id, params['id'] ?? '');
}

async function groupsForm(
  visit: AdminVisit,
  { account, name, address }: Member,
  groups: string,
  refused: Parameters<AdminVisit['page']>[2] = null,
): Promise<Response> {
  const known = await visit.read.people.groups(visit.organisation.id);
  const person = { account, name: name || address, address };
  return visit.page(groupsPage, { room: roomOf(visit), person, groups, known, refused, now: visit.now }, refused);
}
