import type { Refused } from '#core/refusal.ts';

/** Where an organisation sends its people besides: `https:`, `mailto:` or `tel:`. */
export type OwnLink = { title: string; address: string };

/** More is a list to search in, and the articles are there for that. */
export const LINKS_MOST = 8;
const TITLE_MOST_CHARACTERS = 80;
const ADDRESS_MOST_CHARACTERS = 500;

/** `links.2.address` is the field of the third; `links` is all of them. */
export type WrongLink = { field: 'links' | `links.${number}.${keyof OwnLink}`; refused: Refused };

/** Everything that is wrong with a list of links before anybody sees it. Lines without anything in them are left out. */
export function lookThroughLinks(written: readonly OwnLink[]): { links: OwnLink[] } | { wrong: WrongLink[] } {
  const wrong: WrongLink[] = [];
  const links = written.flatMap(({ title: typed, address: pasted }, n) => {
    const title = typed.normalize('NFC').trim();
    const address = pasted.trim();
    if (title === '' && address === '') return [];
    const found = addressOf(address);
    if (!isTitle(title))
      wrong.push({
        field: `links.${n}.title`,
        refused: { refusal: 'link-title-invalid', detail: { limit: TITLE_MOST_CHARACTERS } },
      });
    if (found === null) wrong.push({ field: `links.${n}.address`, refused: { refusal: 'link-address-invalid' } });
    return found === null ? [] : { title, address: found };
  });
  if (links.length > LINKS_MOST)
    wrong.push({ field: 'links', refused: { refusal: 'links-too-many', detail: { limit: LINKS_MOST } } });
  return wrong.length > 0 ? { wrong } : { links };
}

/** One line, without anything that turns or hides text. */
function isTitle(title: string): boolean {
  return title !== '' && [...title].length <= TITLE_MOST_CHARACTERS && !/[\p{C}\p{Zl}\p{Zp}]/u.test(title);
}

/**
 * The address as a browser writes it, or null. People follow these because their organisation gave them: only the web
 * over https, one mailbox (without headers, which would write the mail for them), or a telephone number. Names in plain
 * letters, so that none only looks like another; no name and password before the host, which would hide it.
 */
function addressOf(text: string): string | null {
  if (text.length > ADDRESS_MOST_CHARACTERS || /[^\x21-\x7e]|[\\"'<>^`{|}]/.test(text)) return null;
  const url = URL.parse(text);
  switch (url?.protocol) {
    case 'https:':
      return /^https:\/\/[^/?#@]+(?:[/?#]|$)/i.test(text) ? url.href : null;
    case 'mailto:':
      return /^mailto:[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(text) ? url.href : null;
    // RFC 3966: a global or local number, perhaps with an extension.
    case 'tel:':
      return /^tel:\+?[\d().-]{2,30}(?:;ext=\d{1,8})?$/i.test(text) && /\d\D*\d/.test(text) ? url.href : null;
    default:
      return null;
  }
}

/** What stands below the title, so that whoever follows it knows where it leads. */
export function whereTo({ address }: OwnLink): string {
  const url = new URL(address);
  return url.protocol === 'https:' ? url.host : url.pathname;
}
