import { askForAnyPasskey, signInWithPasskey } from '#flows/passkey/sign-in.ts';
import { askForOwnPasskey, verifyPasskey } from '#flows/passkey/verify.ts';
import { newToken } from '#flows/token.ts';
import { returnTo } from '#http/return-to.ts';
import { open, pending, type PendingVisit, type Route } from '../route.ts';
import { COOKIE, type Visit } from '../visit.ts';
import { noteLastUsed } from './last-used.ts';
import { proceed } from './proceed.ts';
import { emptySignIn } from './sign-in-view.ts';
import { signInPage } from './sign-in.page.tsx';
import { verifyPage } from './verify.page.tsx';
import { verifyView } from './views.ts';

export const passkeyRoutes: Route[] = [
  open('POST', '/sign-in/passkey/options', ask),
  open('POST', '/sign-in/passkey', signIn),
  pending('POST', '/sign-in/verify/passkey/options', async (visit) =>
    visit.json(await askForOwnPasskey(visit.deps, visit.attempt)),
  ),
  pending('POST', '/sign-in/verify/passkey', verify),
];

/** Whoever asks is nobody yet; a cookie of its own says that the answer comes from the same browser. */
async function ask(visit: Visit): Promise<Response> {
  const known = visit.cookie(COOKIE.passkey);
  const token = known ?? newToken().token.reveal();
  const response = visit.json(await askForAnyPasskey(visit.deps, token));
  if (!known) {
    const line = visit.site.cookies.write(COOKIE.passkey, token, { sameSite: 'Strict' });
    response.headers.append('set-cookie', line);
  }
  return response;
}

async function signIn(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const goingTo = returnTo(form.get('return-to'));
  const typed = form.get('address');
  const errand = await visit.errand(goingTo);
  const levelFor = errand && { levelFor: errand.levelFor };
  const input = { answer: form.get('credential'), typed, returnTo: goingTo, ...levelFor };
  const advanced = await signInWithPasskey(visit.deps, visit.browser, visit.cookie(COOKIE.passkey), input);
  if (advanced.state === null || advanced.state.at === 'refused') {
    const refused = advanced.refused ?? { refusal: 'passkey-refused' };
    const view = { ...(await emptySignIn(visit, goingTo)), address: typed.slice(0, 320) };
    return visit.page(signInPage, { ...view, passkeyError: visit.says(refused) }, refused);
  }
  return noteLastUsed(visit, proceed(visit, advanced, goingTo), advanced, 'passkey');
}

async function verify(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const remember = form.get('remember') === 'yes';
  const input = { answer: form.get('credential'), remember };
  const advanced = await verifyPasskey(visit.deps, visit.browser, visit.attempt, input);
  if (advanced.refused && advanced.state?.at === 'verifying') {
    const view = await verifyView(visit, 'passkey', advanced.refused, remember);
    return visit.page(verifyPage, view, advanced.refused);
  }
  return noteLastUsed(visit, proceed(visit, advanced, visit.attempt.returnTo), advanced, 'passkey');
}
