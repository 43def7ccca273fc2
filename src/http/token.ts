import { hash, randomBytes } from 'node:crypto';

/** 256 random bits as base64url: a session, an attempt, a link. Longer than anybody guesses (NIST SP 800-63B-4 §5.1). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored instead of a token. Fast on purpose: 256 bits need no slow hash, and this is on every request. */
export function tokenHash(token: string): Uint8Array {
  return hash('sha256', token, 'buffer');
}

/** 128 random bits for the `nonce` of one answer's Content-Security-Policy. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}
