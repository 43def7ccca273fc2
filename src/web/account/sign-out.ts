import { signOut } from '#flows/account.ts';
import { cancelAttempt } from '#flows/sign-in.ts';
import { CLEAR_ON_SIGN_OUT } from '#http/headers.ts';
import type { Visit } from '../visit.ts';

/**
 * Out of whatever is open in this browser: a session, a sign-in that was begun, or both. It ends on the server first;
 * a cookie that somebody copied is worth nothing after it. Whoever is nobody already gets the same answer.
 */
export async function leave(visit: Visit): Promise<Response> {
  const { deps, browser, who, attempt } = visit;
  if (attempt) await cancelAttempt(deps, browser, attempt);
  if (who) await signOut(deps, browser, who);
  const response = visit.redirect('/sign-in?notice=signed-out', { session: null, attempt: null });
  for (const [name, value] of Object.entries(CLEAR_ON_SIGN_OUT)) response.headers.set(name, value);
  return response;
}
