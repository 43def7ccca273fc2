import type { Answered, Jar } from '#test/support/jar.ts';
import type { Person, Rig } from '#test/support/rig.ts';
import { signIn } from '#test/support/roads.ts';

export const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1';

type Wish = { userAgent?: string; language?: string; remember?: boolean };

/** Signed in, with the second step where there is one. */
export async function inside(r: Rig, person: Person, wish: Wish = {}): Promise<Jar> {
  const jar = r.browser(wish);
  await signIn(jar, person);
  if (person.totp) {
    r.advance('PT31S'); // a code works once, and this person may have signed in a moment ago
    const form = { method: 'totp', code: person.code() };
    await jar.submit('/sign-in/verify', wish.remember ? { ...form, remember: 'yes' } : form);
  }
  return jar;
}

/** What a person reads on a page: no tags, one space between words. */
export function textOf({ text }: Pick<Answered, 'text'>): string {
  return text
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
