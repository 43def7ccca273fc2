import { type Refused, refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import type { PepperedHash } from '../peppered-hash.ts';
import { readBackupCode } from './code.ts';

/** What is stored of a code: its locator in the clear, and of its secret part only a peppered hash. */
export type StoredBackupCode = { hint: string; secret: Secret<Uint8Array> };

/** Slow, and `busy` when too many hashes wait: never inside a transaction. */
export async function storedFormOf(hashes: PepperedHash, code: Secret): Promise<StoredBackupCode | Refused> {
  const parts = readBackupCode(code.reveal());
  if (!parts) throw new Error('Asked to store something that is no backup code.');
  const secret = await hashes.keep(parts.secret.reveal());
  return secret ? { hint: parts.locator, secret } : refuse('busy');
}
