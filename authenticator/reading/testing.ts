import type { Entry } from '../codes/entry.ts';

/** Google's export, written by the same definition from the other side. */
export function migrationUri(entries: Partial<Entry>[], { of = 1, index = 0, type = 2, algorithm = 0 } = {}): string {
  const body = entries.flatMap((entry) => {
    const names = { 'SHA-1': 1, 'SHA-256': 2, 'SHA-512': 3 };
    const inner = [
      ...bytes(1, entry.secret ?? new Uint8Array()),
      ...bytes(2, new TextEncoder().encode(entry.account ?? '')),
      ...bytes(3, new TextEncoder().encode(entry.issuer ?? '')),
      ...number(4, algorithm || names[entry.algorithm ?? 'SHA-1']),
      ...number(5, entry.digits === 8 ? 2 : 1),
      ...number(6, type),
    ];
    return bytes(1, Uint8Array.from(inner));
  });
  const all = [...body, ...number(2, 1), ...number(3, of), ...number(4, index), ...number(5, 123_456_789)];
  return `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from(all).toString('base64'))}`;
}

function bytes(field: number, value: Uint8Array): number[] {
  return [...varint(field * 8 + 2), ...varint(value.length), ...value];
}

function number(field: number, value: number): number[] {
  return [...varint(field * 8), ...varint(value)];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
