/** CBOR (RFC 8949) as far as authenticators write it, and pieces of it that none would. */
export type Cbor = number | string | Uint8Array | readonly Cbor[] | ReadonlyMap<Cbor, Cbor> | Raw;

/** Bytes that stand in the text as they are: for what is no CBOR, or none that anybody may send. */
export class Raw {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array | string) {
    this.bytes = typeof bytes === 'string' ? Uint8Array.from(Buffer.from(bytes, 'hex')) : bytes;
  }
}

export function cbor(value: Cbor): Uint8Array {
  if (value instanceof Raw) return value.bytes;
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return join(head(3, Buffer.byteLength(value)), Buffer.from(value));
  if (value instanceof Uint8Array) return join(head(2, value.length), value);
  if (value instanceof Map)
    return join(head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)]));
  const list = value as readonly Cbor[];
  return join(head(4, list.length), ...list.map(cbor));
}

export function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function head(major: number, size: number): Uint8Array {
  const kind = major << 5;
  if (size < 24) return Uint8Array.of(kind | size);
  if (size < 256) return Uint8Array.of(kind | 24, size);
  if (size < 65_536) return Uint8Array.of(kind | 25, size >> 8, size & 255);
  const bytes = Buffer.alloc(5);
  bytes[0] = kind | 26;
  bytes.writeUInt32BE(size, 1);
  return Uint8Array.from(bytes);
}
