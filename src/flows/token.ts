import { hash, randomBytes } from 'node:crypto';
import { Secret } from '#core/secret.ts';

/**
 * A bearer token as the browser keeps it (256 random bits, base64url) and as the database does. Longer than anybody
 * guesses (NIST SP 800-63B-4 §5.1).
 */
export function newToken(): { token: Secret; tokenHash: Uint8Array } {
  const token = randomBytes(32).toString('base64url');
  return { token: new Secret(token), tokenHash: hashToken(token) };
}

/** Its SHA-256. Fast on purpose: 256 bits need no slow hash, and this is on every request. */
export function hashToken(token: string): Uint8Array {
  return hash('sha256', token, 'buffer');
}
