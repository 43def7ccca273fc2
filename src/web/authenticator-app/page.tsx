import { Leaf } from '#ui/leaf.tsx';
import { Mark } from '#ui/mark.tsx';
import type { AppAssets } from '#ui/app-assets.ts';
import type { Words } from '#words/index.ts';

/**
 * The page that the authenticator app fills. It is the same for everybody, signed in or not, since the app keeps it;
 * without JavaScript there are no codes, and it says so.
 */
export function AppPage({ words, links, manifest }: { words: Words; links: AppAssets['links']; manifest: string }) {
  const { t, lang } = words;
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <title>{t('authenticator.name')}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="description" content={t('authenticator.description')} />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#14233b" />
        <meta name="robots" content="noindex" />
        <meta name="apple-mobile-web-app-capable" content="yes" />
        <meta name="apple-mobile-web-app-title" content={t('authenticator.short-name')} />
        <link rel="manifest" href={manifest} />
        <link rel="preload" href={links.font} as="font" type="font/woff" crossorigin="anonymous" />
        <link rel="stylesheet" href={links.css} />
        <link rel="icon" href={links.icon} type="image/png" sizes="192x192" />
        <link rel="apple-touch-icon" href={links.touchIcon} />
        <script type="module" src={links.js} />
      </head>
      <body>
        <div id="app">
          <div class="door app">
            <header class="bar">
              <span class="brand">
                <Mark />
                <span>{t('authenticator.name')}</span>
              </span>
            </header>
            <Leaf turns={1} />
            <noscript>
              <main class="task">
                <h1>{t('authenticator.needs-script')}</h1>
                <p class="lead">{t('authenticator.needs-script-lead')}</p>
              </main>
            </noscript>
          </div>
        </div>
      </body>
    </html>
  );
}
