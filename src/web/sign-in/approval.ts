import { claimApproval } from '#flows/approval/claim.ts';
import { requestApproval } from '#flows/approval/request.ts';
import { pending, type PendingVisit, type Route } from '../route.ts';
import { noteLastUsed } from './last-used.ts';
import { notifiedSentence } from './notified.ts';
import { proceed } from './proceed.ts';
import { verifyPage } from './verify.page.tsx';
import { verifyView } from './views.ts';
import { waitState } from './wait-state.ts';
import { pageOf } from './where.ts';

export const approvalRoutes: Route[] = [
  pending('POST', '/sign-in/verify/app', ask),
  pending('POST', '/sign-in/verify/app/done', done),
  pending('GET', '/sign-in/verify/app/state', async (visit) => {
    const approval = await visit.read.approvals.latest(visit.attempt.id);
    return visit.json({ state: waitState(approval, visit.now), says: notifiedSentence(approval, visit, 'sign-in') });
  }),
];

async function ask(visit: PendingVisit): Promise<Response> {
  const application = (await visit.errand(visit.attempt.returnTo))?.application.name ?? '';
  const advanced = await requestApproval(visit.deps, visit.browser, visit.attempt, application);
  if (advanced.refused && advanced.state?.at === 'verifying')
    return visit.page(verifyPage, await verifyView(visit, 'app', advanced.refused), advanced.refused);
  return pageOf(advanced.state) === '/sign-in/verify'
    ? visit.redirect('/sign-in/verify?with=app', advanced.keep)
    : proceed(visit, advanced, visit.attempt.returnTo);
}

async function done(visit: PendingVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const remember = form.get('remember') === 'yes';
  const advanced = await claimApproval(visit.deps, visit.browser, visit.attempt, { remember });
  if (advanced.refused && advanced.state?.at === 'verifying')
    return visit.page(verifyPage, await verifyView(visit, 'app', advanced.refused, remember), advanced.refused);
  return noteLastUsed(visit, proceed(visit, advanced, visit.attempt.returnTo), advanced, 'app');
}
