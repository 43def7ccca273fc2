import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Secret } from '#core/secret.ts';
import { syncFolder } from './folder.ts';

/**
 * The keys that are never in the database. Who has the database alone can neither open a sealed secret nor try
 * passwords or short codes.
 */
export type Keys = {
  /** 32 bytes each. The one with the highest version seals; all of them open. */
  sealing: { version: number; key: Secret<Uint8Array> }[];
  /** 32 bytes, mixed into password hashes and into the keyed hashes of short codes. Never rotated. */
  pepper: Secret<Uint8Array>;
  /** 32 bytes, signs cookies. */
  cookie: Secret<Uint8Array>;
};

/** The key file is missing, readable by others, or not a key file. The message is a sentence for the operator. */
export class KeyFileRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyFileRefused';
  }
}

const KEY_BYTES = 32;

export function makeKeys(): Keys {
  return { sealing: [{ version: 1, key: random() }], pepper: random(), cookie: random() };
}

/** The same keys and a new sealing key above them. Values sealed before open as before; `reseal.ts` moves them over. */
export function addSealingKey(keys: Keys): Keys {
  const version = Math.max(...keys.sealing.map((one) => one.version)) + 1;
  return { ...keys, sealing: [...keys.sealing, { version, key: random() }] };
}

/** Only the newest sealing key: for after everything was re-sealed under it. */
export function onlyNewestSealingKey(keys: Keys): Keys {
  const newest = keys.sealing.toSorted((a, b) => b.version - a.version).slice(0, 1);
  return { ...keys, sealing: newest };
}

export function readKeys(path: string): Keys {
  const mode = modeOf(path);
  if ((mode & 0o077) !== 0)
    throw new KeyFileRefused(
      `The key file ${path} can be read by others (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${path}`,
    );
  const keys = fromJson(readFileSync(path, 'utf8'));
  if (!keys) throw new KeyFileRefused(`${path} is not a key file of this program, or it is damaged.`);
  return keys;
}

/** Writes a new key file, readable by its owner only, and never over an existing one: those keys would be lost. */
export function writeKeys(path: string, keys: Keys = makeKeys()): void {
  try {
    writeWhole(path, 'wx', keys);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')
      throw new KeyFileRefused(`There is a key file already: ${path}. Nothing was changed.`, { cause });
    throw cause;
  }
}

/** Replaces the key file in one step, so that a crash leaves the old one or the new one, whole. */
export function replaceKeys(path: string, keys: Keys): void {
  readKeys(path);
  const beside = `${path}.new`;
  writeWhole(beside, 'w', keys);
  renameSync(beside, path);
  syncFolder(dirname(path));
}

const base64Key = z.base64().transform((text, context) => {
  const key = Uint8Array.from(Buffer.from(text, 'base64'));
  if (key.length !== KEY_BYTES) context.addIssue(`A key has ${KEY_BYTES} bytes.`);
  return new Secret<Uint8Array>(key);
});

const fileForm = z.strictObject({
  format: z.literal('nachtslot-keys-1'),
  sealing: z.array(z.strictObject({ version: z.int().min(1).max(0xffff_ffff), key: base64Key })).min(1),
  pepper: base64Key,
  cookie: base64Key,
});

/** Null instead of a reason: what a parser says about a broken file quotes the file. */
function fromJson(text: string): Keys | null {
  try {
    const { sealing, pepper, cookie } = fileForm.parse(JSON.parse(text));
    const versions = new Set(sealing.map((one) => one.version));
    return versions.size === sealing.length ? { sealing, pepper, cookie } : null;
  } catch {
    return null;
  }
}

function toJson(keys: Keys): string {
  const text = (key: Secret<Uint8Array>) => Buffer.from(key.reveal()).toString('base64');
  const sealing = keys.sealing.map((one) => ({ version: one.version, key: text(one.key) }));
  const file = { format: 'nachtslot-keys-1', sealing, pepper: text(keys.pepper), cookie: text(keys.cookie) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function writeWhole(path: string, flag: 'w' | 'wx', keys: Keys): void {
  const file = openSync(path, flag, 0o600);
  try {
    // An older file keeps its mode when it is opened for writing.
    chmodSync(path, 0o600);
    writeSync(file, toJson(keys));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(dirname(path));
}

function modeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found)
    throw new KeyFileRefused(
      `There is no key file at ${path}. Make one with "nachtslot init", or point NACHTSLOT_KEY_FILE at yours.`,
    );
  // Windows has no such bits; its files carry lists of who may read.
  return process.platform === 'win32' ? 0o600 : found.mode;
}

function random(): Secret<Uint8Array> {
  return new Secret<Uint8Array>(Uint8Array.from(randomBytes(KEY_BYTES)));
}
