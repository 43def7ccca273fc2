import { decodeBase32, encodeBase32 } from '#authenticators/totp/base32.ts';
import type { Entry } from '../codes/entry.ts';

/** AES-256-GCM; a new `iv` each time (NIST SP 800-38D §8.2.2). */
export type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

/** A key that seals and opens on this device and cannot be read out. */
export function makeKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Bound to its account: a box that is put in another's place does not open. */
export async function seal(key: CryptoKey, id: string, entry: Entry): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(algorithm(iv, id), key, new TextEncoder().encode(entryToJson(entry)));
  return { iv, data };
}

export async function open(key: CryptoKey, id: string, { iv, data }: Sealed): Promise<Entry> {
  const plain = await crypto.subtle.decrypt(algorithm(iv, id), key, data);
  return entryFrom(JSON.parse(new TextDecoder().decode(plain)));
}

/** Of a phone that is paired: the token by which it asks, bound to its place as well. */
export async function sealText(key: CryptoKey, place: string, text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(bound(iv, place), key, new TextEncoder().encode(text));
  return { iv, data };
}

export async function openText(key: CryptoKey, place: string, { iv, data }: Sealed): Promise<string> {
  return new TextDecoder().decode(await crypto.subtle.decrypt(bound(iv, place), key, data));
}

function algorithm(iv: Uint8Array<ArrayBuffer>, id: string) {
  return bound(iv, `account:${id}`);
}

function bound(iv: Uint8Array<ArrayBuffer>, place: string) {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) };
}

type Plain = Omit<Entry, 'secret'> & { secret: string };

function entryToJson({ secret, ...rest }: Entry): string {
  const plain: Plain = { ...rest, secret: encodeBase32(secret) };
  return JSON.stringify(plain);
}

/** What we sealed ourselves: the tag has vouched for it. */
function entryFrom({ secret, ...rest }: Plain): Entry {
  const bytes = decodeBase32(secret);
  if (!bytes) throw new Error('A sealed account holds no secret');
  return { ...rest, secret: new Uint8Array(bytes) };
}
