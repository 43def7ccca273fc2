import type { SignOutRequest } from '#flows/errand.ts';
import { leave } from '../account/sign-out.ts';
import type { Visit } from '../visit.ts';
import { plainName } from './plain-name.ts';
import { applicationProblem } from './problem.ts';
import { leavePage } from './leave.page.tsx';

type Asked = SignOutRequest & { kind: 'asked' };

/** An application asks to sign somebody out. Only a token of this very session does it without a question. */
export async function showSignOut(visit: Visit): Promise<Response> {
  const { url, who, words } = visit;
  const request = await visit.site.errands.signOutRequest(url.searchParams, who);
  if (request.kind === 'refused') return applicationProblem(visit, request.problem, 400);
  if (!who) return visit.redirect(request.goOnTo ?? '/sign-in?notice=signed-out');
  if (request.isOwn) return signedOut(visit, request);
  const { application, goOnTo } = request;
  const name = application ? plainName(application.name) : words.t('applications.sign-out-somebody');
  const addresses = await visit.read.accounts.addresses(who.session.account);
  const view = {
    application: name,
    name: visit.account?.name ?? '',
    address: (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '',
    request: Object.fromEntries(PASSED_ON.map((key) => [key, url.searchParams.get(key) ?? ''])),
  };
  return visit.page(leavePage, view, null, goOnTo === null ? {} : { formsLeadTo: new URL(goOnTo).origin });
}

/** The person has said yes. What the form carries is looked at again: it has been in a browser. */
export async function confirmSignOut(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const given = new URLSearchParams(PASSED_ON.flatMap((key) => (form.get(key) ? [[key, form.get(key)]] : [])));
  const request = await visit.site.errands.signOutRequest(given, visit.who);
  if (request.kind === 'refused') return applicationProblem(visit, request.problem, 400);
  return signedOut(visit, request);
}

async function signedOut(visit: Visit, { goOnTo }: Asked): Promise<Response> {
  const response = await leave(visit);
  if (goOnTo !== null) response.headers.set('location', goOnTo);
  return response;
}

const PASSED_ON = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'] as const;
