import { Secret } from '#core/secret.ts';
import { type RandomBytes, systemRandom } from '../random.ts';
import { encodeBase32 } from './base32.ts';

/**
 * What is stored is the key itself, 20 raw bytes, because both sides compute with it; the store seals it. 160 bits is
 * what RFC 4226 §4 (R6) recommends.
 */
export const SECRET_BYTES = 20;

export function makeSecret(random: RandomBytes = systemRandom): Secret<Uint8Array> {
  return new Secret(Uint8Array.from(random(SECRET_BYTES)));
}

/** The long code as people type it: groups of four. */
export function grouped(secret: Secret<Uint8Array>): string {
  return (encodeBase32(secret.reveal()).match(/.{1,4}/g) ?? []).join(' ');
}
