import { html } from 'hono/html';
import type { Words } from '../words/index.ts';

export type Html = ReturnType<typeof html>;

export type Frame = {
  words: Words;
  path: string;
  /** Null for somebody who is not signed in. */
  who: { name: string; due: string | null } | null;
};

export function layout(frame: Frame, { title, hasError = false }: { title: string; hasError?: boolean }, main: Html) {
  const { words, who } = frame;
  return html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${hasError ? `${words.errorPrefix}: ` : ''}${title} · ${words.name}</title>
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/payroll.css" />
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header class="bar">
          <div class="bar-inner">
            <a class="brand" href="${who ? '/payslips' : '/'}">${mark()}<span>${words.name}</span></a>
            ${who ? navigation(frame) : ''}
            <div class="bar-end">
              ${who ? html`<span class="who">${who.name}</span>` : ''} ${language(frame)}
              ${who ? html`<form method="post" action="/sign-out"><button class="plain">${words.signOut}</button></form>` : ''}
            </div>
          </div>
        </header>
        <main id="main">${who?.due ? dueBanner(frame, who.due) : ''}${main}</main>
        <footer><p>${words.footer}</p></footer>
      </body>
    </html>`;
}

function navigation({ words, path }: Frame): Html {
  const link = (to: string, text: string) =>
    html`<a href="${to}" ${path.startsWith(to) ? html`aria-current="page"` : ''}>${text}</a>`;
  return html`<nav aria-label="${words.menu}">
    ${link('/payslips', words.payslips.title)}${link('/bank-account', words.bank.title)}
  </nav>`;
}

function language({ words, path }: Frame): Html {
  const other = words.lang === 'nl' ? 'en' : 'nl';
  return html`<form method="post" action="/language">
    <input type="hidden" name="to" value="${path}" />
    <button class="plain" name="language" value="${other}" lang="${other}">${words.otherLanguage}</button>
  </form>`;
}

/** Until when the person may still wait, and the way that makes the question go away. */
function dueBanner({ words }: Frame, date: string): Html {
  return html`<aside class="due">
    <div>
      <strong>${words.due(date)}</strong>
      <p>${words.dueWhy}</p>
    </div>
    <a class="button quiet" href="/two-steps">${words.dueAct}</a>
  </aside>`;
}

/** Four strokes and the fifth across: a tally, and a bridge. */
export function mark(): Html {
  return html`<svg class="mark" viewBox="0 0 40 32" width="40" height="32" aria-hidden="true" focusable="false">
    <path d="M8 4v24M16 4v24M24 4v24M32 4v24" />
    <path class="across" d="M2 25C14 9 26 7 38 7" />
  </svg>`;
}
