import type { RecoveryCase } from '#store/recovery.ts';
import { desksOf, standingIn } from '#flows/recovery/standing.ts';
import type { Organisation } from '#store/rows.ts';
import { help, type Route, type SignedInVisit } from '../route.ts';

export type DeskVisit = SignedInVisit & { desks: Organisation[] };
type Answer = (visit: DeskVisit) => Promise<Response> | Response;

/** Somebody at a desk: role and second step are read anew for each request. To change anything, the step is fresh. */
export function atDesk(method: Route['method'], path: string, answer: Answer): Route {
  return help(method, path, async (visit) => {
    const desks = (await desksOf(visit.read, visit.who.session.account)).map(({ organisation }) => organisation);
    return answer({ ...visit, desks });
  });
}

/** A request of one of one's own desks; all others are not there. */
export async function caseAtDesk(visit: DeskVisit): Promise<RecoveryCase | null> {
  const row = await visit.read.recovery.byId(visit.params['id'] ?? '');
  if (!row || !visit.desks.some(({ id }) => id === row.organisation)) return null;
  const { role } = await standingIn(visit.read, visit.who.session.account, row.organisation);
  return role === 'agent' || role === 'administrator' ? row : null;
}
