import { randomBytes } from 'node:crypto';

/** 128 random bits for the `nonce` of one answer's Content-Security-Policy. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}
