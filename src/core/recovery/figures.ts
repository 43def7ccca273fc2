import type { Recovery } from './state.ts';

export type Counted = { state: Recovery; openedAt: Temporal.Instant; endedAt: Temporal.Instant | null };

export type Figures = {
  open: number;
  oldest: Temporal.Duration | null;
  /** From asking to the moment at which the owner could go on: the one in the middle. */
  timeToHelp: Temporal.Duration | null;
  cancelledByOwner: number;
  /** One per day, oldest first: how many were open at its end, and how old the oldest of them was. */
  days: Day[];
};

export type Day = { at: Temporal.Instant; open: number; oldestHours: number };

const DAY_HOURS = 24;

/** What the desk has to do, and how well it does it. `cases` are read as of now: time may have ended some. */
export function figuresOf(cases: readonly Counted[], days: number, now: Temporal.Instant): Figures {
  const ages = cases.filter((one) => isOpenAt(one, now)).map(({ openedAt }) => now.since(openedAt));
  const helped = cases.flatMap(({ state, openedAt }) =>
    'approvals' in state ? [readyAtOf(state).since(openedAt)] : [],
  );
  return {
    open: ages.length,
    oldest: ages.sort(Temporal.Duration.compare).at(-1) ?? null,
    timeToHelp: helped.sort(Temporal.Duration.compare)[Math.floor(helped.length / 2)] ?? null,
    cancelledByOwner: cases.filter(({ state }) => state.at === 'cancelled' && state.by !== 'change').length,
    days: Array.from({ length: days }, (_, index) =>
      dayAt(cases, now.subtract({ hours: (days - 1 - index) * DAY_HOURS })),
    ),
  };
}

function dayAt(cases: readonly Counted[], at: Temporal.Instant): Day {
  const open = cases.filter((one) => isOpenAt(one, at));
  const hours = open.map(({ openedAt }) => at.since(openedAt).total('hours'));
  return { at, open: open.length, oldestHours: Math.max(0, ...hours) };
}

function isOpenAt({ openedAt, endedAt, state }: Counted, at: Temporal.Instant): boolean {
  if (Temporal.Instant.compare(openedAt, at) > 0) return false;
  if (endedAt) return Temporal.Instant.compare(endedAt, at) > 0;
  return state.at !== 'expired';
}

function readyAtOf(state: Recovery & { approvals: { at: Temporal.Instant }[] }): Temporal.Instant {
  if (state.at === 'waiting') return state.readyAt;
  return state.approvals.at(-1)?.at ?? state.facts.openedAt;
}
