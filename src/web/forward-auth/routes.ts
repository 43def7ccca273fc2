import { isKnownHost, issueTicket, passageTo, type Place, proveFor } from '#flows/forward-auth.ts';
import { knockOf, toResponse } from '#http/door.ts';
import { addressAt, hostOf, OUR_CORNER, originOf } from '#http/place.ts';
import { plainName } from '../applications/plain-name.ts';
import { open, type Route } from '../route.ts';
import { proceed } from '../sign-in/routes.ts';
import type { Visit } from '../visit.ts';
import { notInPage } from './not-in.page.tsx';
import { onwardPage } from './onward.page.tsx';
import { askMorePage } from './ask-more.page.tsx';
import { type NotForYouView, notForYouPage } from './not-for-you.page.tsx';
import { signOutPage } from './sign-out.page.tsx';

/**
 * Our half of a sign-in to an application behind a reverse proxy: it begins and ends at the host of the application (see
 * `src/forward-auth/at-host.ts`), and only here is known who somebody is.
 */
export const forwardAuthRoutes: Route[] = [
  atDoor('/forward-auth'),
  ...['begin', 'in', 'sign-out'].map((name) => atDoor(`${OUR_CORNER}${name}`)),
  open('GET', '/forward-auth/begin', begin),
  open('POST', '/forward-auth/begin', prove),
  open('GET', '/forward-auth/not-in', notIn),
  open('GET', '/forward-auth/refused', refusedAt),
  open('GET', '/forward-auth/sign-out', (visit) =>
    visit.who ? visit.page(signOutPage, null) : visit.redirect('/sign-in?notice=signed-out'),
  ),
];

/** On a socket the door answers before the pages are asked; here it stands on the list with all others. */
function atDoor(path: string): Route {
  const answer = async ({ site, request, peer }: Visit) => toResponse(await site.door.answer(knockOf(request, peer)));
  return { method: 'GET', path, level: 'proxy', answer };
}

type Going = Place & { wanted: string; nonceHash: Uint8Array; here: string; sent: Record<string, string> };

async function begin(visit: Visit): Promise<Response> {
  const going = goingOf((name) => visit.url.searchParams.get(name));
  const passage = going && (await passageTo(visit.deps, visit.who, going));
  if (!going || !passage || passage.to === 'nowhere') return visit.problem({ refusal: 'not-found' });
  const application = plainName(passage.application);
  if (!visit.who) return visit.toSignIn('session-required');
  switch (passage.to) {
    case 'refused':
      return refused(visit, application, passage.because);
    case 'proof': {
      const { freshWithinSeconds } = passage;
      return visit.page(askMorePage, { application, freshWithinSeconds, place: going.sent });
    }
    case 'place': {
      const ticket = await issueTicket(visit.deps, visit.who, { ...going, path: going.wanted });
      if (!ticket) return visit.toSignIn('session-required');
      return onward(visit, application, `${originOf(going.host)}${OUR_CORNER}in?ticket=${ticket.reveal()}`);
    }
  }
}

/** The button of the page that asks for more. */
async function prove(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const going = goingOf((name) => form.get(name));
  if (!going) return visit.problem({ refusal: 'input-malformed' });
  const { who } = visit;
  const advanced = who && (await proveFor(visit.deps, visit.browser, who, going, going.here));
  return advanced ? proceed(visit, advanced, going.here) : visit.redirect(going.here);
}

/** After a form of ours a redirect to another origin would be stopped by `form-action`; straight from there it is not. */
async function onward(visit: Visit, application: string, address: string): Promise<Response> {
  const from = visit.request.headers.get('sec-fetch-site');
  if (from === 'cross-site' || from === 'same-site') return visit.redirect(address);
  const page = await visit.page(onwardPage, { application, address });
  page.headers.set('refresh', `0; url=${address}`);
  // The next host, and whatever it shows, is not told the address of this page.
  page.headers.set('referrer-policy', 'no-referrer');
  return page;
}

/** Where a proxy may send those who are signed in and not let in: nginx shows no page of ours itself. */
async function refusedAt(visit: Visit): Promise<Response> {
  const host = hostOf(visit.url.searchParams.get('host') ?? '');
  if (!host || !(await isKnownHost(visit.deps, host))) return visit.problem({ refusal: 'not-found' });
  if (!visit.who) return visit.toSignIn('session-required');
  return refused(visit, host, 'not-for-you');
}

async function refused(visit: Visit, application: string, because: NotForYouView['because']): Promise<Response> {
  const page = await visit.page(notForYouPage, { application, because, name: visit.account?.name ?? '' });
  return new Response(page.body, { status: 403, headers: page.headers });
}

async function notIn(visit: Visit): Promise<Response> {
  const host = hostOf(visit.url.searchParams.get('host') ?? '');
  if (!host || !(await isKnownHost(visit.deps, host))) return visit.problem({ refusal: 'not-found' });
  return visit.page(notInPage, { host, address: addressAt(host, '/') });
}

/** Where somebody is going, checked; null for everything that our corner of a host would not have sent. */
function goingOf(value: (name: string) => string | null): Going | null {
  const host = hostOf(value('host') ?? '');
  const nonce = value('nonce') ?? '';
  if (!host || !/^[\w-]{43}$/.test(nonce)) return null;
  const to = new URL(addressAt(host, value('to')));
  const wanted = to.pathname + to.search;
  const sent = { host, to: wanted, nonce };
  const here = `/forward-auth/begin?${new URLSearchParams(sent).toString()}`;
  return { host, path: to.pathname, wanted, nonceHash: Buffer.from(nonce, 'base64url'), here, sent };
}
