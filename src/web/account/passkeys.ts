import type { Refused } from '#core/refusal.ts';
import { addPasskey, askForAnotherPasskey } from '#flows/passkey/bind.ts';
import { declinePasskey } from '#flows/passkey/invitation.ts';
import type { SignedInVisit } from '../route.ts';
import { nameOf } from './authenticator-name.ts';
import { asEverywhere } from './changed.ts';
import { passkeyPage } from './passkey.page.tsx';
import { factsOf } from './view.ts';

export function showNewPasskey(visit: SignedInVisit): Promise<Response> | Response {
  return draw(visit, visit.url.searchParams.get('instead'), null);
}

export async function askForPasskey(visit: SignedInVisit): Promise<Response> {
  return visit.json(await askForAnotherPasskey(visit.deps, visit.who, visit.url.searchParams.get('instead')));
}

export async function newPasskey(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const instead = form.get('instead') || null;
  const input = { answer: form.get('credential'), instead };
  const { refused, keep } = await addPasskey(visit.deps, visit.browser, visit.who, input);
  if (!refused) return visit.redirect(`/account?done=${instead ? 'passkey-anew' : 'passkey'}`, keep);
  return asEverywhere(visit, refused) ?? draw(visit, instead, refused);
}

/** *No, thank you*, on the start page. */
export async function notNow(visit: SignedInVisit): Promise<Response> {
  await declinePasskey(visit.deps, visit.who);
  return visit.redirect('/');
}

async function draw(visit: SignedInVisit, instead: string | null, refused: Refused | null): Promise<Response> {
  const { authenticators, enrolment, policy } = await factsOf(visit);
  // Two-step verification begins in the wizard, which ends with a backup code.
  if (enrolment === 'none' || !policy.passkeysOffered) return visit.redirect('/account');
  const former = authenticators.find((one) => one.id === instead && one.type === 'passkey');
  if (instead && !former) return visit.problem({ refusal: 'not-found' });
  const isFirst = !authenticators.some((one) => one.type === 'passkey');
  const anew = former ? { id: former.id, name: former.label || nameOf(former, visit.words) } : null;
  return visit.page(passkeyPage, { anew, isFirst, now: visit.now, refused }, refused);
}
