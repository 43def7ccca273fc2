import { Secret } from '#core/secret.ts';
import type { PepperedHash } from '../peppered-hash.ts';
import { readCode } from './card.ts';

/** The codes themselves, one a line: only while the card is being printed, sealed in the wizard. */
export function secretOfCodes(codes: readonly string[]): Secret<Uint8Array> {
  return new Secret(new TextEncoder().encode(codes.join('\n')));
}

export function linesOf(secret: Secret<Uint8Array>): string[] {
  return new TextDecoder().decode(secret.reveal()).split('\n');
}

/**
 * What is stored of a card that was proved: of each code a peppered hash, one a line. One after the other, so that one
 * card does not fill the queue in which people wait for their passwords. Null: too many hashes are waiting.
 */
export async function storedFormOf(hashes: PepperedHash, codes: readonly string[]): Promise<Secret<Uint8Array> | null> {
  const kept: string[] = [];
  for (const code of codes) {
    const hash = await hashes.keep(readCode(code) ?? code);
    if (!hash) return null;
    kept.push(new TextDecoder().decode(hash.reveal()));
  }
  return secretOfCodes(kept);
}

/** The stored hash of one number; null where the card has no such number. */
export function hashOf(secret: Secret<Uint8Array>, number: number): Secret<Uint8Array> | null {
  const line = linesOf(secret)[number - 1];
  return line === undefined ? null : new Secret(new TextEncoder().encode(line));
}
