import { createHash } from 'node:crypto';
import { canonical } from './json.ts';
import type { Tables } from './schema.ts';

/** What stands before the first line. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over the hash of the line before and every column of this one, its number included; hexadecimal. */
export function hashOf(row: Omit<Tables['audit'], 'hash'>): string {
  const { previous, ...line } = row;
  return createHash('sha256').update(previous).update('\n').update(canonical(line)).digest('hex');
}
