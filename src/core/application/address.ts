import { type Refusal, refuse, type Refused } from '../refusal.ts';

/** What addresses are checked against: our own origin, and whether this server is only tried out on its own machine. */
export type Surroundings = { publicUrl: URL; isTryout: boolean };

export const ADDRESS_MOST_CHARACTERS = 500;

/**
 * Why people may not be sent back to this address, or null. What is registered is later compared character by character
 * (RFC 9700 §2.1), so it must be written as a browser writes it, and lead to one place: whoever can widen it can have
 * codes sent to themselves.
 */
export function redirectRefusal(text: string, type: 'web' | 'native', { publicUrl }: Surroundings): Refused | null {
  const no = (refusal: Refusal) => refuse(refusal, { quoted: cut(text) });
  if (text.length > ADDRESS_MOST_CHARACTERS) return no('redirect-too-long');
  if (!/^[\x21-\x7e]+$/.test(text) || /[\\"'<>^`{|}]/.test(text)) return no('redirect-characters');
  if (text.includes('*')) return no('redirect-wildcard');
  if (text.includes('#')) return no('redirect-fragment');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1];
  const url = URL.parse(text);
  if (scheme === undefined || !url) return no('redirect-malformed');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return privateUse(text, scheme, type, no);
  if (!/^https?:\/\/[^/]/i.test(text)) return no('redirect-malformed');
  if (url.username || url.password || /^[^/]*\/\/[^/?]*@/.test(text)) return no('redirect-credentials');
  if (url.protocol === 'http:' && !isLoopback(url)) return no('redirect-not-https');
  if (url.origin === publicUrl.origin) return no('redirect-ours');
  if (!isAsWritten(text, url) || url.hostname.endsWith('.')) return no('redirect-rewritten');
  return takesOurAnswers(url) ? no('redirect-query') : null;
}

/** Why the portal may not lead to this address, or null. */
export function homeRefusal(text: string): Refused | null {
  const url = URL.parse(text);
  const isFine =
    url !== null &&
    text.length <= ADDRESS_MOST_CHARACTERS &&
    /^https?:\/\/[^/\\]/i.test(text) &&
    !/[\s\\\p{Cc}]/u.test(text) &&
    !url.username &&
    !url.password &&
    (url.protocol === 'https:' || isLoopback(url));
  return isFine ? null : refuse('home-address-invalid');
}

/**
 * Why this server may not call this address itself, or null. Its own machine is only for a server that is tried out on
 * it: on any other, it would open to an administrator what listens there.
 */
export function backchannelRefusal(text: string, around: Surroundings): Refused | null {
  const refused = redirectRefusal(text, 'web', around);
  const url = URL.parse(text);
  const isInside = url !== null && isLoopback(url) && !around.isTryout;
  return refused || isInside ? refuse('backchannel-address-invalid') : null;
}

/** Why this cannot be the address of an API (RFC 8707 §2), or null. */
export function resourceRefusal(text: string): Refused | null {
  const isFine = homeRefusal(text) === null && !text.includes('#');
  return isFine ? null : refuse('resource-address-invalid', { quoted: cut(text) });
}

export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');
}

/** A scheme of the app's own, named after a domain that its maker holds, so that no other app answers (RFC 8252 §7.1). */
function privateUse(
  text: string,
  scheme: string,
  type: 'web' | 'native',
  no: (refusal: Refusal) => Refused,
): Refused | null {
  if (!/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(scheme)) return no('redirect-scheme');
  if (type !== 'native') return no('redirect-private-use');
  const rest = text.slice(scheme.length + 1);
  return /^\/\/?[^/]/.test(rest) && !/(^|\/)\.\.?(\/|$)|@/.test(rest) ? null : no('redirect-malformed');
}

/** As the browser writes it; the slash after a bare host may be left out. */
function isAsWritten(text: string, url: URL): boolean {
  return url.href === text || (url.href === `${text}/` && url.pathname === '/');
}

/** Parameters in which the answer comes: with one of ours there already, two readers could see different ones. */
function takesOurAnswers(url: URL): boolean {
  return ['code', 'state', 'iss', 'error', 'error_description', 'response', 'id_token', 'access_token'].some((name) =>
    url.searchParams.has(name),
  );
}

function cut(text: string): string {
  const characters = [...text.replace(/\p{Cc}/gu, ' ')];
  return characters.length > 80 ? `${characters.slice(0, 80).join('')}…` : characters.join('');
}
