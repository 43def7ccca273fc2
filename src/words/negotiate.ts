import type { Lang } from './catalogue.ts';
import { isLang } from './translate.ts';

export type LanguageWishes = {
  /** What the signed-in person chose; wins. */
  account?: string | null;
  /** What this browser chose with the switch. */
  cookie?: string | null;
  /** The header `Accept-Language` (RFC 9110 §12.5.4). */
  acceptLanguage?: string | null;
  /** The organisation's own language, when nobody said anything. */
  organisation?: string | null;
};

/** The language of a request. Unknown wishes are passed over, never an error. */
export function negotiate(wishes: LanguageWishes): Lang {
  const { account, cookie, acceptLanguage, organisation } = wishes;
  const inOrder = [account, cookie, ...accepted(acceptLanguage ?? ''), organisation];
  return inOrder.map((wish) => known(wish ?? '')).find((lang) => lang !== null) ?? 'en';
}

/** `nl-BE` is served with `nl`: a region we have no words for is no reason to speak English. */
function known(tag: string): Lang | null {
  const primary = tag.trim().toLowerCase().split('-')[0] ?? '';
  return isLang(primary) ? primary : null;
}

function accepted(header: string): string[] {
  return header
    .slice(0, 500) // a browser sends some fifty characters; nobody else's list is worth sorting
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.find((one) => one.trim().startsWith('q='));
      return { tag, quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
