import { createHash } from 'node:crypto';
import { compressed } from '#http/compress.ts';
import { securityHeaders } from '#http/headers.ts';
import { LANGUAGES, speak, type Words } from '#words/index.ts';
import { renderDocument } from '#ui/document.tsx';
import { open, type Route } from '../route.ts';
import type { Site, Visit } from '../visit.ts';
import { manifestOf, SCOPE } from './manifest.ts';
import { phoneRoutes } from './phone.ts';
import { AppPage } from './page.tsx';

/** Nachtslot Authenticator. Its scope ends in a slash, so the name that people are told leads to it. */
export const authenticatorAppRoutes: Route[] = [
  open('GET', '/authenticator', (visit) => visit.redirect(SCOPE)),
  open('GET', SCOPE, show),
  // Where the camera of a phone leads: the same page, which finds the code behind the #.
  open('GET', `${SCOPE}pair`, show),
  ...phoneRoutes,
  open('GET', `${SCOPE}sw.js`, (visit) => answer(visit, 'text/javascript; charset=utf-8', workerOf(visit.site))),
  ...LANGUAGES.map(({ code }) =>
    open('GET', manifestPath(code), (visit) => {
      const manifest = manifestOf(speak(code), visit.site.assets.app.icons);
      return answer(visit, 'application/manifest+json; charset=utf-8', JSON.stringify(manifest, null, 2));
    }),
  ),
];

function show(visit: Visit): Promise<Response> {
  return answer(visit, 'text/html; charset=utf-8', pageOf(visit.site, visit.words), {
    'content-language': visit.words.lang,
  });
}

/** A browser looks for a new worker by its bytes: a page that changed is a reason too. */
function workerOf(site: Site): string {
  const pages = LANGUAGES.map(({ code }) => pageOf(site, speak(code))).join('\n');
  return `${site.assets.app.worker}// ${createHash('sha256').update(pages).digest('hex')}\n`;
}

function pageOf({ assets }: Site, words: Words): string {
  return renderDocument(AppPage({ words, links: assets.app.links, manifest: manifestPath(words.lang) }));
}

function manifestPath(lang: string): string {
  return `${SCOPE}manifest-${lang}.webmanifest`;
}

async function answer(visit: Visit, contentType: string, text: string, more: Record<string, string> = {}) {
  const packed = await compressed(text, visit.request.headers.get('accept-encoding'));
  const headers = new Headers({
    ...securityHeaders({ publicUrl: visit.site.publicUrl, kind: 'app' }),
    ...packed.headers,
    'content-type': contentType,
    ...more,
  });
  return new Response(packed.body, { headers });
}
