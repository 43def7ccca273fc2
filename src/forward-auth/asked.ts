import type { Knock } from '#http/door.ts';
import { hostOf } from '#http/place.ts';

/** What a reverse proxy asks about: a place at a host, and how its own caller came. */
export type Asked = {
  host: string;
  /** As it was sent, neither decoded nor resolved. */
  path: string;
  /** With its query: where to go on to after a sign-in. */
  wanted: string;
  /** nginx can redirect by itself only; the others hand our redirect on. */
  redirects: 'nginx' | 'by-us';
  /** A person is looking at a page: they can be shown another one. */
  isNavigation: boolean;
};

/**
 * Reads the two spellings that there are: `X-Original-URL` (nginx), `X-Forwarded-Proto`, `-Host` and `-Uri` (Caddy,
 * Traefik). The proxy sets one of them; the other may come from whoever sent the request, so where both are there they
 * have to agree. Null for everything that is not one clear question.
 */
export function askedOf(knock: Knock): Asked | null {
  const original = knock.header('x-original-url');
  const uri = knock.header('x-forwarded-uri');
  const forwardedHost = knock.header('x-forwarded-host');
  if (original === null && uri === null) return null;
  const one = original === null ? null : fromUrl(original);
  const other = uri === null ? null : fromParts(forwardedHost, uri);
  if ((original !== null && !one) || (uri !== null && !other)) return null;
  if (one && forwardedHost !== null && one.host !== hostOf(forwardedHost)) return null;
  if (one && other && one.wanted !== other.wanted) return null;
  const place = one ?? other;
  if (!place) return null;
  return { ...place, redirects: one ? 'nginx' : 'by-us', isNavigation: isNavigation(knock) };
}

function fromUrl(url: string) {
  const [, host = '', wanted = ''] = /^(?:https?|wss?):\/\/([^/?#]*)(\/.*)$/is.exec(url) ?? [];
  return fromParts(host, wanted);
}

function fromParts(hostText: string | null, wanted: string) {
  const host = hostText === null ? null : hostOf(hostText);
  if (!host || !wanted.startsWith('/') || wanted.includes('#')) return null;
  const [path = ''] = wanted.split('?', 1);
  return { host, path, wanted };
}

/** By what browsers say and no script can (Fetch Metadata); without that, by what a page asks for. */
function isNavigation(knock: Knock): boolean {
  if (knock.header('upgrade') !== null || knock.header('x-requested-with') !== null) return false;
  const mode = knock.header('sec-fetch-mode');
  if (mode !== null) return mode === 'navigate';
  return knock.header('accept')?.includes('text/html') ?? false;
}
