import { setTimeout as delay } from 'node:timers/promises';

/** Does something and is done with it no earlier than a while after it began. */
export type Evenly = <T>(work: () => Promise<T>) => Promise<T>;

/** Longer than a mail takes to queue on a busy evening, and short enough for whoever waits for the page. */
export const EVEN_MS = 300;

/**
 * For doors that do more for a name that somebody has than for one that nobody has: the answer comes at the same moment
 * after the question, so that a clock does not tell strangers who is here (P-21).
 */
export function evenly(leastMs: number): Evenly {
  return async (work) => {
    const [done] = await Promise.all([work(), delay(leastMs)]);
    return done;
  };
}
