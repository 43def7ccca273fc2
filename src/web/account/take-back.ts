import { takeBackConsent } from '#flows/consent.ts';
import type { SignedInVisit } from '../route.ts';
import { accountPage } from './account.page.tsx';
import { asEverywhere } from './changed.ts';
import { accountView } from './view.ts';

/** What one application may know, named by the form. It takes away and gives nothing: no fresh proof for it. */
export async function takeBack(visit: SignedInVisit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const { refused } = await takeBackConsent(visit.deps, visit.browser, visit.who, form.get('application'));
  if (!refused) return visit.redirect('/account?done=application');
  const elsewhere = asEverywhere(visit, refused);
  return elsewhere ?? visit.page(accountPage, await accountView(visit, { section: 'applications', refused }), refused);
}
