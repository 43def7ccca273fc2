import type { Window } from './throttle.ts';

/** Who may change a field for an organisation: nobody, in the stricter direction only, or either way within the range. */
export type ChangedBy = 'nobody' | 'stricter' | 'either';

/** One number or choice of the policy, with everything that may be said about it. */
export type Field<V> = {
  default: V;
  /** One sentence for people; the policy page, the help texts and the reference show it. */
  sentence: string;
  /** What `default` and `range` are counted in. */
  unit: string;
  range: string;
  organisation: ChangedBy;
  /** Which direction is strict, in words. */
  strict: string;
  /** The value that was meant, or a sentence that says what is wrong with it. */
  read(raw: unknown): { ok: true; value: V } | { ok: false; sentence: string };
  /** What holds where both apply. */
  stricter(one: V, other: V): V;
  show(value: V): string;
};

type About = { sentence: string; organisation?: ChangedBy };

/** A whole number. */
export function count(
  value: number,
  about: About & { unit: string; from: number; to: number; strict: 'less' | 'more' },
): Field<number> {
  return {
    ...said(about),
    default: value,
    unit: about.unit,
    range: `${about.from}–${about.to}`,
    strict: about.strict,
    read: (raw) =>
      typeof raw === 'number' && Number.isInteger(raw) && raw >= about.from && raw <= about.to
        ? { ok: true, value: raw }
        : { ok: false, sentence: `must be a whole number from ${about.from} to ${about.to}` },
    stricter: (one, other) => (about.strict === 'less' ? Math.min(one, other) : Math.max(one, other)),
    show: String,
  };
}

/** A length of time, written as in ISO 8601. */
export function duration(
  value: string,
  about: About & { from: string; to: string; strict: 'shorter' | 'longer' },
): Field<Temporal.Duration> {
  const [from, to] = [exact(about.from), exact(about.to)];
  const compare = (one: Temporal.Duration, other: Temporal.Duration) => Temporal.Duration.compare(one, other);
  return {
    ...said(about),
    default: exact(value),
    unit: 'time',
    range: `${inWords(from)} – ${inWords(to)}`,
    strict: about.strict,
    read(raw) {
      const meant = typeof raw === 'string' ? parsed(raw) : null;
      return meant && compare(meant, from) >= 0 && compare(meant, to) <= 0
        ? { ok: true, value: meant }
        : { ok: false, sentence: `must be a length of time from ${about.from} to ${about.to}, written like these` };
    },
    stricter: (one, other) => (compare(one, other) < 0 === (about.strict === 'shorter') ? one : other),
    show: inWords,
  };
}

/** One word out of a list that runs from lax to strict. */
export function choice<T extends string>(value: T, fromLaxToStrict: readonly T[], about: About): Field<T> {
  return {
    ...said(about),
    default: value,
    unit: 'choice',
    range: fromLaxToStrict.join(', '),
    strict: `${fromLaxToStrict.at(-1)}`,
    read(raw) {
      const meant = fromLaxToStrict.find((one) => one === raw);
      return meant === undefined
        ? { ok: false, sentence: `must be one of: ${fromLaxToStrict.join(', ')}` }
        : { ok: true, value: meant };
    },
    stricter: (one, other) => (fromLaxToStrict.indexOf(one) > fromLaxToStrict.indexOf(other) ? one : other),
    show: (shown) => shown,
  };
}

/** Yes or no. */
export function flag(value: boolean, about: About & { strict: boolean }): Field<boolean> {
  return {
    ...said(about),
    default: value,
    unit: 'yes or no',
    range: 'yes, no',
    strict: about.strict ? 'yes' : 'no',
    read: (raw) =>
      typeof raw === 'boolean' ? { ok: true, value: raw } : { ok: false, sentence: 'must be true or false' },
    stricter: (one, other) => (one === about.strict ? one : other),
    show: (shown) => (shown ? 'yes' : 'no'),
  };
}

/** A number that nobody changes. */
export function fixedCount(value: number, unit: string, sentence: string): Field<number> {
  return { ...fixed(sentence), default: value, unit, stricter: Math.min, show: String };
}

/** A length of time that nobody changes. */
export function fixedTime(value: string, sentence: string): Field<Temporal.Duration> {
  return { ...fixed(sentence), default: exact(value), unit: 'time', stricter: (one) => one, show: inWords };
}

/** Several windows at once, which nobody changes. Where two lists meet, every window of both holds. */
export function windows(value: readonly [limit: number, within: string][], sentence: string): Field<readonly Window[]> {
  const same = (one: Window, other: Window) =>
    one.limit === other.limit && Temporal.Duration.compare(one.within, other.within) === 0;
  return {
    ...fixed(sentence),
    default: value.map(([limit, within]) => ({ limit, within: exact(within) })),
    unit: 'times within a period',
    strict: 'all of them hold',
    stricter: (one, other) => [...one, ...other.filter((window) => !one.some((known) => same(known, window)))],
    show: (shown) => shown.map((window) => `${window.limit} in ${inWords(window.within)}`).join(', '),
  };
}

/** Distinct whole numbers of days, highest first. Where two lists meet, every day of both holds. */
export function days(value: readonly number[], about: About & { from: number; to: number }): Field<readonly number[]> {
  const ordered = (some: readonly number[]) => [...new Set(some)].sort((one, other) => other - one);
  const isDay = (raw: unknown): raw is number =>
    typeof raw === 'number' && Number.isInteger(raw) && raw >= about.from && raw <= about.to;
  return {
    ...said(about),
    default: ordered(value),
    unit: 'days',
    range: `a list of ${about.from}–${about.to}`,
    strict: 'all of them hold',
    read: (raw) =>
      Array.isArray(raw) && raw.every(isDay)
        ? { ok: true, value: ordered(raw) }
        : { ok: false, sentence: `must be a list of whole numbers from ${about.from} to ${about.to}` },
    stricter: (one, other) => ordered([...one, ...other]),
    show: (shown) => shown.join(', '),
  };
}

/** Some words out of a closed list. Where two lists meet, every word of both holds. */
export function some<T extends string>(
  value: readonly T[],
  words: readonly T[],
  about: About & { least: number },
): Field<readonly T[]> {
  const ordered = (chosen: readonly T[]) => words.filter((one) => chosen.includes(one));
  return {
    ...said(about),
    default: ordered(value),
    unit: 'list',
    range: `${about.least} or more of ${words.join(', ')}`,
    strict: 'all of them hold',
    read(raw) {
      const chosen = Array.isArray(raw) ? words.filter((one) => raw.includes(one)) : [];
      return Array.isArray(raw) && chosen.length === raw.length && chosen.length >= about.least
        ? { ok: true, value: chosen }
        : { ok: false, sentence: `must be a list of ${about.least} or more of: ${words.join(', ')}` };
    },
    stricter: (one, other) => ordered([...one, ...other]),
    show: (shown) => shown.join(', '),
  };
}

/** Countries by their ISO 3166 two letters. Where two lists meet, only what is on both. */
export function countries(value: readonly string[], about: About): Field<readonly string[]> {
  const isCountry = (raw: unknown): raw is string => typeof raw === 'string' && /^[A-Z]{2}$/.test(raw);
  return {
    ...said(about),
    default: value,
    unit: 'ISO 3166 codes',
    range: 'a list',
    strict: 'only what is on every list',
    read: (raw) =>
      Array.isArray(raw) && raw.every(isCountry)
        ? { ok: true, value: [...new Set(raw)].sort() }
        : { ok: false, sentence: 'must be a list of countries in two capital letters, like ["BE", "NL"]' },
    stricter: (one, other) => one.filter((country) => other.includes(country)),
    show: (shown) => shown.join(' '),
  };
}

/** Makes of authenticators by AAGUID, or any. Where two lists meet, only what is on both; that may be none at all. */
export function makes(about: About): Field<readonly string[] | 'any'> {
  const isMake = (raw: unknown): raw is string =>
    typeof raw === 'string' && /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(raw);
  return {
    ...said(about),
    default: 'any',
    unit: 'AAGUIDs',
    range: 'any, or a list',
    strict: 'only what is on both',
    read: (raw) =>
      raw === 'any' || (Array.isArray(raw) && raw.length > 0 && raw.every(isMake))
        ? { ok: true, value: raw === 'any' ? raw : [...new Set(raw)].sort() }
        : { ok: false, sentence: 'must be "any" or a list of AAGUIDs in lower case' },
    stricter: (one, other) =>
      one === 'any' ? other : other === 'any' ? one : one.filter((make) => other.includes(make)),
    show: (shown) => (shown === 'any' ? 'any' : shown.join(', ')),
  };
}

function said(about: About): { sentence: string; organisation: ChangedBy } {
  return { sentence: about.sentence, organisation: about.organisation ?? 'nobody' };
}

function fixed(sentence: string) {
  const read = () => ({ ok: false, sentence: 'cannot be changed' }) as const;
  return { sentence, range: 'fixed', organisation: 'nobody', strict: '', read } as const;
}

/** A day is 24 hours here, so that `instant.add` takes every duration of the policy as it is. */
function exact(iso: string): Temporal.Duration {
  return Temporal.Duration.from(iso).round({ largestUnit: 'hours' });
}

function parsed(raw: string): Temporal.Duration | null {
  try {
    return exact(raw);
  } catch {
    return null; // not a duration, or one in months, whose length depends on the month
  }
}

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;

/** In the largest unit that leaves no remainder: `30 days`, `90 minutes`. */
function inWords(length: Temporal.Duration): string {
  if (length.blank) return '0';
  const unit = UNITS.find((candidate) => Number.isInteger(length.total({ unit: candidate }))) ?? 'seconds';
  const amount = length.total({ unit });
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
