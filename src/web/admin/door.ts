import { enterAdministration, type Steward } from '#flows/administration.ts';
import type { Application, Organisation } from '#store/rows.ts';
import type { Route, SignedInVisit } from '../route.ts';
import type { Visit } from '../visit.ts';
import { needsTwoStepsPage } from './needs-two-steps.page.tsx';

/** A visit of an administrator, to the organisation of the address, or to the first of theirs. */
export type AdminVisit = SignedInVisit & {
  administers: Organisation[];
  organisation: Organisation;
  steward: Steward;
};

type Answer = (visit: AdminVisit) => Promise<Response> | Response;

/** For looking. Whoever administers nothing finds nothing here. */
export function admin(method: Route['method'], path: string, answer: Answer): Route {
  return { method, path, level: 'admin', answer: (visit) => within(visit, answer) };
}

/** For changing: the second step is not older than five minutes. `stale` keeps what was typed into a long form. */
export function freshAdmin(method: Route['method'], path: string, answer: Answer, stale?: Answer): Route {
  const again: Answer = (visit) => visit.askAgain(pageOf(visit.url.pathname));
  return {
    method,
    path,
    level: 'fresh-admin',
    answer: (visit) => within(visit, (inside) => (inside.who.isFresh ? answer(inside) : (stale ?? again)(inside))),
  };
}

async function within(visit: Visit, answer: Answer): Promise<Response> {
  const { who } = visit;
  if (!who) return visit.toSignIn('session-required');
  const entered = await enterAdministration(visit.deps, who);
  if (!entered.in) {
    if (entered.because === 'second-step-required')
      return visit.page(needsTwoStepsPage, {}, { refusal: entered.because });
    return entered.because === 'not-found' ? visit.problem({ refusal: 'not-found' }) : visit.askAgain('/admin');
  }
  const slug = visit.url.searchParams.get('organisation');
  const administers = entered.organisations;
  const organisation = slug === null ? administers[0] : administers.find((one) => one.slug === slug);
  if (!organisation) return visit.problem({ refusal: 'not-found' });
  const { origin } = visit.browser;
  const steward: Steward = { account: who.session.account, by: { session: who.session.id }, origin };
  return answer({ ...visit, who, administers, organisation, steward });
}

/** The application of the address, where it belongs to an organisation of theirs; any other is not there. */
export function withApplication(
  answer: (visit: AdminVisit, application: Application) => Promise<Response> | Response,
): Answer {
  return async (visit) => {
    const application = await visit.read.applications.byId(visit.params['id'] ?? '');
    const organisation = application && visit.administers.find(({ id }) => id === application.owner);
    if (!application || !organisation) return visit.problem({ refusal: 'not-found' });
    return answer({ ...visit, organisation }, application);
  };
}

/** Where somebody comes back to who proved once more that it is them: the page the form stood on. */
function pageOf(path: string): string {
  return /^\/admin\/(?:applications|people)\/[^/]+/.exec(path)?.[0] ?? /^\/admin\/[^/]+/.exec(path)?.[0] ?? '/admin';
}
