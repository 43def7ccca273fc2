import { dayOf } from './deadline.ts';

/** So many different days are needed before anything is said about a habit. */
const ENOUGH_DAYS = 3;

/**
 * Whether the person, by their own habit, will not be back before the last day is over. Somebody who opens a payslip
 * once a month skips every later prompt with a single "later", and should hear it while there is time.
 */
export function isLastChance(
  signIns: readonly Temporal.Instant[],
  lastDay: Temporal.PlainDate | null,
  timeZone: string,
  now: Temporal.Instant,
): boolean {
  const gap = usualGapInDays(signIns, timeZone);
  if (gap === null || lastDay === null) return false;
  return Temporal.PlainDate.compare(dayOf(now, timeZone).add({ days: gap }), lastDay) > 0;
}

/** The median of the gaps between days with a sign-in; null while too few are known. Several on one day are one visit. */
export function usualGapInDays(signIns: readonly Temporal.Instant[], timeZone: string): number | null {
  const days = signIns
    .map((at) => dayOf(at, timeZone))
    .sort((one, other) => Temporal.PlainDate.compare(one, other))
    .filter((day, index, sorted) => !sorted[index - 1]?.equals(day));
  if (days.length < ENOUGH_DAYS) return null;
  const gaps = days.slice(1).map((day, index) => days[index]?.until(day, { largestUnit: 'days' }).days ?? 0);
  return gaps.sort((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? null;
}
