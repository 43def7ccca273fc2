import type { Course } from '#core/enrolment/state.ts';
import type { Demand } from '#core/sign-in/state.ts';
import { stepUp } from '#flows/session.ts';
import { hasMoreThanText } from '#flows/world.ts';
import { returnTo } from '#http/return-to.ts';
import type { SignedInVisit } from '../route.ts';
import { proceed } from '../sign-in/routes.ts';
import { factsOf } from './view.ts';

/**
 * Opens the wizard. The first second step asks for the password again, however fresh the session is: whoever finds an
 * open screen could otherwise bind their own phone.
 */
export async function openWizard(visit: SignedInVisit, course: Course): Promise<Response> {
  const { enrolment } = await factsOf(visit);
  // Set up meanwhile, in another tab or on a page from before.
  if (course === 'first' && enrolment !== 'none') return visit.redirect('/account');
  const isFirst = enrolment === 'none';
  const demand: Demand = {
    entrance: 'step-up',
    level: isFirst ? 'aal1' : 'aal2',
    course: isFirst ? 'first' : course,
  };
  return begin(visit, { demand, returnTo: '/account', startOver: isFirst });
}

/** A proof that is younger than five minutes, for the page that asked for it. */
export async function confirm(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const { enrolment, authenticators } = await factsOf(visit);
  const demand: Demand = {
    entrance: 'step-up',
    level: enrolment === 'none' ? 'aal1' : 'aal2',
    course: null,
    ...(hasMoreThanText(authenticators) && { withoutText: true as const }),
  };
  return begin(visit, { demand, returnTo: returnTo(form.get('return-to'), '/account'), startOver: false });
}

async function begin(visit: SignedInVisit, input: Parameters<typeof stepUp>[3]): Promise<Response> {
  const advanced = await stepUp(visit.deps, visit.browser, visit.who, input);
  return proceed(visit, advanced, input.returnTo);
}
