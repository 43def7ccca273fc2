import { encodeBase32 } from '#authenticators/totp/base32.ts';
import type { Entry } from '../codes/entry.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { readEntry } from './export-entry.ts';

/** docs/reference/authenticator-export.md describes the file. */
const FORMAT = 'nachtslot-authenticator-export';
/** Above what OWASP asks for PBKDF2 with SHA-256 (600 000); half a second to a second on a phone. */
const ITERATIONS = 1_000_000;
/** What is accepted on import: no less than OWASP's, and no more than a phone finishes. */
const ITERATIONS_READ = { least: 600_000, most: 10_000_000 };
const MOST_BYTES = 5_000_000;

/** As long as a password that has no second step beside it: whoever has the file may guess without end. */
export const PASSPHRASE_LEAST = 15;

export type ImportFailure = 'not-an-export' | 'newer-export' | 'damaged-or-wrong-passphrase';
export type Imported = { entries: Entry[] } | { failed: ImportFailure };

/** The file with everything in it, which nobody opens without the passphrase. */
export async function exportFile(entries: readonly Entry[], passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const accounts = entries.map(({ issuer, account, secret, algorithm, digits, periodSeconds }) => ({
    issuer,
    account,
    secret: encodeBase32(secret),
    algorithm,
    digits,
    period: periodSeconds,
  }));
  const head = { format: FORMAT, version: 1, iterations: ITERATIONS, salt: toBase64(salt), iv: toBase64(iv) };
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: boundTo(head) },
    await keyFrom(passphrase, salt, ITERATIONS),
    new TextEncoder().encode(JSON.stringify({ accounts })),
  );
  return `${JSON.stringify({ ...head, data: toBase64(new Uint8Array(data)) }, null, 2)}\n`;
}

/** Opens a file of ours. Damage and a wrong passphrase look the same, by design of the cipher. */
export async function importFile(text: string, passphrase: string): Promise<Imported> {
  const file = readHead(text);
  if ('failed' in file) return file;
  const { salt, iv, data } = file;
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: boundTo(file.head) },
      await keyFrom(passphrase, salt, file.head.iterations),
      data,
    );
    const { accounts } = JSON.parse(new TextDecoder().decode(plain)) as { accounts: unknown[] };
    const entries = accounts.map(readEntry);
    return entries.every((one) => one !== null) ? { entries } : { failed: 'newer-export' };
  } catch {
    return { failed: 'damaged-or-wrong-passphrase' };
  }
}

/** Before a passphrase is asked for: is it a file of ours at all? */
export function looksLikeExport(text: string): ImportFailure | null {
  const file = readHead(text);
  return 'failed' in file ? file.failed : null;
}

type HeadOfFile = { format: string; version: number; iterations: number; salt: string; iv: string };
type Parts = Record<'salt' | 'iv' | 'data', Uint8Array<ArrayBuffer>> & { head: HeadOfFile };

function readHead(text: string): Parts | { failed: ImportFailure } {
  const file = text.length > MOST_BYTES ? null : parsed(text);
  if (file?.['format'] !== FORMAT) return { failed: 'not-an-export' };
  if (file['version'] !== 1) return { failed: 'newer-export' };
  const { iterations } = file;
  const isCount =
    typeof iterations === 'number' &&
    Number.isInteger(iterations) &&
    iterations >= ITERATIONS_READ.least &&
    iterations <= ITERATIONS_READ.most;
  const salt = fromBase64(file['salt']);
  const iv = fromBase64(file['iv']);
  const data = fromBase64(file['data']);
  if (!isCount || !salt || !iv || !data || iv.length !== 12 || salt.length < 16)
    return { failed: 'damaged-or-wrong-passphrase' };
  const head = { format: FORMAT, version: 1, iterations, salt: toBase64(salt), iv: toBase64(iv) };
  return { head, salt, iv, data };
}

/** What stands before the data cannot be changed without the tag failing. */
function boundTo({ format, version, iterations, salt }: HeadOfFile): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${format} ${version} ${iterations} ${salt}`);
}

/** NFKC, so that é is é on every keyboard (as NIST SP 800-63B-4 §3.1.1.2 has it for passwords). */
async function keyFrom(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
