import { createPublicKey, type KeyObject } from 'node:crypto';

/** Algorithms that are asked for, best known first (RFC 9053, RFC 8812): ES256, EdDSA with Ed25519, RS256. */
const ES256 = -7;
export const ALGORITHMS = [ES256, -8, -257];

/** Labels of a COSE key (RFC 9052 §7.1, RFC 9053 §7, RFC 8230 §4). */
const KTY = 1;
const ALG = 3;

/**
 * The algorithm of a whole key of a kind that was asked for, or null. The library checks a key only when it is used; a
 * point off the curve, a zero or a giant is refused here, when it is made, and never stored.
 */
export function soundAlgorithm(key: unknown): number | null {
  if (!(key instanceof Map)) return null;
  const alg: unknown = key.get(ALG);
  const jwk = asJwk(key);
  if (typeof alg !== 'number' || !ALGORITHMS.includes(alg) || !jwk) return null;
  const made = importable(jwk);
  return made && (made.asymmetricKeyType !== 'rsa' || isSoundRsa(made)) ? alg : null;
}

/**
 * Whether a signature is in its one right form. ES256 is a DER pair of numbers (WebAuthn L3 §6.5.5); the library would
 * pass over what stands behind it, and one signature could then be sent in many forms.
 */
export function isWellFormed(signature: Uint8Array, alg: number): boolean {
  if (alg !== ES256) return true;
  const afterR = 4 + (signature[3] ?? 0);
  return (
    signature[0] === 0x30 &&
    signature[1] === signature.length - 2 &&
    signature[2] === 0x02 &&
    signature[afterR] === 0x02 &&
    afterR + 2 + (signature[afterR + 1] ?? 0) === signature.length
  );
}

function isSoundRsa(key: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  return modulusLength >= 2048 && modulusLength <= 4096 && publicExponent >= 3n && publicExponent < 2n ** 33n;
}

type Jwk = Record<string, string>;

function asJwk(key: ReadonlyMap<unknown, unknown>): Jwk | null {
  const part = (label: number, size?: number) => {
    const value = key.get(label);
    const isSound = value instanceof Uint8Array && value.some((byte) => byte !== 0);
    return isSound && (size === undefined || value.length === size) ? Buffer.from(value).toString('base64url') : null;
  };
  const [kty, alg, crv] = [key.get(KTY), key.get(ALG), key.get(-1)];
  if (kty === 2 && alg === ES256 && crv === 1) {
    const [x, y] = [part(-2, 32), part(-3, 32)];
    return x && y ? { kty: 'EC', crv: 'P-256', x, y } : null;
  }
  if (kty === 1 && alg === -8 && crv === 6) {
    const x = part(-2, 32);
    return x ? { kty: 'OKP', crv: 'Ed25519', x } : null;
  }
  if (kty === 3 && alg === -257) {
    const [n, e] = [part(-1), part(-2)];
    return n && e ? { kty: 'RSA', n, e } : null;
  }
  return null;
}

function importable(jwk: Jwk): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return null; // not a point on the curve
  }
}
