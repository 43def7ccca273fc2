import { signOut } from '#flows/account.ts';
import type { Errand, Next } from '#flows/errand.ts';
import { stepUp } from '#flows/session.ts';
import { problemPage } from '../problem.page.tsx';
import { open, type Route, type SignedInVisit } from '../route.ts';
import { proceed } from '../sign-in/routes.ts';
import { pageOf } from '../sign-in/where.ts';
import type { Visit } from '../visit.ts';
import { chooseAccountPage } from './choose-account.page.tsx';
import { consentPage } from './consent.page.tsx';
import { plainName } from './plain-name.ts';
import { refusedPage } from './refused.page.tsx';
import { confirmSignOut, showSignOut } from './sign-out.ts';

export const applicationRoutes: Route[] = [
  open('GET', '/oidc/interaction/:uid', show),
  open('POST', '/oidc/interaction/:uid', answer),
  open('GET', '/oidc/logout', showSignOut),
  open('POST', '/oidc/logout/confirm', confirmSignOut),
];

/** What stands between a person and an application: a sign-in, a proof, a question, or nothing any more. */
async function show(visit: Visit): Promise<Response> {
  const errand = await ownErrand(visit);
  return errand ? follow(visit, errand, await errand.next(visit.who)) : gone(visit);
}

async function answer(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const errand = await ownErrand(visit);
  if (!errand) return gone(visit);
  const given = form.get('answer');
  if (given === 'decline') return follow(visit, errand, await errand.decline());
  // What was asked may have changed since the page was drawn, or who is looking.
  const next = await errand.next(visit.who);
  const { who } = visit;
  if (given === 'agree' && who && next.kind === 'consent')
    return follow(visit, errand, await errand.agree(visit.browser, who));
  if (given === 'continue' && who && next.kind === 'choose-account' && !next.must)
    return follow(visit, errand, await errand.choose(who));
  if (given === 'other' && who && next.kind === 'choose-account') {
    await signOut(visit.deps, visit.browser, who);
    return visit.redirect(toSignIn(visit), { session: null, attempt: null });
  }
  return follow(visit, errand, next);
}

async function follow(visit: Visit, errand: Errand, next: Next): Promise<Response> {
  const application = plainName(errand.application.name);
  const action = visit.url.pathname;
  switch (next.kind) {
    case 'gone':
      return gone(visit);
    case 'done':
      return visit.redirect(next.to);
    case 'sign-in':
      return visit.redirect(toSignIn(visit));
    case 'prove':
      return isSomebody(visit) ? prove(visit, next) : visit.redirect(toSignIn(visit));
    case 'choose-account':
      return visit.page(chooseAccountPage, { action, application, ...(await person(visit)), must: next.must });
    case 'consent': {
      const { organisation } = await owner(visit, errand);
      return visit.page(consentPage, {
        action,
        application,
        organisation,
        scopes: next.scopes,
        ...(await person(visit)),
      });
    }
    case 'refused': {
      const { because } = next;
      const page = await visit.page(refusedPage, { action, application, because, ...(await owner(visit, errand)) });
      return new Response(page.body, { status: 403, headers: page.headers });
    }
  }
  next satisfies never;
}

async function prove(visit: SignedInVisit, next: Next & { kind: 'prove' }): Promise<Response> {
  const back = visit.url.pathname;
  const { attempt } = visit;
  // A reload goes on with what was begun.
  const begun = attempt?.session === visit.who.session.id && attempt.returnTo === back ? pageOf(attempt.state) : null;
  if (begun) return visit.redirect(begun);
  const { demand, startOver, freshWithin } = next;
  const input = { demand, startOver, returnTo: back, ...(freshWithin && { freshWithin }) };
  return proceed(visit, await stepUp(visit.deps, visit.browser, visit.who, input), back);
}

function ownErrand(visit: Visit): Promise<Errand | null> {
  return visit.site.errands.ownErrandAt(visit.url.pathname, visit.request.headers);
}

async function gone(visit: Visit): Promise<Response> {
  const sentence = visit.words.t('applications.problem-expired');
  const page = await visit.page(problemPage, { sentence, reference: null });
  return new Response(page.body, { status: 410, headers: page.headers });
}

function toSignIn(visit: Visit): string {
  return `/sign-in?${new URLSearchParams({ 'return-to': visit.url.pathname })}`;
}

async function owner({ read }: Visit, { application }: Errand): Promise<{ organisation: string; contact: string }> {
  const house = (await read.organisations.all()).find(({ id }) => id === application.owner);
  return { organisation: plainName(house?.name ?? ''), contact: house?.helpContact ?? '' };
}

async function person({ read, account }: Visit): Promise<{ name: string; address: string }> {
  const addresses = account ? await read.accounts.addresses(account.id) : [];
  const address = (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '';
  return { name: account?.name ?? '', address };
}

function isSomebody(visit: Visit): visit is SignedInVisit {
  return visit.who !== null;
}
