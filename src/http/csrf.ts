const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * True when a request may change something: it comes from a page of our own origin, by what the browser says and no
 * page can forge (`Origin`, RFC 6454 §7; Fetch Metadata `Sec-Fetch-Site`). Safe methods pass, for they change nothing.
 * Checked for every unsafe method and every content type: a form is not the only thing another site can send.
 */
export function isOwnRequest(method: string, headers: Headers, publicOrigin: string): boolean {
  if (SAFE.has(method)) return true;
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  // Both must agree where both are there: a sandboxed frame sends `null`, a sibling host is "same-site".
  if (origin !== null && origin !== publicOrigin) return false;
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  // Neither: no browser of the last years. Whoever it is, it is not our form.
  return origin !== null || site !== null;
}
