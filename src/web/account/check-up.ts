import type { Refused } from '#core/refusal.ts';
import { checkUpOf } from '#flows/check-up-due.ts';
import { checkUp, hasShown, skipCheckUp } from '#flows/check-up.ts';
import { signedIn, type Route, type SignedInVisit } from '../route.ts';
import { asEverywhere } from './changed.ts';
import { checkUpPage } from './check-up.page.tsx';
import { factsOf } from './view.ts';

/** Nothing here changes what opens the account, so a live session is enough. */
export const checkUpRoutes: Route[] = [
  signedIn('GET', '/account/check-up', (visit) => draw(visit, null)),
  signedIn('POST', '/account/check-up', check),
  signedIn('POST', '/account/check-up/skip', skip),
];

async function check(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const { refused, keep } = await checkUp(visit.deps, visit.browser, visit.who, form.get('locator'));
  if (!refused) return visit.redirect('/account?done=check-up', keep);
  return asEverywhere(visit, refused) ?? draw(visit, refused);
}

async function skip(visit: SignedInVisit): Promise<Response> {
  const { refused } = await skipCheckUp(visit.deps, visit.browser, visit.who);
  if (!refused) return visit.redirect('/');
  return asEverywhere(visit, refused) ?? draw(visit, refused);
}

async function draw(visit: SignedInVisit, refused: Refused | null): Promise<Response> {
  const facts = await factsOf(visit);
  // There is nothing to look for yet, or something is missing: the account page says what.
  if (facts.enrolment !== 'enrolled') return visit.redirect('/account');
  const verdict = await checkUpOf(visit.read, facts, visit.now);
  const view = {
    isShown: hasShown(visit.who, facts),
    skipsLeft: verdict.due ? verdict.skipsLeft : null,
    error: visit.says(refused),
    isPaperWrong: refused?.refusal === 'check-up-locator-wrong',
  };
  return visit.page(checkUpPage, view, refused);
}
