import { randomBytes } from 'node:crypto';

/** `size` random bytes. A parameter wherever chance matters, so that tests can say what it was. */
export type RandomBytes = (size: number) => Uint8Array;

export const systemRandom: RandomBytes = randomBytes;

/**
 * A number below `limit`, each equally likely: draws that would favour the small numbers are thrown away, since a
 * skewed code is a code that is guessed sooner.
 */
export function numberBelow(limit: number, random: RandomBytes): number {
  const fair = 2 ** 32 - (2 ** 32 % limit);
  for (;;) {
    const drawn = Buffer.from(random(4)).readUInt32BE(0);
    if (drawn < fair) return drawn % limit;
  }
}
