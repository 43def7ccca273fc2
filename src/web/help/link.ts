import type { Refusal, Refused } from '#core/refusal.ts';
import type { Frame } from '#ui/frame.ts';
import { HELP_FOR_REFUSAL, isOrigin, ORIGINS } from '#src/help/about.ts';
import { ourArticle } from '#src/help/library.ts';
import type { Words } from '#words/index.ts';
import type { Visit } from '../visit.ts';
import { articleAddress, isRefusal, type Reading } from './reading.ts';

/** The link to the article that helps with this page, or, when it refused something, with that. */
export function helpWith(visit: Visit, page: string, refused: Refused | null): Pick<Frame, 'helpWith'> {
  // A page that one was sent to with a word on why: `/sign-in?notice=attempt-expired`.
  const notice = visit.url.searchParams.get('notice') ?? '';
  const about = refused?.refusal ?? (isRefusal(notice) ? notice : null);
  return helpFor(page, about, visit.level === 'pending' ? '/sign-in/help' : '/help', visit.words);
}

export function helpFor(
  page: string,
  about: Refusal | null,
  at: Reading['at'],
  { lang, t }: Words,
): Pick<Frame, 'helpWith'> {
  const from = isOrigin(page) ? page : null;
  const article = about ? HELP_FOR_REFUSAL[about] : from && ORIGINS[from].article;
  if (!article) return {};
  return {
    helpWith: {
      href: articleAddress({ at, from, about }, lang, article),
      label: t('help.with-this', { title: ourArticle(lang, article).title }),
    },
  };
}
