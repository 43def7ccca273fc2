import type { Clock } from '#flows/deps.ts';

/** A clock that can be moved. Policies, sessions and campaigns see `now`; real phones agree with `wall`. */
export type DemoClock = Clock & {
  /** How far `now` is ahead of the wall. */
  offset(): Temporal.Duration;
  /** Null when it was moved, or why not. */
  move(by: Move): ClockRefusal | null;
};

export type Move =
  /** A calendar duration, counted in UTC: a day is 24 hours, a month is a month. */
  | { advance: Temporal.Duration }
  | { at: Temporal.Instant }
  /** Back to the real time. */
  | { real: true };

export type ClockRefusal = 'malformed' | 'not-a-duration' | 'not-an-instant' | 'before-real-time' | 'too-far';

const FURTHEST_YEARS = 10;

/** `kept`: the offset in milliseconds that earlier runs over the same data ended with; `keep` remembers the new one. */
export function createDemoClock(options: {
  wall?: () => Temporal.Instant;
  kept?: number;
  keep?: (milliseconds: number) => void;
}): DemoClock {
  const { wall = () => Temporal.Now.instant(), kept = 0, keep } = options;
  let ahead = kept;
  const now = () => wall().add({ milliseconds: ahead });

  return {
    now,
    wall,
    livedMs: () => now().epochMilliseconds,
    offset: () => Temporal.Duration.from({ milliseconds: ahead }).round({ largestUnit: 'days' }),
    move(by) {
      const real = wall();
      const target = 'real' in by ? real : 'at' in by ? by.at : later(real.add({ milliseconds: ahead }), by.advance);
      if (!target || isAfter(target, furthest(real))) return 'too-far';
      // Everybody's story begins with the start: before it there is nothing to see, and what is signed then is odd.
      if (isAfter(real, target)) return 'before-real-time';
      ahead = target.epochMilliseconds - real.epochMilliseconds;
      keep?.(ahead);
      return null;
    },
  };
}

/** Reads what a script or a form asks for: exactly one of `advance`, `at` and `real`. */
export function readMove(asked: unknown): Move | ClockRefusal {
  if (typeof asked !== 'object' || asked === null) return 'malformed';
  const entries: [string, unknown][] = Object.entries(asked);
  const [entry] = entries;
  if (!entry || entries.length > 1) return 'malformed';
  const [name, value] = entry;
  if (name === 'real' && (value === true || value === 'yes')) return { real: true };
  if (typeof value !== 'string') return 'malformed';
  if (name === 'advance') return read(() => ({ advance: Temporal.Duration.from(value) }), 'not-a-duration');
  if (name === 'at') return read(() => ({ at: Temporal.Instant.from(value) }), 'not-an-instant');
  return 'malformed';
}

function read(make: () => Move, refusal: ClockRefusal): Move | ClockRefusal {
  try {
    return make();
  } catch (fault) {
    if (fault instanceof RangeError) return refusal;
    throw fault;
  }
}

/** Null beyond the end of all calendars. */
function later(at: Temporal.Instant, by: Temporal.Duration): Temporal.Instant | null {
  try {
    return at.toZonedDateTimeISO('UTC').add(by).toInstant();
  } catch (fault) {
    if (fault instanceof RangeError) return null;
    throw fault;
  }
}

function furthest(real: Temporal.Instant): Temporal.Instant {
  return real.toZonedDateTimeISO('UTC').add({ years: FURTHEST_YEARS }).toInstant();
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}
