/**
 * When a message is tried again after its n-th failed try; null: no more. Mail is tried for about two days. A code is
 * tried within the minute after which the person may ask for another one: an old code that arrives then only confuses.
 */
export function nextTry(carriesCode: boolean, tries: number): Temporal.Duration | null {
  const seconds = (carriesCode ? CODE_DELAYS_S : MAIL_DELAYS_S)[tries - 1];
  return seconds === undefined ? null : Temporal.Duration.from({ seconds });
}

const MINUTE_S = 60;
const HOUR_S = 3600;
const MAIL_DELAYS_S = [30, 2 * MINUTE_S, 10 * MINUTE_S, HOUR_S, 6 * HOUR_S, 12 * HOUR_S, 24 * HOUR_S];
const CODE_DELAYS_S = [5, 15, 30];
