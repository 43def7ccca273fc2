import type { Attempt } from '#store/rows.ts';
import type { Who } from '#flows/session.ts';
import type { Visit } from './visit.ts';

/**
 * Who may come in, weakest first. `pending`: a sign-in under way, which is nobody yet. `fresh-L2`: a second step not
 * older than five minutes, or, for an account that has none, the password. `help`: somebody at a help desk, with a
 * second step; to change anything, a fresh one. `admin`: an administrator with a second step in this session, see
 * `admin/door.ts`; `fresh-admin`: the same, and the step is not older than five minutes. `proxy`: a reverse proxy of
 * ours, for somebody at a host of an application; what we know people by opens nothing there.
 */
export type RouteLevel =
  | 'public'
  | 'pending'
  | 'L1'
  | 'fresh-L2'
  | 'help'
  | 'admin'
  | 'fresh-admin'
  | 'health'
  | 'proxy';

/** One address of the product. The list of all routes is what `nachtslot routes` prints. */
export type Route = {
  method: 'GET' | 'POST';
  /** Hono's form: `/reset/:token`. */
  path: string;
  level: RouteLevel;
  answer(visit: Visit): Promise<Response> | Response;
};

type Answer<V> = (visit: V) => Promise<Response> | Response;
export type PendingVisit = Visit & { attempt: Attempt };
export type SignedInVisit = Visit & { who: Who };

/** Anybody. */
export function open(method: Route['method'], path: string, answer: Answer<Visit>): Route {
  return { method, path, level: 'public', answer };
}

/** Somebody in the middle of a sign-in; anybody else is sent to its beginning. */
export function pending(method: Route['method'], path: string, answer: Answer<PendingVisit>): Route {
  return {
    method,
    path,
    level: 'pending',
    answer: (visit) => (hasAttempt(visit) ? answer(visit) : visit.toSignIn('attempt-expired')),
  };
}

/** Somebody signed in. */
export function signedIn(method: Route['method'], path: string, answer: Answer<SignedInVisit>): Route {
  return {
    method,
    path,
    level: 'L1',
    answer: (visit) => (isSomebody(visit) ? answer(visit) : visit.toSignIn('session-required')),
  };
}

/** Somebody who has just proved who they are, as strongly as their account can. */
export function fresh(method: Route['method'], path: string, answer: Answer<SignedInVisit>): Route {
  return {
    method,
    path,
    level: 'fresh-L2',
    answer: (visit) => {
      if (!isSomebody(visit)) return visit.toSignIn('session-required');
      return visit.who.isFresh ? answer(visit) : visit.askAgain();
    },
  };
}

/** An agent or an administrator, signed in with a second step; with a fresh one where something is changed. */
export function help(method: Route['method'], path: string, answer: Answer<SignedInVisit>): Route {
  return {
    method,
    path,
    level: 'help',
    answer: (visit) => {
      if (!isSomebody(visit)) return visit.toSignIn('session-required');
      if (!visit.memberships.some(({ role }) => role !== 'member')) return visit.problem({ refusal: 'not-found' });
      const isStrong = visit.who.level === 'aal2' || visit.who.level === 'aal2-phr';
      const isEnough = isStrong && (method === 'GET' || visit.who.isFresh);
      return isEnough ? answer(visit) : visit.askAgain();
    },
  };
}

function hasAttempt(visit: Visit): visit is PendingVisit {
  return visit.attempt !== null;
}

function isSomebody(visit: Visit): visit is SignedInVisit {
  return visit.who !== null;
}
