import type { Advanced } from '#flows/advance.ts';
import type { Visit } from '../visit.ts';
import { pageOf } from './where.ts';

/** Where a step leads: its page, the place the person was going to, or the beginning with a word on why. */
export function proceed(visit: Visit, advanced: Advanced, goingTo: string): Response {
  const page = pageOf(advanced.state);
  if (page) return visit.redirect(page, advanced.keep);
  if (advanced.state?.at === 'complete') return visit.redirect(goingTo, advanced.keep);
  const notice = advanced.refused?.refusal ?? 'attempt-expired';
  return visit.redirect(`/sign-in?notice=${notice}`, { ...advanced.keep, attempt: null });
}
