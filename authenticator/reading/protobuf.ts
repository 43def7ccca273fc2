/** One field of a message: a number (wire type 0) or bytes (wire type 2). */
export type Field = { number: number; value: bigint | Uint8Array<ArrayBuffer> };

/** Thrown inside `reading/` alone, and caught there: bytes that are no message. */
export class NotAMessage extends Error {}

/**
 * The fields of a protocol buffer message, in their order (protobuf.dev, *Encoding*). Fixed-width fields are passed
 * over; what is cut short or overlong is no message.
 */
export function* fieldsOf(bytes: Uint8Array<ArrayBuffer>): Generator<Field> {
  let at = 0;
  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    if (number === 0) throw new NotAMessage();
    switch (Number(tag & 7n)) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        take(8);
        break;
      case 2:
        yield { number, value: take(Number(varint())) };
        break;
      case 5:
        take(4);
        break;
      default:
        throw new NotAMessage();
    }
  }

  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) throw new NotAMessage();
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new NotAMessage();
  }

  function take(length: number): Uint8Array<ArrayBuffer> {
    if (length > bytes.length - at) throw new NotAMessage();
    at += length;
    return bytes.slice(at - length, at);
  }
}
