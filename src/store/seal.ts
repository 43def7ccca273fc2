import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Keys } from './keys.ts';

/** Where a sealed value stands. It opens there and nowhere else: a value moved to another row is refused. */
export type Place = { table: string; column: string; row: string };

export type Seal = {
  /** The version that seals now. */
  version: number;
  /** AES-256-GCM (NIST SP 800-38D) under the newest key with a random 96-bit nonce, bound to `place`. */
  seal(plain: Uint8Array, place: Place): Uint8Array;
  /** Throws {@link CannotOpen} for a wrong key, another place, or a changed byte. */
  open(sealed: Uint8Array, place: Place): Uint8Array;
};

/** A sealed value does not open: the key file is another one, or somebody changed or moved what is stored. */
export class CannotOpen extends Error {
  constructor(place: Place, why: string, options?: ErrorOptions) {
    super(`The sealed value ${place.table}.${place.column} of ${place.row} cannot be opened: ${why}`, options);
    this.name = 'CannotOpen';
  }
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** One byte format, four bytes key version. */
const HEAD_BYTES = 5;

/** Nothing is sealed as nothing: an emptied secret is an empty column that needs no key. */
export function makeSeal(keys: Keys): Seal {
  const ring = new Map<number, KeyObject>(keys.sealing.map((one) => [one.version, createSecretKey(one.key.reveal())]));
  const version = Math.max(...ring.keys());
  const newest = ring.get(version);
  if (!newest) throw new Error('The key file holds no sealing key.');

  return {
    version,
    seal(plain, place) {
      if (plain.length === 0) return new Uint8Array(0);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newest, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(bound(place, version));
      const body = cipher.update(plain);
      cipher.final();
      return Uint8Array.from(Buffer.concat([head(version), nonce, body, cipher.getAuthTag()]));
    },
    open(sealed, place) {
      if (sealed.length === 0) return new Uint8Array(0);
      if (sealed.length < HEAD_BYTES + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT)
        throw new CannotOpen(place, 'it has a form that this program does not know.');
      const used = sealedUnder(sealed);
      const key = ring.get(used);
      if (!key) throw new CannotOpen(place, `the key file holds no key of version ${used}.`);
      const nonce = sealed.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(bound(place, used));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const plain = decipher.update(sealed.subarray(HEAD_BYTES + NONCE_BYTES, -TAG_BYTES));
        decipher.final();
        return Uint8Array.from(plain);
      } catch (cause) {
        throw new CannotOpen(place, 'the key is another one, or the value was changed or moved.', { cause });
      }
    },
  };
}

/** The key version a sealed value was made with. */
export function sealedUnder(sealed: Uint8Array): number {
  return new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength).getUint32(1);
}

function head(version: number): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES);
  bytes[0] = FORMAT;
  new DataView(bytes.buffer).setUint32(1, version);
  return bytes;
}

/** No part may hold the separator, or two places could read the same. */
function bound(place: Place, version: number): Uint8Array {
  const parts = [place.table, place.column, place.row, String(version)];
  if (parts.some((part) => part.includes('|'))) throw new Error('A sealed place must not contain "|"');
  return Buffer.from(parts.join('|'));
}
