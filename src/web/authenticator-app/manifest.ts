import type { AppIcon } from '#ui/app-assets.ts';
import type { Words } from '#words/index.ts';

export const SCOPE = '/authenticator/';

/** What a browser needs to put the app on a home screen (W3C, Web Application Manifest). */
export function manifestOf({ t, lang }: Words, icons: readonly AppIcon[]) {
  return {
    // The same app in every language: the browser knows it by this and not by its name.
    id: SCOPE,
    start_url: SCOPE,
    scope: SCOPE,
    name: t('authenticator.name'),
    short_name: t('authenticator.short-name'),
    description: t('authenticator.description'),
    lang,
    dir: 'ltr',
    display: 'standalone',
    background_color: '#14233b',
    theme_color: '#14233b',
    categories: ['security', 'utilities'],
    icons: icons.map(({ src, size, purpose }) => ({ src, sizes: `${size}x${size}`, type: 'image/png', purpose })),
  };
}
