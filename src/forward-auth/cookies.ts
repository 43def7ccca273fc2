import { type Cookies, cookiesFor } from '#http/cookies.ts';
import { originOf } from '#http/place.ts';

/** At hosts of applications, which have cookies of their own. */
export const SESSION_AT_HOST = 'nachtslot';
/** Held by the browser that began, until it is back: a ticket is worth nothing in any other. */
export const NONCE_AT_HOST = 'nachtslot-nonce';

const made = new Map<string, Cookies>();

/** `__Host-` cookies of one host: no sibling can read or plant them, and they go to no other. */
export function cookiesAt(host: string): Cookies {
  let cookies = made.get(host);
  if (!cookies) {
    // Whoever asks for ever new hosts must not fill the memory.
    if (made.size > 1_000) made.clear();
    made.set(host, (cookies = cookiesFor(new URL(originOf(host)))));
  }
  return cookies;
}
