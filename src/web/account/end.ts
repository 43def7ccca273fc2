import { endSession, forgetDevice, signOutEverywhere, type Changed } from '#flows/account.ts';
import { stopFromInside } from '#flows/recovery/member.ts';
import { CLEAR_ON_SIGN_OUT } from '#http/headers.ts';
import type { SignedInVisit } from '../route.ts';
import { accountPage } from './account.page.tsx';
import { asEverywhere } from './changed.ts';
import { accountView, type Done } from './view.ts';

/** One session, named by the form. Ending this one is signing out. */
export async function endOne(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const changed = await endSession(visit.deps, visit.browser, visit.who, form.get('id'));
  return changed.keep.session === null ? signedOut(visit, changed) : after(visit, changed, 'session');
}

/** One remembered device, named by the form. */
export async function forget(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  return after(visit, await forgetDevice(visit.deps, visit.browser, visit.who, form.get('id')), 'device');
}

export async function everywhere(visit: SignedInVisit): Promise<Response> {
  const changed = await signOutEverywhere(visit.deps, visit.browser, visit.who);
  return changed.refused ? after(visit, changed, 'session') : signedOut(visit, changed);
}

/** Somebody else asks to get back into the account that is open here. */
export async function stopRequest(visit: SignedInVisit): Promise<Response> {
  const refused = await stopFromInside(visit.deps, visit.browser, visit.who);
  // Over already, by the hand of somebody else or of time: what was wanted is so.
  if (!refused || refused.refusal === 'recovery-over') return visit.redirect('/account?done=request');
  return asEverywhere(visit, refused) ?? visit.problem(refused);
}

async function after(visit: SignedInVisit, { refused, keep }: Changed, done: Done): Promise<Response> {
  if (!refused) return visit.redirect(`/account?done=${done}`, keep);
  const elsewhere = asEverywhere(visit, refused);
  return elsewhere ?? visit.page(accountPage, await accountView(visit, { section: 'devices', refused }), refused);
}

function signedOut(visit: SignedInVisit, { keep }: Changed): Response {
  const response = visit.redirect('/sign-in?notice=signed-out', keep);
  for (const [name, value] of Object.entries(CLEAR_ON_SIGN_OUT)) response.headers.set(name, value);
  return response;
}
