export type Kind = 'mail' | 'code' | 'push';

/**
 * When a message is tried again after its n-th failed try; null: no more. Mail is tried for about two days. A code is
 * tried within the minute after which the person may ask for another one: an old code that arrives then only confuses. A
 * notification is of use for a minute in all.
 */
export function nextTry(kind: Kind, tries: number): Temporal.Duration | null {
  const seconds = DELAYS_S[kind][tries - 1];
  return seconds === undefined ? null : Temporal.Duration.from({ seconds });
}

const MINUTE_S = 60;
const HOUR_S = 3600;
const DELAYS_S: Record<Kind, readonly number[]> = {
  mail: [30, 2 * MINUTE_S, 10 * MINUTE_S, HOUR_S, 6 * HOUR_S, 12 * HOUR_S, 24 * HOUR_S],
  code: [5, 15, 30],
  push: [2, 5, 15],
};
