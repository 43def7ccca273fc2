import { askFromHelp, askWithPassword } from '#flows/recovery/open.ts';
import { usable } from '#flows/recovery/links.ts';
import { cancelRequest, confirmMailbox, requestFacts } from '#flows/recovery/member.ts';
import { makePass, redeemPass } from '#flows/recovery/pass.ts';
import { vouch } from '#flows/recovery/vouch.ts';
import { policyOf } from '#flows/world.ts';
import type { Refused } from '#core/refusal.ts';
import { fresh, open, pending, type PendingVisit, type Route, type SignedInVisit } from '../route.ts';
import { pageOf } from '../sign-in/where.ts';
import { looksLikeAddress } from '../sign-in/sign-in-view.ts';
import { person } from '../sign-in/views.ts';
import type { Visit } from '../visit.ts';
import { askPage, type AskView } from './ask.page.tsx';
import { askedPage } from './asked.page.tsx';
import { passPage } from './pass.page.tsx';
import { questionPage } from './question.page.tsx';
import { requestPage } from './request.page.tsx';
import { type VouchView, vouchPage } from './vouch.page.tsx';

export const recoveryRoutes: Route[] = [
  pending('GET', '/sign-in/recover', showAsk),
  pending('POST', '/sign-in/recover', ask),
  open('GET', '/help/request', (visit) => visit.page(askPage, helpView(visit))),
  open('POST', '/help/request', askForHelp),
  open('GET', '/recovery/:token', (visit) => showRequest(visit)),
  open('POST', '/recovery/:token/cancel', cancelHere),
  open('POST', '/recovery/:token/pass', getPass),
  open('GET', '/recovery-mailbox/:token', (visit) => showQuestion(visit, 'mailbox')),
  open('POST', '/recovery-mailbox/:token', confirm),
  open('GET', '/recovery-cancel/:token', (visit) => showQuestion(visit, 'cancel')),
  open('POST', '/recovery-cancel/:token', cancelByLink),
  open('GET', '/recovery-pass/:token', (visit) => showPass(visit)),
  open('POST', '/recovery-pass/:token', usePass),
  fresh('GET', '/vouch', (visit) => visit.page(vouchPage, NOTHING_TYPED)),
  fresh('POST', '/vouch', vouchFor),
];

async function showAsk(visit: PendingVisit): Promise<Response> {
  if (visit.attempt.state.at !== 'verifying') return visit.redirect(pageOf(visit.attempt.state) ?? '/sign-in');
  return visit.page(askPage, await knownView(visit, null));
}

async function ask(visit: PendingVisit): Promise<Response> {
  const { page, refused } = await askWithPassword(visit.deps, visit.browser, visit.attempt);
  if (refused?.refusal === 'attempt-expired') return visit.toSignIn('attempt-expired');
  if (refused) return visit.page(askPage, await knownView(visit, refused), refused);
  return page ? visit.redirect(new URL(page).pathname) : visit.page(askedPage, { address: null });
}

async function askForHelp(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const address = form.get('address').trim();
  const refusal = address === '' ? 'address-missing' : looksLikeAddress(address) ? null : 'address-invalid';
  const view = { ...helpView(visit), typed: address.slice(0, 320) };
  if (refusal) return visit.page(askPage, { ...view, error: visit.says({ refusal }) }, { refusal });
  await visit.site.evenly(() => askFromHelp(visit.deps, visit.browser.origin, address));
  return visit.page(askedPage, { address });
}

async function showRequest(visit: Visit, refused: Refused | null = null): Promise<Response> {
  const token = visit.params['token'] ?? '';
  const found = await usable(visit.deps, token, 'recovery-page');
  const facts = found && (await requestFacts(visit.read, found.row, visit.deps.clock));
  if (!facts) return visit.problem({ refusal: 'link-invalid' });
  const { origin } = visit.site.publicUrl;
  return visit.page(requestPage, { ...facts, token, origin, error: visit.says(refused) }, refused);
}

async function cancelHere(visit: Visit): Promise<Response> {
  const token = visit.params['token'] ?? '';
  const refused = await cancelRequest(visit.deps, visit.browser.origin, token, 'recovery-page');
  return refused ? showRequest(visit, refused) : visit.redirect(`/recovery/${token}`);
}

async function getPass(visit: Visit): Promise<Response> {
  const made = await makePass(visit.deps, visit.browser.origin, visit.params['token'] ?? '');
  return 'refusal' in made ? showRequest(visit, made) : visit.redirect(new URL(made.pass).pathname);
}

/** Opening the link spends nothing: mail scanners open links too. */
async function showQuestion(visit: Visit, ask: 'mailbox' | 'cancel'): Promise<Response> {
  const token = visit.params['token'] ?? '';
  const found = await usable(visit.deps, token, `recovery-${ask}`);
  const facts = found && (await requestFacts(visit.read, found.row, visit.deps.clock));
  if (!facts) return visit.problem({ refusal: 'link-invalid' });
  if (['redeemed', 'rejected', 'cancelled', 'expired'].includes(facts.state.at))
    return visit.problem({ refusal: 'recovery-over' });
  return visit.page(questionPage, { ask, action: `/recovery-${ask}/${token}`, number: facts.number, done: false });
}

async function confirm(visit: Visit): Promise<Response> {
  const confirmed = await confirmMailbox(visit.deps, visit.browser.origin, visit.params['token'] ?? '');
  return 'refusal' in confirmed ? visit.problem(confirmed) : visit.redirect(new URL(confirmed.page).pathname);
}

async function cancelByLink(visit: Visit): Promise<Response> {
  const refused = await cancelRequest(visit.deps, visit.browser.origin, visit.params['token'] ?? '', 'recovery-cancel');
  return refused
    ? visit.problem(refused)
    : visit.page(questionPage, { ask: 'cancel', action: '', number: '', done: true });
}

async function showPass(visit: Visit, refused: Refused | null = null): Promise<Response> {
  const token = visit.params['token'] ?? '';
  const found = await usable(visit.deps, token, 'recovery-pass');
  if (!found) return visit.problem({ refusal: 'link-invalid' });
  const view = { action: `/recovery-pass/${token}`, until: found.link.expiresAt, error: visit.says(refused) };
  return visit.page(passPage, view, refused);
}

async function usePass(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const token = visit.params['token'] ?? '';
  const advanced = await redeemPass(visit.deps, visit.browser, token, form.get('password'));
  if (advanced.refused) return showPass(visit, advanced.refused);
  // Whoever was signed in here was somebody before: the wizard belongs to this attempt alone.
  return visit.redirect(pageOf(advanced.state) ?? '/sign-in', advanced.keep);
}

async function vouchFor(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const sees = form.get('sees') === 'yes';
  const input = { number: form.get('number'), seesThem: sees };
  const refused = await vouch(visit.deps, visit.browser, visit.who, input);
  if (!refused) return visit.page(vouchPage, { ...NOTHING_TYPED, done: true });
  const isBox = refused.refusal === 'seeing-not-confirmed';
  const said = visit.says(refused);
  return visit.page(
    vouchPage,
    { ...NOTHING_TYPED, sees, error: isBox ? null : said, boxError: isBox ? said : null },
    refused,
  );
}

const NOTHING_TYPED: VouchView = { error: null, boxError: null, sees: false, done: false };

async function knownView(visit: PendingVisit, refused: Refused | null): Promise<AskView> {
  const view = { ...helpView(visit), person: await person(visit) };
  return { ...view, problem: visit.says(refused) };
}

function helpView({ memberships }: Visit): AskView {
  const waitHours = Math.round(policyOf(memberships).recoveryDelay.total('hours'));
  return { person: null, waitHours, typed: '', error: null, problem: null };
}
