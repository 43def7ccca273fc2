import { FIELDS } from './fields.ts';

/** At most `limit` within any stretch of time as long as `within`. */
export type Window = { limit: number; within: Temporal.Duration };

/** Whether, beyond the windows, every further try has to wait longer than the one before it. */
export type Spacing = 'none' | 'growing';

export type Charged =
  /** Paid for. `history` is what to remember from now on. */
  | { allowed: true; history: Temporal.Instant[] }
  /** Not to be evaluated, and not written down either: waiting in front of a closed door costs nothing. */
  | { allowed: false; retryAt: Temporal.Instant };

/**
 * Pays for one try before it is looked at. The windows slide: whoever knows when a period starts gains nothing from it
 * (P tries at its end, P at the beginning of the next).
 */
export function charge(
  history: readonly Temporal.Instant[],
  windows: readonly Window[],
  now: Temporal.Instant,
  spacing: Spacing = 'none',
): Charged {
  const known = relevant(history, windows, now);
  const waits = windows.map((window) => opensAgain(known, window, now));
  if (spacing === 'growing') waits.push(spacedFrom(known));
  const latest = latestOf(waits.filter((at) => at !== null));
  if (latest && Temporal.Instant.compare(latest, now) > 0) return { allowed: false, retryAt: latest };
  return { allowed: true, history: [...known, now] };
}

/**
 * A right answer gives back what it paid, and nothing else. Wrong ones stay charged until their windows have passed:
 * otherwise somebody who guesses would get a fresh budget each time the owner signs in.
 */
export function refund(history: readonly Temporal.Instant[], chargedAt: Temporal.Instant): Temporal.Instant[] {
  // By milliseconds: the store keeps no finer ones.
  const own = history.findLastIndex((at) => at.epochMilliseconds === chargedAt.epochMilliseconds);
  return history.filter((_, index) => index !== own);
}

/**
 * The charges that some window still counts, oldest first. One from the future was written by a clock that has been
 * set back since; it counts as made now, so that setting back neither opens a window nor closes it for a year.
 */
function relevant(
  history: readonly Temporal.Instant[],
  windows: readonly Window[],
  now: Temporal.Instant,
): Temporal.Instant[] {
  const longest = windows.reduce<Temporal.Duration | null>(
    (one, { within }) => (one && Temporal.Duration.compare(one, within) >= 0 ? one : within),
    null,
  );
  if (!longest) return [];
  return history
    .map((at) => (Temporal.Instant.compare(at, now) > 0 ? now : at))
    .filter((at) => Temporal.Instant.compare(at.add(longest), now) > 0)
    .sort((one, other) => Temporal.Instant.compare(one, other));
}

/** When the oldest of the `limit` newest charges leaves the window; null while there are fewer. */
function opensAgain(known: readonly Temporal.Instant[], window: Window, now: Temporal.Instant) {
  if (window.limit === 0) return now.add(window.within);
  return known.at(-window.limit)?.add(window.within) ?? null;
}

/** Waits of 30 s, 1 min, 2 min … at most 1 h after the tenth (NIST SP 800-63B-4 §3.2.2 suggests these ends). */
function spacedFrom(known: readonly Temporal.Instant[]): Temporal.Instant | null {
  const beyond = known.length - FIELDS.passwordDelayAfter.default;
  if (beyond < 0) return null;
  const longest = FIELDS.passwordDelayLongest.default.total('seconds');
  const seconds = Math.min(FIELDS.passwordDelayFirst.default.total('seconds') * 2 ** beyond, longest);
  return known.at(-1)?.add({ seconds }) ?? null;
}

function latestOf(instants: readonly Temporal.Instant[]): Temporal.Instant | null {
  return instants.reduce<Temporal.Instant | null>(
    (one, other) => (one && Temporal.Instant.compare(one, other) >= 0 ? one : other),
    null,
  );
}
