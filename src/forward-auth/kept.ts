import { asksOf, type Rule } from '#core/application/rule.ts';
import { goodUntil } from '#flows/forward-auth.ts';
import { type Presence, presenceOf } from '#flows/presence.ts';
import type { ForwardLookUp } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import type { DoorAnswer } from '#http/door.ts';
import { identity, NOBODY } from './identity.ts';

/** What one session may do under some rules, and until when that is so. */
export type Verdict =
  | { is: 'in'; answer: DoorAnswer; untilMs: number }
  | { is: 'closed' }
  /** Signed in, and more is asked. */
  | { is: 'to-prove' };

/** Of one session: under which stamps it was found out, for how long it is good, and what followed from it so far. */
type Kept = {
  ownStamp: number | null;
  commonStamp: number | null;
  fromMs: number;
  untilMs: number;
  idleMs: number;
  presence: Presence | null;
  /** By list of rules: the same place has always the same one. */
  verdicts: Map<readonly Rule[], Verdict>;
};

/** Sessions whose verdicts are kept; the one that was found out about first goes first. */
const MOST_KEPT = 20_000;
const MOST_PLACES = 100;

/**
 * Verdicts are kept under the values of the row that every request reads: a changed stamp, another session or a passed
 * moment, and they are made anew. Nothing has to tell anybody, also not between processes.
 */
export function keptVerdicts(read: Reader, clock: { now(): Temporal.Instant }) {
  const kept = new Map<string, Kept>();

  async function keptFor(row: ForwardLookUp, nowMs: number): Promise<Kept> {
    const found = kept.get(row.session);
    const isTrue =
      found !== undefined &&
      found.ownStamp === row.ownStamp &&
      found.commonStamp === row.commonStamp &&
      nowMs >= found.fromMs &&
      nowMs < found.untilMs;
    if (isTrue) return found;
    // Read after the stamps: what changes meanwhile raises them, and this is thrown away at the next request.
    const now = clock.now();
    const { presence, until } = await presenceOf(read, row.session, now);
    const fresh: Kept = {
      ownStamp: row.ownStamp,
      commonStamp: row.commonStamp,
      fromMs: now.epochMilliseconds,
      untilMs: until.epochMilliseconds,
      idleMs: presence?.idle.total('milliseconds') ?? 0,
      presence,
      verdicts: new Map(),
    };
    kept.delete(row.session);
    const [oldest] = kept.size >= MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(row.session, fresh);
    return fresh;
  }

  return {
    /** Null: this is nobody, for instance because nothing was done for too long. */
    async verdict(row: ForwardLookUp, rules: readonly Rule[], nowMs: number): Promise<Verdict | null> {
      const own = await keptFor(row, nowMs);
      const { presence } = own;
      if (!presence || nowMs >= row.expiresMs || nowMs >= row.lastSeenMs + own.idleMs) return null;
      const known = own.verdicts.get(rules);
      if (known && !(known.is === 'in' && nowMs > known.untilMs)) return known;
      const verdict = judge(presence, rules, nowMs);
      // Paths with several readings make a list of their own each time.
      if (own.verdicts.size >= MOST_PLACES) own.verdicts.clear();
      own.verdicts.set(rules, verdict);
      return verdict;
    },
  };
}

function judge(presence: Presence, rules: readonly Rule[], nowMs: number): Verdict {
  const asks = asksOf(rules, presence.belongings);
  if (asks.entry === 'closed') return { is: 'closed' };
  const always = { is: 'in', answer: identity(presence, rules), untilMs: Number.MAX_SAFE_INTEGER } as const;
  if (asks.entry === 'open') return isForOthers(rules, presence) ? { ...always, answer: NOBODY } : always;
  const until = goodUntil(asks, presence, Temporal.Instant.fromEpochMilliseconds(nowMs));
  if (until === 'never') return { is: 'to-prove' };
  return until ? { ...always, untilMs: until.epochMilliseconds } : always;
}

/** Open to everybody is no reason to tell an application about somebody it is not for. */
function isForOthers(rules: readonly Rule[], { belongings }: Presence): boolean {
  const closed = rules.map((rule): Rule => ({ ...rule, access: 'signed-in' }));
  return asksOf(closed, belongings).entry === 'closed';
}
