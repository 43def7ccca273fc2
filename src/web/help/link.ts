import type { Refused } from '#core/refusal.ts';
import type { Frame } from '#ui/frame.ts';
import { HELP_FOR_REFUSAL, isOrigin, ORIGINS } from '#src/help/about.ts';
import { ourArticle } from '#src/help/library.ts';
import type { Visit } from '../visit.ts';
import { articleAddress, isRefusal, type Reading } from './reading.ts';

/** The link to the article that helps with this page, or, when it refused something, with that. */
export function helpWith(visit: Visit, page: string, refused: Refused | null): Pick<Frame, 'helpWith'> {
  const { words } = visit;
  // A page that one was sent to with a word on why: `/sign-in?notice=attempt-expired`.
  const notice = visit.url.searchParams.get('notice') ?? '';
  const about = refused?.refusal ?? (isRefusal(notice) ? notice : null);
  const from = isOrigin(page) ? page : null;
  const article = about ? HELP_FOR_REFUSAL[about] : from && ORIGINS[from].article;
  if (!article) return {};
  const reading: Reading = { at: visit.level === 'pending' ? '/sign-in/help' : '/help', from, about };
  return {
    helpWith: {
      href: articleAddress(reading, words.lang, article),
      label: words.t('help.with-this', { title: ourArticle(words.lang, article).title }),
    },
  };
}
