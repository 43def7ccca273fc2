import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { TextsProvider, type UiTexts } from './texts.ts';

/** Addresses of the files every page uses, from `buildAssets()`. */
export type AssetLinks = { css: string; js: string; font: string; favicon: string };

type DocumentProps = {
  lang: string;
  title: string;
  texts: UiTexts;
  assets: AssetLinks;
  /** Of this answer's Content-Security-Policy. */
  nonce?: string;
  siteName?: string;
  /** Something was refused: the title says so first, where a screen reader starts (WCAG 2.2 technique G199). */
  hasError?: boolean;
  /** Where the page leads after some seconds, where no script looks after that. */
  refresh?: { seconds: number; to: string } | null;
  children: ComponentChildren;
};

/** The HTML document, whole. The script is a deferred module: the page is complete before it runs, and without it. */
export function Document({ lang, title, texts, assets, nonce, siteName, hasError, refresh, children }: DocumentProps) {
  const named = siteName && siteName !== title ? `${title} · ${siteName}` : title;
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <title>{hasError ? `${texts.errorPrefix} ${named}` : named}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#14233b" />
        <meta name="robots" content="noindex" />
        <link rel="preload" href={assets.font} as="font" type="font/woff" crossorigin="anonymous" />
        <link rel="stylesheet" href={assets.css} />
        <link rel="icon" href={assets.favicon} type="image/svg+xml" />
        {refresh && (
          <noscript>
            <meta http-equiv="refresh" content={`${refresh.seconds}; url=${refresh.to}`} />
          </noscript>
        )}
        <script type="module" src={assets.js} nonce={nonce} />
      </head>
      <body>
        <TextsProvider value={texts}>{children}</TextsProvider>
      </body>
    </html>
  );
}

export function renderDocument(document: VNode): string {
  return `<!doctype html>${render(document)}`;
}
