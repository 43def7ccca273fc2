import type { Refused } from '#core/refusal.ts';
import type { SignedInVisit } from '../route.ts';

/** Refusals that have the same answer on every page: signed out meanwhile, or not fresh any more. */
export function asEverywhere(visit: SignedInVisit, refused: Refused): Promise<Response> | Response | null {
  if (refused.refusal === 'session-required') return visit.toSignIn('session-required');
  return refused.refusal === 'fresh-proof-required' ? visit.askAgain() : null;
}
