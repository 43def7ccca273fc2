import { CATALOGUES, type Lang } from './catalogue.ts';
import type { Translate } from './translate.ts';

type Day = Temporal.Instant | Temporal.PlainDate;

/** How moments and numbers are said in a language, in the time zone of the person or the organisation. */
export function moments(lang: Lang, timeZone: string, t: Translate) {
  const { locale } = CATALOGUES[lang];
  const day = (options: Intl.DateTimeFormatOptions) => (at: Day) =>
    formatter(locale, at instanceof Temporal.Instant ? { ...options, timeZone } : options).format(at);

  const weekday = day({ weekday: 'long' });
  const shortDate = day({ dateStyle: 'long' });
  const date = (at: Day) => t('common.full-date', { weekday: weekday(at), date: shortDate(at) });
  const time = (at: Temporal.Instant) =>
    formatter(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);

  return {
    /** "Tuesday 30 June 2026" */
    date,
    /** "30 June 2026" */
    shortDate,
    /** "14:20" */
    time,
    /** "30 June 2026, 14:20" */
    instant: (at: Temporal.Instant) => `${shortDate(at)}, ${time(at)}`,
    /** The last day on which something is still there that is gone at `deadline`: people think in days. */
    dayUntil: (deadline: Temporal.Instant) => date(deadline.subtract({ milliseconds: 1 })),
    /** "5 minutes ago"; after a month the date, which says more. */
    ago: (at: Temporal.Instant, now: Temporal.Instant) => ago(at, now, locale, t) ?? shortDate(at),
    /** "12 seconds", "4 minutes": rounded up, so that waiting as long as it says is always enough. */
    wait: (duration: Temporal.Duration) => wait(duration.total('seconds'), t),
    number: (n: number) => new Intl.NumberFormat(locale).format(n),
  };
}

// Making a formatter costs more than using it; a few dozen exist in the life of a server.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = JSON.stringify([locale, options]);
  const known = formatters.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formatters.set(name, known);
  return known;
}

function ago(at: Temporal.Instant, now: Temporal.Instant, locale: string, t: Translate): string | null {
  const seconds = now.since(at).total('seconds');
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  if (seconds < 60) return t('common.just-now');
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour');
  if (seconds < 30 * 86_400) return relative.format(-Math.floor(seconds / 86_400), 'day');
  return null;
}

function wait(seconds: number, t: Translate): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return t('common.wait-seconds', { count: whole });
  if (whole < 3600) return t('common.wait-minutes', { count: Math.ceil(whole / 60) });
  if (whole < 86_400) return t('common.wait-hours', { count: Math.ceil(whole / 3600) });
  return t('common.wait-days', { count: Math.ceil(whole / 86_400) });
}
