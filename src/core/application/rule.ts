import { atLeast, type Evidence, fresh, type Level, reached, type AssurancePolicy } from '../assurance.ts';
import { admit } from './admit.ts';
import { type ApplicationFacts, type Belonging, NOTHING_ASKED } from './policy.ts';
import { readingsOf } from './readings.ts';

/** One line of an application's rules, together with the application it stands in. */
export type Rule = {
  application: ApplicationFacts & { name: string };
  /** In lower case, with a port where it is not the usual one. */
  host: string;
  /** In lower case, without a slash at the end but for `/` itself. */
  path: string;
  access: 'public' | 'signed-in' | 'two-steps';
  groups: readonly string[];
};

/** All rules, by host: what stands on one path together, the longest path first. */
export type Rulebook = ReadonlyMap<string, readonly { path: string; rules: readonly Rule[] }[]>;

/** What a place asks of whoever comes. */
export type Asks =
  | { entry: 'open' }
  | { entry: 'closed'; because: 'application-disabled' | 'not-for-you' }
  | { entry: 'to-prove'; level: Level; freshWithinSeconds: number | null };

/** A proof that is demanded again and again would let nobody work: no rule asks for a younger one than this. */
const FRESHEST_SECONDS = 60;

export function rulebook(rules: readonly Rule[]): Rulebook {
  const book = new Map<string, { path: string; rules: Rule[] }[]>();
  for (const rule of rules) {
    const host = rule.host.toLowerCase();
    const path = rule.path.toLowerCase().replace(/\/+$/, '') || '/';
    const places = book.get(host) ?? [];
    book.set(host, places);
    const place = places.find((one) => one.path === path) ?? { path, rules: [] };
    if (place.rules.length === 0) places.push(place);
    place.rules.push({ ...rule, host, path });
  }
  for (const places of book.values()) places.sort((one, other) => other.path.length - one.path.length);
  return book;
}

/**
 * The rules that decide about this place, all of which have to be met; empty: no rule, no way in. For one reading of the
 * path those with the longest path that fits (two applications may both have it), and then always the same list.
 */
export function rulesFor(book: Rulebook, host: string, path: string): readonly Rule[] {
  const places = book.get(host);
  const readings = places && readingsOf(path);
  if (!readings) return NONE;
  const deciding = new Set<readonly Rule[]>();
  for (const reading of readings) {
    const longest = places.find((place) => covers(place.path, reading));
    if (!longest) return NONE;
    if (readings.length === 1) return longest.rules;
    deciding.add(longest.rules);
  }
  return [...deciding].flat();
}

const NONE: readonly Rule[] = [];

/** What these rules ask of a person who belongs there; null stands for somebody who is nobody yet. */
export function asksOf(rules: readonly Rule[], belongings: readonly Belonging[] | null): Asks {
  let level: Level = 'aal1';
  let freshWithinSeconds: number | null = null;
  for (const rule of rules) {
    if (rule.application.status !== 'active') return { entry: 'closed', because: 'application-disabled' };
    const asked = {
      ...NOTHING_ASKED,
      level: rule.access === 'two-steps' ? 'aal2' : 'aal1',
      freshWithinSeconds,
    } as const;
    if (rule.access === 'public' || belongings === null) continue;
    const admission = admit(rule.application, belongings, asked);
    const policy = { ...rule.application.policy, groups: rule.groups };
    const among = admit({ ...rule.application, policy }, belongings, NOTHING_ASKED);
    if (!admission.admitted) return { entry: 'closed', because: admission.because };
    if (!among.admitted) return { entry: 'closed', because: among.because };
    if (!atLeast(level, admission.level)) level = admission.level;
    ({ freshWithinSeconds } = admission);
  }
  if (rules.length === 0) return { entry: 'closed', because: 'not-for-you' };
  if (rules.every((rule) => rule.access === 'public')) return { entry: 'open' };
  return { entry: 'to-prove', level, freshWithinSeconds: clamped(freshWithinSeconds) };
}

type Demand = { level: Level; freshWithinSeconds: number | null };

/**
 * The level that has to be proved. Fresh means: as strongly as the account can, for a password stays good as long as the
 * session where a second step is renewed.
 */
export function levelToProve({ level, freshWithinSeconds }: Demand, hasSecondStep: boolean): Level {
  return freshWithinSeconds !== null && hasSecondStep && !atLeast(level, 'aal2') ? 'aal2' : level;
}

/**
 * Until when this evidence meets what is asked, given that nothing else changes: `never` when it does not now, null for
 * as long as the session lives.
 */
export function provedUntil(
  demand: Demand,
  evidence: readonly Evidence[],
  policy: AssurancePolicy,
  now: Temporal.Instant,
  hasSecondStep: boolean,
): Temporal.Instant | 'never' | null {
  const level = levelToProve(demand, hasSecondStep);
  if (!atLeast(reached(evidence, policy), level)) return 'never';
  if (demand.freshWithinSeconds === null) return null;
  const within = Temporal.Duration.from({ seconds: demand.freshWithinSeconds });
  const holdsAt = (at: Temporal.Instant) => atLeast(reached(fresh(evidence, within, at, hasSecondStep), policy), level);
  if (!holdsAt(now)) return 'never';
  // A set of proofs only loses members as time goes by, each at its own moment.
  const ends = evidence.map((one) => one.at.add(within)).filter(holdsAt);
  return ends.sort(Temporal.Instant.compare).at(-1) ?? 'never';
}

/** `/reports` covers itself and what lies below it, and not `/reports-of-others`. */
function covers(rule: string, path: string): boolean {
  return rule === '/' || path === rule || path.startsWith(`${rule}/`);
}

function clamped(seconds: number | null): number | null {
  return seconds === null ? null : Math.max(seconds, FRESHEST_SECONDS);
}
