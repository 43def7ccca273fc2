import { isLoopbackHttp } from './public-url.ts';

/** Paths of ours on every host of others: see `forward-auth/at-host.ts`. */
export const OUR_CORNER = '/.nachtslot/';

/**
 * A host as rules name it: lower case, no dot at the end, a port only where it is not the usual one. Null for what is no
 * host: user names, paths, lists.
 */
export function hostOf(text: string): string | null {
  let host = known.get(text);
  if (host === undefined) {
    // Whoever sends ever new ones must not fill the memory.
    if (known.size > 1_000) known.clear();
    known.set(text, (host = parsed(text)));
  }
  return host;
}

/** Reading an address takes longer than everything else that a request on the hot path does. */
const known = new Map<string, string | null>();

function parsed(text: string): string | null {
  if (!/^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/.test(text)) return null;
  const url = URL.parse(`${schemeOf(text)}://${text}`);
  return url && url.host.replace(/\.(?=$|:)/, '');
}

/** Where the browser finds a host: over TLS, but for a name that never leaves this machine. */
export function originOf(host: string): string {
  return `${schemeOf(host)}://${host}`;
}

/** An address on this host and on no other, or its beginning. Whatever it is, it leads to a page of that host. */
export function addressAt(host: string, wanted: string | null): string {
  const origin = originOf(host);
  if (!wanted || wanted.length > 1500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\'))
    return `${origin}/`;
  const url = URL.parse(wanted, origin);
  // Back into our own corner would lead in a circle.
  if (!url || url.origin !== origin || isOurs(url.pathname)) return `${origin}/`;
  return url.href;
}

function isOurs(path: string): boolean {
  return path.toLowerCase().replace(/%2e/g, '.').startsWith(OUR_CORNER.slice(0, -1));
}

function schemeOf(host: string): 'http' | 'https' {
  const url = URL.parse(`http://${host}`);
  return url && isLoopbackHttp(url) ? 'http' : 'https';
}
