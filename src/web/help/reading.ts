import type { Refusal } from '#core/refusal.ts';
import { HELP_FOR_REFUSAL, isOrigin, ORIGINS, type OriginName } from '#src/help/about.ts';
import type { Lang } from '#words/index.ts';
import type { Visit } from '../visit.ts';

/** How somebody came to help: it goes along from article to article, so that the way back stays open. */
export type Reading = {
  /** In the middle of a sign-in the articles have an address of their own: there they are the organisation's. */
  at: '/help' | '/sign-in/help';
  /** The page that they come from, and what it refused. */
  from: OriginName | null;
  about: Refusal | null;
};

/** A sign-in under way is a stranger to every page that is not about it; see `visitOf`. */
export function readingOf({ url, level }: Visit): Reading {
  const from = url.searchParams.get('from') ?? '';
  const about = url.searchParams.get('about') ?? '';
  return {
    at: level === 'pending' ? '/sign-in/help' : '/help',
    from: isOrigin(from) ? from : null,
    about: isRefusal(about) ? about : null,
  };
}

export function isRefusal(text: string): text is Refusal {
  return Object.hasOwn(HELP_FOR_REFUSAL, text);
}

export function backFrom({ at, from }: Reading): string | null {
  const back = from && ORIGINS[from].back;
  // The one page that is in two places: within a sign-in, which knows the password already, and outside.
  return at === '/sign-in/help' && back === '/help/request' ? '/sign-in/recover' : back;
}

export function indexAddress(reading: Reading): string {
  return reading.at + queryOf(reading);
}

export function articleAddress(reading: Reading, lang: Lang, slug: string): string {
  return `${reading.at}/${lang}/${slug}${queryOf(reading)}`;
}

/** A link in an article, written `/help/en/wrong-code`, for whoever reads it this way. */
export function onwardFrom(reading: Reading): (to: string) => string {
  return (to) => {
    const [, lang, slug] = /^\/help\/(en|nl)\/([\w-]+)$/.exec(to) ?? [];
    return lang && slug ? `${reading.at}/${lang}/${slug}${queryOf(reading)}` : to;
  };
}

function queryOf({ from, about }: Reading): string {
  const query = new URLSearchParams({ ...(from && { from }), ...(about && { about }) });
  return query.size > 0 ? `?${query}` : '';
}
