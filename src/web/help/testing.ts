import { Document, renderDocument } from '#ui/document.tsx';
import { chrome, type Lang, LANGUAGES, speak } from '#words/index.ts';
import { pagesIn } from '../pages.ts';

/** Everything that a page says in any of its views. */
export function saidOn(page: string, lang: Lang): string {
  const words = speak(lang, 'Europe/Amsterdam');
  const frame = {
    site: { name: 'Quay', home: '/' },
    languages: LANGUAGES.map(({ code, label }) => ({ code, label, current: code === lang })),
    languageAction: '/language',
    here: '/',
    help: '/help',
  };
  return pagesIn(words)
    .filter((shown) => shown.page === page)
    .map(({ title, body }) => wordsOf(htmlOf(title, body(frame), lang)))
    .join(' ');
}

export function htmlOf(title: string, children: Parameters<typeof Document>[0]['children'], lang: Lang): string {
  const assets = { css: '/a.css', js: '/a.js', font: '/a.woff', favicon: '/a.svg' };
  return renderDocument(Document({ lang, title, texts: chrome(speak(lang)), assets, children }));
}

/** What is read or heard of a page's task: texts, and the names that stand in attributes. */
export function wordsOf(html: string): string {
  const [, body = ''] = /<main[^>]*>(.*)<\/main>/s.exec(html) ?? [];
  const named = [...body.matchAll(/(?:aria-label|alt|placeholder)="([^"]*)"/g)].map(([, name = '']) => name);
  const text = body.replaceAll(/<[^>]+>/g, ' ');
  return decoded(`${text} ${named.join(' ')}`)
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
