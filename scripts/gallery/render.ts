import { ButtonLink } from '#ui/button.tsx';
import { Document, renderDocument } from '#ui/document.tsx';
import type { Frame } from '#ui/frame.ts';
import { Banner } from '#ui/notice.tsx';
import type { Assets } from '#ui/assets.ts';
import { helpFor } from '#web/help/link.ts';
import { pagesIn, type Shown } from '#web/pages.ts';
import { chrome, type Lang, LANGUAGES, speak, type Words } from '#words/index.ts';

/** One page in one view and one language, as the document that a browser would get. */
export type Rendering = { id: string; lang: Lang; page: string; example: string; title: string; html: string };

/** Everything there is to look at. */
export function renderings(assets: Assets): Rendering[] {
  return LANGUAGES.flatMap(({ code }) => {
    const words = speak(code, 'Europe/Amsterdam');
    return pagesIn(words).map((shown) => rendering(shown, words, assets));
  });
}

function rendering(shown: Shown, words: Words, assets: Assets): Rendering {
  const { page, example, title } = shown;
  const html = renderDocument(
    Document({
      lang: words.lang,
      title,
      texts: chrome(words),
      assets: assets.links,
      siteName: 'Bakkerij van Dam',
      hasError: shown.hasError,
      children: shown.body(frameOf(shown, words)),
    }),
  );
  return { id: `${page}-${example}-${words.lang}`, lang: words.lang, page, example, title, html };
}

function frameOf({ person, page, example }: Shown, words: Words): Frame {
  const inside = page === 'account' || page === 'portal';
  return {
    site: { name: 'Bakkerij van Dam', home: '/' },
    languages: LANGUAGES.map(({ code, label }) => ({ code, label, current: code === words.lang })),
    languageAction: '/language',
    here: '/',
    help: '/help',
    ...helpFor(page, null, '/help', words),
    ...(person && { person: { name: 'Grace de Boer', signOut: '/sign-out', ...(inside && { account: '/account' }) } }),
    ...(inside && example.includes('postponed') && { banner: banner(words) }),
  };
}

function banner({ t, date }: Words) {
  const lastDay = Temporal.PlainDate.from('2026-06-30');
  const action = ButtonLink({ href: '/account', children: t('common.set-it-up') });
  return Banner({ action, children: t('common.banner-invited', { date: date(lastDay) }) });
}
