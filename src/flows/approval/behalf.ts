import type { Attempt } from '#store/rows.ts';
import type { Browser } from '../advance.ts';
import type { Origin } from '../deps.ts';

/**
 * A phone acts in an attempt that another browser holds. It may while that attempt is alive, and, where a session is being
 * raised, while that session is.
 */
export function onBehalf(attempt: Attempt, origin: Origin): Browser {
  return { origin, deviceToken: null, session: attempt.session };
}
