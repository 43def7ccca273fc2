import { hash, randomBytes } from 'node:crypto';
import { Secret } from '#core/secret.ts';

/** A bearer token as the browser keeps it (256 random bits, base64url) and as the database does (its SHA-256). */
export function newToken(): { token: Secret; tokenHash: Uint8Array } {
  const token = randomBytes(32).toString('base64url');
  return { token: new Secret(token), tokenHash: hashToken(token) };
}

export function hashToken(token: string): Uint8Array {
  return hash('sha256', token, 'buffer');
}
