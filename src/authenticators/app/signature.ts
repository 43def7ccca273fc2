import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** An uncompressed point of P-256, as `exportKey('raw')` gives it (SEC 1 §2.3.3), base64url. */
const POINT = /^[A-Za-z0-9_-]{87}$/;
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/;

/** Whether this key is one at all, on its curve. */
export function isKey(publicKey: string): boolean {
  return keyOf(publicKey) !== null;
}

/** ECDSA with SHA-256 over the text (FIPS 186-5 §6), r and s one after the other as browsers write them. Never throws. */
export function isSigned(publicKey: string, text: string, signature: string): boolean {
  const key = keyOf(publicKey);
  if (!key || !SIGNATURE.test(signature)) return false;
  const bytes = Buffer.from(signature, 'base64url');
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes);
}

function keyOf(publicKey: string): KeyObject | null {
  if (!POINT.test(publicKey)) return null;
  const point = Buffer.from(publicKey, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return null;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((one) => one.toString('base64url'));
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } });
  } catch {
    return null; // no point of the curve
  }
}
