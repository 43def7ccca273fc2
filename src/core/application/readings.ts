/** Decoded more often than this, a path is not an address any more but an attempt. */
const MOST_DECODINGS = 4;
/** Longer than this and spelled in an odd way: not worth the work of finding out what it could mean. */
const LONGEST_ODD = 2048;
/** Letters in more bytes than they need: `%c0%ae` is a dot to some, and to nobody who means well (RFC 3629 §3). */
const OVERLONG = /%(?:c[01]%[89ab]|e0%[89]|f0%8)/i;
const MALFORMED = /%(?![0-9a-f]{2})/i;
/** Nothing in it that two programs could read differently: no escapes, doubled slashes, dot segments or parameters. */
const PLAIN = /^(?:\/[A-Za-z0-9_~!$&'()*+,=@-](?:[A-Za-z0-9_~!$&'()*+,=@.-]*[A-Za-z0-9_~!$&'()*+,=@-])?)*\/?$/;

/**
 * Every way in which an application behind a proxy could read this path, in lower case; null where no program should
 * read it at all. Most paths have one reading. Where there are several (`/a/..%2fb`), all of them have to be allowed:
 * whoever chooses the spelling must not choose the rule. RFC 3986 §6.2.2; WHATWG URL §4.4.
 */
export function readingsOf(path: string): readonly string[] | null {
  if (path !== '' && PLAIN.test(path)) return [withoutEnd(path.toLowerCase())];
  const decodings = path.length <= LONGEST_ODD && !MALFORMED.test(path) ? decodingsOf(path) : null;
  if (!decodings) return null;
  const readings = new Set<string>();
  for (const text of decodings)
    for (const slashed of [text, text.replaceAll('\\', '/')])
      for (const bare of [slashed, segmentwise(slashed, withoutParameters), segmentwise(slashed, withoutTail)])
        for (const folded of [bare, bare.normalize('NFKC')])
          for (const resolved of [folded, collapsed(folded), climbed(folded), climbed(collapsed(folded))])
            readings.add(withoutEnd(collapsed(resolved).toLowerCase()));
  return [...readings];
}

/** The path as it stands, and after each further decoding until nothing changes; null where no address looks so. */
function decodingsOf(path: string): string[] | null {
  const decodings: string[] = [];
  for (let text = path; ; ) {
    // Control characters end lines and names in other programs. No address needs them.
    if (!text.startsWith('/') || hasControls(text) || OVERLONG.test(text) || decodings.length > MOST_DECODINGS)
      return null;
    decodings.push(text);
    const next = text.replace(/(?:%[0-9a-f]{2})+/gi, decoded);
    if (next === text) return decodings;
    text = next;
  }
}

/** Bytes that are no UTF-8 stay as they are: what can be decoded beside them still is. */
function decoded(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

function hasControls(text: string): boolean {
  for (const character of text) if (character < ' ' || character === '\u007f') return true;
  return false;
}

/** `/admin;x=1/y`: servers of the Java family take parameters off before they look (RFC 3986 §3.3). */
function withoutParameters(segment: string): string {
  return segment.replace(/;.*$/s, '');
}

/** `/admin./y`, `/admin%20/y`: on Windows the same as without; a name of dots alone is left to {@link climbed}. */
function withoutTail(segment: string): string {
  return /^\.*$/.test(segment) ? segment : segment.replace(/[. ]+$/, '');
}

function segmentwise(path: string, change: (segment: string) => string): string {
  return path.split('/').map(change).join('/');
}

function collapsed(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}

/** Without dot segments (RFC 3986 §5.2.4); above the top there is nothing. */
function climbed(path: string): string {
  const segments: string[] = [];
  const all = path.split('/').slice(1);
  for (const [index, segment] of all.entries()) {
    const isLast = index === all.length - 1;
    if (segment === '..') segments.pop();
    if (segment !== '.' && segment !== '..') segments.push(segment);
    else if (isLast) segments.push('');
  }
  return `/${segments.join('/')}`;
}

function withoutEnd(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
