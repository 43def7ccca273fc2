import { chooseLanguage } from '#flows/account.ts';
import { ownPath } from '#http/return-to.ts';
import { isLang } from '#words/index.ts';
import type { Visit } from '../visit.ts';

/** The switch at the foot of every page: kept in this browser, and, for somebody signed in, with the account. */
export async function setLanguage(visit: Visit): Promise<Response> {
  const form = await visit.form();
  if (form instanceof Response) return form;
  const chosen = form.get('language');
  if (!isLang(chosen)) return visit.problem({ refusal: 'input-malformed' });
  if (visit.who) await chooseLanguage(visit.deps, visit.who.session.account, chosen);
  // An article has its language in its address: the switch leads to the same one in the other language.
  const to = ownPath(form.get('return-to')).replace(/^((?:\/sign-in)?\/help\/)[a-z]{2}\//, `$1${chosen}/`);
  return visit.setLanguage(chosen, to);
}
