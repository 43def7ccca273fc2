/**
 * Time that nobody can turn back. A wall clock may be wrong, and be set right; what has expired must stay expired, and
 * what has to wait must wait. Three numbers come of every reading, see decision 53:
 *
 * - `nowMs`, what policies see. It follows a clock that is set forward, for that ends things early and opens nothing. A
 *   clock that is set back it does not follow.
 * - `lineMs`, what the time would be without the jumps. A wall that comes back to it was wrong before.
 * - `livedMs`, how long the server has been up. No clock on a wall changes it.
 */
export type SteadyTime = {
  nowMs: number;
  lineMs: number;
  livedMs: number;
  /** When this was read, on a clock that only counts. */
  readAtMs: number;
  /** The wall says something else than the line: by how much, and since when on the clock that counts. */
  doubt: { offsetMs: number; sinceMs: number } | null;
};

/** Two clocks of one machine, read together: the one that is set, and the one that only counts. */
export type Reading = { wallMs: number; countMs: number };

/** What of it outlives the process; all 0 in a new house. */
export type KeptTime = Pick<SteadyTime, 'nowMs' | 'lineMs' | 'livedMs'>;

/** Servers that agree within this agree: two of them on one database, and a clock before and after it was set. */
const AGREE_MS = 2 * 60_000;
/** Away for less than this (an upgrade, a restart of the machine) counts as up. */
const HARDLY_AWAY_MS = 5 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** What the wall has said for so long is believed, also when it is less than before. */
const BELIEVED_AFTER_MS = DAY_MS;

/** Goes on where the last process ended. */
export function beginTime(kept: KeptTime, { wallMs, countMs }: Reading): SteadyTime {
  const lineMs = kept.lineMs || wallMs;
  const awayMs = wallMs - lineMs;
  const livedMs = kept.livedMs + (awayMs > 0 && awayMs <= HARDLY_AWAY_MS ? awayMs : 0);
  const last: SteadyTime = { nowMs: kept.nowMs || wallMs, lineMs, livedMs, readAtMs: countMs, doubt: null };
  return pass(last, { wallMs, countMs });
}

/** What the time is after another reading. */
export function pass(time: SteadyTime, { wallMs, countMs }: Reading): SteadyTime {
  const passedMs = Math.max(0, countMs - time.readAtMs);
  const livedMs = time.livedMs + passedMs;
  const { lineMs, doubt } = lineAfter(time, passedMs, { wallMs, countMs });
  const rightMs = Math.max(wallMs, lineMs);
  return { nowMs: nowAfter(time, passedMs, rightMs), lineMs, livedMs, readAtMs: countMs, doubt };
}

/** The time to go back to, once whatever a clock had wrongly ended is ended in truth; null where there is nothing wrong. */
export function overshot({ nowMs, lineMs }: SteadyTime, { wallMs }: Pick<Reading, 'wallMs'>): number | null {
  const rightMs = Math.max(wallMs, lineMs);
  return nowMs - rightMs > AGREE_MS ? rightMs : null;
}

export function goBack(time: SteadyTime, toMs: number): SteadyTime {
  return { ...time, nowMs: toMs };
}

/** Several processes share one time, the latest; one whose clock is far off is not followed. */
export function agreeWith(time: SteadyTime, othersMs: number): SteadyTime {
  const isNear = othersMs - time.nowMs <= AGREE_MS;
  return isNear && othersMs > time.nowMs ? { ...time, nowMs: othersMs } : time;
}

/** Nothing is deleted for being old while the wall is more than a day ahead and that is not believed yet. */
export function mayDelete({ doubt }: SteadyTime): boolean {
  return doubt === null || doubt.offsetMs <= DAY_MS;
}

function lineAfter(
  time: SteadyTime,
  passedMs: number,
  { wallMs, countMs }: Reading,
): Pick<SteadyTime, 'lineMs' | 'doubt'> {
  const lineMs = time.lineMs + passedMs;
  const offsetMs = wallMs - lineMs;
  // A little behind: at half the pace until the wall has caught up. It neither stands still nor goes back.
  if (Math.abs(offsetMs) <= AGREE_MS) return { lineMs: lineMs + Math.max(offsetMs, -passedMs / 2), doubt: null };
  const isSame = time.doubt !== null && Math.abs(time.doubt.offsetMs - offsetMs) <= AGREE_MS;
  const doubt = isSame && time.doubt ? time.doubt : { offsetMs, sinceMs: countMs };
  if (countMs - doubt.sinceMs >= BELIEVED_AFTER_MS) return { lineMs: wallMs, doubt: null };
  return { lineMs, doubt };
}

function nowAfter({ nowMs }: SteadyTime, passedMs: number, rightMs: number): number {
  const aheadMs = nowMs + passedMs - rightMs;
  if (aheadMs <= 0) return rightMs;
  // Far ahead it goes on as it is, until somebody has ended what it had ended (`overshot`).
  return nowMs + (aheadMs <= AGREE_MS ? passedMs / 2 : passedMs);
}
