import { type CodeForm, type Entry, SECRET_BYTES } from '../codes/entry.ts';
import { fromBase64 } from '../keeping/base64.ts';
import { named } from './named.ts';
import { type Field, fieldsOf, NotAMessage } from './protobuf.ts';
import { type Scan, unreadable } from './scan.ts';

/**
 * Google Authenticator's *Transfer accounts*: `otpauth-migration://offline?data=` and a protocol buffer in base 64.
 * The numbers of its fields are those that apps which read it agree on; there is no published definition.
 */
export function readMigration(text: string): Scan {
  const bytes = payloadOf(text);
  if (!bytes) return unreadable('broken-migration');
  try {
    const fields = [...fieldsOf(bytes)];
    const all = fields.filter(({ number }) => number === 1).map(({ value }) => entryIn(messageOf(value)));
    const entries = all.filter((one) => one !== null);
    if (all.length === 0) return unreadable('empty-migration');
    const of = Math.min(Math.max(1, numberIn(fields, 3) ?? 1), MOST_PARTS);
    const part = Math.min(of, (numberIn(fields, 4) ?? 0) + 1);
    return { kind: 'migration', entries, passedOver: all.length - entries.length, part: { part, of } };
  } catch (fault) {
    if (fault instanceof NotAMessage) return unreadable('broken-migration');
    throw fault;
  }
}

/** One account, or null where this app has no codes for it. */
function entryIn(fields: Field[]): Entry | null {
  const secret = bytesIn(fields, 1);
  const algorithm = ALGORITHMS[numberIn(fields, 4) ?? 0];
  const digits = DIGITS[numberIn(fields, 5) ?? 0];
  const isTimeBased = (numberIn(fields, 6) ?? 0) !== COUNTER_BASED;
  if (!secret || secret.length < SECRET_BYTES.least || secret.length > SECRET_BYTES.most) return null;
  if (!algorithm || !digits || !isTimeBased) return null;
  const name = textIn(fields, 2);
  const issuer = textIn(fields, 3);
  // The name may repeat the issuer, as the label of an address does.
  const colon = name.indexOf(':');
  const [before, after] = colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
  return { issuer: named(issuer || before), account: named(after), secret, algorithm, digits, periodSeconds: 30 };
}

/** 0 is "unspecified", which the app itself takes for the first; 4 is MD5, which no browser computes. */
const ALGORITHMS: readonly (CodeForm['algorithm'] | undefined)[] = ['SHA-1', 'SHA-1', 'SHA-256', 'SHA-512'];
const DIGITS: readonly (CodeForm['digits'] | undefined)[] = [6, 6, 8];
const COUNTER_BASED = 1;
/** Ten accounts each: what says more is broken. */
const MOST_PARTS = 100;

function payloadOf(text: string): Uint8Array<ArrayBuffer> | null {
  const data = /[?&]data=([^&#]*)/.exec(text)?.[1] ?? '';
  if (data === '') return null;
  try {
    // Not by URLSearchParams, which would take the + of base 64 for a blank.
    const base64 = decodeURIComponent(data).replaceAll(' ', '+').replaceAll('-', '+').replaceAll('_', '/');
    return fromBase64(base64);
  } catch {
    return null;
  }
}

function messageOf(value: Field['value']): Field[] {
  if (typeof value === 'bigint') throw new NotAMessage();
  return [...fieldsOf(value)];
}

/** The last one counts, as the encoding has it. */
function lastOf(fields: Field[], wanted: number): Field['value'] | undefined {
  return fields.findLast(({ number }) => number === wanted)?.value;
}

function numberIn(fields: Field[], wanted: number): number | null {
  const value = lastOf(fields, wanted);
  return typeof value === 'bigint' ? Number(value) : null;
}

function bytesIn(fields: Field[], wanted: number): Uint8Array<ArrayBuffer> | null {
  const value = lastOf(fields, wanted);
  return value instanceof Uint8Array ? value : null;
}

function textIn(fields: Field[], wanted: number): string {
  return new TextDecoder().decode(bytesIn(fields, wanted) ?? new Uint8Array());
}
