import type { AdminVisit } from './door.ts';

/** Whose administration this is: the same for every page of it. */
export type Room = {
  organisation: { slug: string; name: string };
  /** The others that the same person administers. */
  others: { slug: string; name: string }[];
};

export type RoomName = 'overview' | 'applications' | 'people' | 'tokens' | 'help';

export function roomOf({ organisation, administers }: AdminVisit): Room {
  return {
    organisation: named(organisation),
    others: administers.filter(({ id }) => id !== organisation.id).map(named),
  };
}

function named({ slug, name }: { slug: string; name: string }) {
  return { slug, name };
}

const PATHS: Record<RoomName, string> = {
  overview: '/admin',
  applications: '/admin/applications',
  people: '/admin/people',
  tokens: '/admin/tokens',
  help: '/admin/help',
};

/** The address says which organisation is meant, so that two tabs may be about two of them. */
export function addressOf(
  name: RoomName | `/${string}`,
  { organisation, others }: Room,
  query: Record<string, string> = {},
): string {
  const path = name.startsWith('/') ? name : PATHS[name as RoomName];
  const search = new URLSearchParams(query);
  if (others.length > 0) search.set('organisation', organisation.slug);
  return search.size > 0 ? `${path}?${search}` : path;
}
