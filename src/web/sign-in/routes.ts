import { forgotPassword, resetPassword, usableLink, wasntMe } from '#flows/reset.ts';
import { answerInvitation, cancelAttempt, submitPassword, submitProof, tellAboutPhone } from '#flows/sign-in.ts';
import { textSecondStep } from '#flows/text-message.ts';
import { returnTo } from '#http/return-to.ts';
import { open, pending, type PendingVisit, type Route } from '../route.ts';
import type { Visit } from '../visit.ts';
import { approvalRoutes } from './approval.ts';
import { choosePasswordPage } from './choose-password.page.tsx';
import { forgotPage } from './forgot.page.tsx';
import { noteLastUsed } from './last-used.ts';
import { notMePage } from './not-me.page.tsx';
import { otherWaysPage } from './other-ways.page.tsx';
import { passkeyRoutes } from './passkey.ts';
import { proceed } from './proceed.ts';
import { PHONES, phonePage } from './phone.page.tsx';
import { promptPage } from './prompt.page.tsx';
import { emptySignIn, looksLikeAddress } from './sign-in-view.ts';
import { type SignInView, signInPage } from './sign-in.page.tsx';
import { otherWaysView, person, promptView, verifyView } from './views.ts';
import { verifyPage } from './verify.page.tsx';
import { pageOf } from './where.ts';

export { proceed };

export const signInRoutes: Route[] = [
  open('GET', '/sign-in', showSignIn),
  open('POST', '/sign-in', signIn),
  ...passkeyRoutes,
  ...approvalRoutes,
  pending('GET', '/sign-in/verify', showVerify),
  pending('POST', '/sign-in/verify', verify),
  pending('POST', '/sign-in/verify/text', sendText),
  pending('GET', '/sign-in/prompt', showPrompt),
  pending('POST', '/sign-in/prompt', answerPrompt),
  pending('GET', '/sign-in/phone', showPhone),
  pending('POST', '/sign-in/phone', answerPhone),
  pending('POST', '/sign-in/cancel', cancel),
  open('GET', '/forgot', (visit) => visit.page(forgotPage, { address: '', error: null, sent: false })),
  open('POST', '/forgot', forgot),
  open('GET', '/reset/:token', (visit) => showChoosePassword(visit, 'reset')),
  open('POST', '/reset/:token', (visit) => choosePassword(visit, 'reset')),
  open('GET', '/activate/:token', (visit) => showChoosePassword(visit, 'activate')),
  open('POST', '/activate/:token', (visit) => choosePassword(visit, 'activate')),
  open('GET', '/not-me/:token', showNotMe),
  open('POST', '/not-me/:token', notMe),
];

async function showSignIn(visit: Visit): Promise<Response> {
  const page = visit.attempt && !visit.attempt.session ? pageOf(visit.attempt.state) : null;
  // Another sign-in that was begun for something else must not swallow the one for an application.
  const isForThis = visit.attempt?.returnTo === visit.returnTo() || !(await visit.errand(visit.returnTo()));
  if (page && isForThis) return visit.redirect(page);
  if (visit.who) return visit.redirect(visit.returnTo());
  return visit.page(signInPage, await emptySignIn(visit, visit.returnTo()));
}

async function signIn(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const address = form.get('address').trim();
  const password = form.get('password');
  const goingTo = returnTo(form.get('return-to'));
  const errand = await visit.errand(goingTo);
  const view: SignInView = { ...(await emptySignIn(visit, goingTo)), address: address.slice(0, 320), notice: null };
  const addressError = address === '' ? 'address-missing' : looksLikeAddress(address) ? null : 'address-invalid';
  if (addressError || password === '') {
    const passwordError = password === '' ? visit.says({ refusal: 'password-missing' }) : null;
    const errors = { addressError: addressError && visit.says({ refusal: addressError }), passwordError };
    return visit.page(signInPage, { ...view, ...errors }, { refusal: addressError ?? 'password-missing' });
  }
  const advanced = await submitPassword(visit.deps, visit.browser, {
    address,
    password,
    returnTo: goingTo,
    ...(errand && { levelFor: errand.levelFor }),
  });
  if (advanced.state === null && advanced.refused)
    return visit.page(signInPage, { ...view, passwordError: visit.says(advanced.refused) }, advanced.refused);
  return proceed(visit, advanced, goingTo);
}

async function showVerify(visit: PendingVisit): Promise<Response> {
  const elsewhere = notHere(visit, 'verifying');
  if (elsewhere) return elsewhere;
  const wanted = visit.url.searchParams.get('with');
  if (wanted === 'other') return visit.page(otherWaysPage, await otherWaysView(visit));
  return visit.page(verifyPage, await verifyView(visit, wanted, null));
}

async function verify(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const method = form.get('method');
  const remember = form.get('remember') === 'yes';
  const input = { type: method, answer: form.get('code'), remember };
  const advanced = await submitProof(visit.deps, visit.browser, visit.attempt, input);
  if (advanced.refused && advanced.state?.at === 'verifying')
    return visit.page(verifyPage, await verifyView(visit, method, advanced.refused, remember), advanced.refused);
  return noteLastUsed(visit, proceed(visit, advanced, visit.attempt.returnTo), advanced, method);
}

async function sendText(visit: PendingVisit): Promise<Response> {
  const advanced = await textSecondStep(visit.deps, visit.browser, visit.attempt);
  if (advanced.refused && advanced.state?.at === 'verifying')
    return visit.page(verifyPage, await verifyView(visit, 'sms', advanced.refused), advanced.refused);
  return pageOf(advanced.state) === '/sign-in/verify'
    ? visit.redirect('/sign-in/verify?with=sms', advanced.keep)
    : proceed(visit, advanced, visit.attempt.returnTo);
}

async function showPrompt(visit: PendingVisit): Promise<Response> {
  return notHere(visit, 'inviting') ?? visit.page(promptPage, await promptView(visit));
}

async function answerPrompt(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const answer = form.get('answer');
  if (answer !== 'enable' && answer !== 'later') return visit.redirect('/sign-in/prompt');
  const event = answer === 'enable' ? 'accepted' : 'deferred';
  const advanced = await answerInvitation(visit.deps, visit.browser, visit.attempt, event);
  if (advanced.refused && advanced.state?.at === 'inviting')
    return visit.page(promptPage, await promptView(visit, advanced.refused), advanced.refused);
  return proceed(visit, advanced, visit.attempt.returnTo);
}

async function showPhone(visit: PendingVisit): Promise<Response> {
  return notHere(visit, 'asking-about-phone') ?? visit.page(phonePage, { ...(await person(visit)), error: null });
}

async function answerPhone(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const phone = PHONES.find((one) => one === form.get('phone'));
  const elsewhere = notHere(visit, 'asking-about-phone');
  if (elsewhere) return elsewhere;
  if (!phone) {
    const refused = { refusal: 'choice-missing' } as const;
    return visit.page(phonePage, { ...(await person(visit)), error: visit.says(refused) }, refused);
  }
  return proceed(visit, await tellAboutPhone(visit.deps, visit.browser, visit.attempt, phone), visit.attempt.returnTo);
}

/** Out of a sign-in or a step-up: what was begun ends, a session that was there stays. */
async function cancel(visit: PendingVisit): Promise<Response> {
  await cancelAttempt(visit.deps, visit.browser, visit.attempt);
  return visit.redirect(visit.attempt.session ? '/account' : '/sign-in', { attempt: null });
}

async function forgot(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const address = form.get('address').trim();
  const refusal = address === '' ? 'address-missing' : looksLikeAddress(address) ? null : 'address-invalid';
  if (refusal) return visit.page(forgotPage, { address, error: visit.says({ refusal }), sent: false }, { refusal });
  await visit.site.evenly(() => forgotPassword(visit.deps, visit.browser, address));
  return visit.page(forgotPage, { address, error: null, sent: true });
}

/** Opening the link spends nothing: mail scanners open links too. */
async function showChoosePassword(visit: Visit, kind: 'reset' | 'activate'): Promise<Response> {
  const link = await usableLink(visit.deps, visit.params['token'] ?? '', kind);
  if (!link) return visit.problem({ refusal: 'link-invalid' });
  return visit.page(choosePasswordPage, await choosePasswordView(visit, kind, link.account));
}

async function choosePassword(visit: Visit, kind: 'reset' | 'activate'): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const token = visit.params['token'] ?? '';
  const link = await usableLink(visit.deps, token, kind);
  if (!link) return visit.problem({ refusal: 'link-invalid' });
  const refused = await resetPassword(visit.deps, visit.browser, {
    token,
    kind,
    password: form.get('password'),
    repeated: form.get('repeated'),
  });
  if (refused?.refusal === 'link-invalid') return visit.problem(refused);
  if (refused) {
    const view = await choosePasswordView(visit, kind, link.account);
    const isRepeat = refused.refusal === 'passwords-differ';
    const error = visit.says(refused);
    const errors = { passwordError: isRepeat ? null : error, repeatedError: isRepeat ? error : null };
    return visit.page(choosePasswordPage, { ...view, ...errors }, refused);
  }
  // No session, on purpose: a mailbox alone must never be enough to be signed in.
  return visit.redirect('/sign-in?notice=password-set', { session: null, attempt: null });
}

async function choosePasswordView(visit: Visit, kind: 'reset' | 'activate', accountId: string) {
  const account = await visit.read.accounts.byId(accountId);
  const addresses = await visit.read.accounts.addresses(accountId);
  return {
    action: `/${kind}/${visit.params['token'] ?? ''}`,
    isFirst: kind === 'activate',
    name: account?.name ?? '',
    address: addresses.find((one) => one.primary)?.address ?? '',
    minLength: 15,
    passwordError: null,
    repeatedError: null,
  };
}

async function showNotMe(visit: Visit): Promise<Response> {
  const token = visit.params['token'] ?? '';
  const link = await usableLink(visit.deps, token, 'not-me');
  if (!link) return visit.problem({ refusal: 'link-invalid' });
  return visit.page(notMePage, { action: `/not-me/${token}`, done: false });
}

async function notMe(visit: Visit): Promise<Response> {
  const token = visit.params['token'] ?? '';
  const refused = await wasntMe(visit.deps, visit.browser, token);
  return refused ? visit.problem(refused) : visit.page(notMePage, { action: '', done: true });
}

/** The back button shows the truth: a page of another state leads to the page of this one. */
function notHere(visit: PendingVisit, at: string): Response | null {
  return visit.attempt.state.at === at ? null : visit.redirect(pageOf(visit.attempt.state) ?? '/sign-in');
}
