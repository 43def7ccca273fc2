import { refuse, type Refused } from '../refusal.ts';

export type KeySet = { keys: Record<string, unknown>[] };

const MOST_KEYS = 10;
/** Members of a private or a shared key (RFC 7518 §6): whoever pastes one has shown it to us, and must make a new one. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const KEPT = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'use'];
const ALGORITHMS = ['ES256', 'PS256', 'RS256'];

/** The public keys of an application: a JWK Set, a list of keys, or one key (RFC 7517). Only known members are kept. */
export function readKeys(value: unknown): KeySet | Refused {
  const keys = isRecord(value) && Array.isArray(value['keys']) ? value['keys'] : Array.isArray(value) ? value : [value];
  if (keys.length === 0 || keys.length > MOST_KEYS || !keys.every(isRecord)) return refuse('keys-malformed');
  if (keys.some((key) => PRIVATE.some((member) => Object.hasOwn(key, member)))) return refuse('keys-private');
  if (!keys.every(isUsable)) return refuse('keys-unusable');
  const names = keys.map((key) => key['kid']);
  if (keys.length > 1 && (names.includes(undefined) || new Set(names).size < names.length))
    return refuse('keys-nameless');
  return {
    keys: keys.map((key) => Object.fromEntries(Object.entries(key).filter(([member]) => KEPT.includes(member)))),
  };
}

function isUsable(key: Record<string, unknown>): boolean {
  const { kty, crv, x, y, n, e, kid, alg, use } = key;
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > 200)) return false;
  if (use !== undefined && use !== 'sig') return false;
  if (alg !== undefined && !(typeof alg === 'string' && ALGORITHMS.includes(alg))) return false;
  if (kty === 'EC') return crv === 'P-256' && isBytes(x, 32, 32) && isBytes(y, 32, 32);
  return kty === 'RSA' && isBytes(n, 256, 1024) && isBytes(e, 1, 8);
}

/** base64url without padding, of so many bytes. */
function isBytes(value: unknown, least: number, most: number): boolean {
  if (typeof value !== 'string' || !/^[\w-]+$/.test(value)) return false;
  const bytes = Math.floor((value.length * 3) / 4);
  return bytes >= least && bytes <= most;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
