import { hkdfSync } from 'node:crypto';
import { Secret } from '#core/secret.ts';

/** What a derived key may be used for; one key never serves two purposes. */
export type KeyUse = 'password' | 'backup-code' | 'code-card' | 'challenge';

/**
 * The key for one purpose, from the pepper that lives outside the database (RFC 5869, HKDF-SHA-256). Whoever steals
 * the database alone cannot even check a right password or code (NIST SP 800-63B-4 §3.1.1.2).
 */
export function deriveKey(pepper: Secret<Uint8Array>, use: KeyUse): Secret<Uint8Array> {
  if (pepper.reveal().length < 32) throw new Error('The pepper in the key file is shorter than 32 bytes.');
  return new Secret(new Uint8Array(hkdfSync('sha256', pepper.reveal(), '', `nachtslot/${use}`, 32)));
}
