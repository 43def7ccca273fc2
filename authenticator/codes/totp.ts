import type { CodeForm } from './entry.ts';

/** A key that computes codes and cannot be read out again. */
export function codeKey(secret: Uint8Array<ArrayBuffer>, { algorithm }: CodeForm): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: algorithm }, false, ['sign']);
}

/** The one-time password of a time step (RFC 4226 §5.3, with the hash functions of RFC 6238 §1.2). */
export async function codeOf(key: CryptoKey, step: number, { digits }: CodeForm): Promise<string> {
  const moving = new DataView(new ArrayBuffer(8));
  moving.setBigUint64(0, BigInt(step));
  const digest = new DataView(await crypto.subtle.sign('HMAC', key, moving.buffer));
  // Dynamic truncation (§5.4): the last four bits say where the 31 bits are that count.
  const offset = digest.getUint8(digest.byteLength - 1) & 0x0f;
  const truncated = digest.getUint32(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, '0');
}

/** The time step a moment falls into (RFC 6238 §4.2, with T0 = 0). */
export function stepAt(milliseconds: number, { periodSeconds }: CodeForm): number {
  return Math.floor(milliseconds / 1000 / periodSeconds);
}

/** How many seconds the code of this moment still has, from `periodSeconds` down to 1. */
export function secondsLeft(milliseconds: number, { periodSeconds }: CodeForm): number {
  return periodSeconds - (Math.floor(milliseconds / 1000) % periodSeconds);
}

/** `123 456`, `1234 5678`: in halves, as it is read out and typed. */
export function grouped(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}
