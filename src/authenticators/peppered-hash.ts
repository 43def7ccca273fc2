import { createHmac, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Secret } from '#core/secret.ts';
import { createGate, type Gate } from './gate.ts';
import { deriveKey, type KeyUse } from './keys.ts';

/** What a hash costs (RFC 9106 §3.1). */
export type HashCost = { memoryKiB: number; passes: number; lanes: number };

/** What RFC 9106 §4 recommends where memory is not plentiful, in one lane; see decision 47. */
export const DEFAULT_COST: HashCost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

export type Peppers = {
  /** Thirty-two random bytes or more, from outside the database. */
  pepper: Secret<Uint8Array>;
  /** Peppers before it: what they protect still opens, and moves to the newest with its next use. */
  earlierPeppers?: readonly Secret<Uint8Array>[];
};

export type Checked = {
  matches: boolean;
  /** Made with an earlier pepper or a lower cost: keep it anew while the plain text is at hand. */
  outdated: boolean;
};

/**
 * Every answer may be null: too many hashes are waiting, or there is no memory for one more. `from`: whose turn it is, see
 * `gate.ts`.
 */
export type PepperedHash = {
  keep(text: string): Promise<Secret<Uint8Array> | null>;
  check(kept: Secret<Uint8Array>, text: string, from?: string): Promise<Checked | null>;
  /** Does the work of a check for which nothing is kept, so that the time does not say so. */
  checkNothing(text: string, from?: string): Promise<null | 'done'>;
};

/** The gate that all hashes of the process share: as many at once as there are cores. */
export function createHashGate(atOnce = navigator.hardwareConcurrency): Gate {
  return createGate({ atOnce, waiting: 40 * atOnce });
}

/**
 * Argon2id over HMAC-SHA-256 of the text, under a key from outside the database (NIST SP 800-63B-4 §3.1.1.2). What is
 * kept is `ID:PHC`, where ID names the pepper and PHC holds salt and cost: each hash can be checked, and raised, alone.
 */
export function createPepperedHash(
  use: KeyUse,
  peppers: Peppers,
  gate: Gate,
  cost: HashCost = DEFAULT_COST,
): PepperedHash {
  const current = keyOf(peppers.pepper, use);
  const known = [current, ...(peppers.earlierPeppers ?? []).map((one) => keyOf(one, use))];
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: cost.lanes };
  const nothing = randomPhc(cost);
  const inTurn = <T>(work: () => Promise<T>, from?: string) => gate.run(() => unlessOutOfMemory(work), from);

  return {
    keep: (text) =>
      inTurn(async () => {
        const phc = await hash(mac(current.key, text), options);
        return new Secret(new TextEncoder().encode(`${current.id}:${phc}`));
      }),

    check(kept, text, from) {
      const { id, phc } = parse(kept);
      const key = known.find((one) => one.id === id);
      // Not a wrong password: the operator started the server with another key file.
      if (!key) throw new Error(`A stored hash needs the pepper ${id}, which is not in the key file.`);
      return inTurn(
        async () => ({
          matches: await verify(phc, mac(key.key, text)),
          outdated: id !== current.id || isCheaper(phc, cost),
        }),
        from,
      );
    },

    checkNothing: (text, from) =>
      inTurn(async () => {
        await verify(nothing, mac(current.key, text));
        return 'done' as const;
      }, from),
  };
}

/** A machine without 64 MiB to spare is busy and not broken: whoever asks again in a moment may get in. */
async function unlessOutOfMemory<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Error && fault.message === 'Memory allocation error') return null;
    throw fault;
  }
}

type NamedKey = { id: string; key: Secret<Uint8Array> };

/** A pepper's name is made from it, so that no list of versions can fall out of step with the key file. */
function keyOf(pepper: Secret<Uint8Array>, use: KeyUse): NamedKey {
  const key = deriveKey(pepper, use);
  return { key, id: createHmac('sha256', key.reveal()).update('name of this pepper').digest('hex').slice(0, 8) };
}

/** As text: the library's `verify` refuses bytes that are not UTF-8, which its `hash` takes. */
function mac(key: Secret<Uint8Array>, text: string): string {
  return createHmac('sha256', key.reveal()).update(text, 'utf8').digest('base64');
}

function parse(kept: Secret<Uint8Array>): { id: string; phc: string } {
  const text = Buffer.from(kept.reveal()).toString();
  const colon = text.indexOf(':');
  if (colon !== 8) throw new Error('A stored hash is not in the form ID:PHC.');
  return { id: text.slice(0, colon), phc: text.slice(colon + 1) };
}

function isCheaper(phc: string, cost: HashCost): boolean {
  const made = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(phc);
  if (!made) return true;
  const [memoryKiB = 0, passes = 0, lanes = 0] = made.slice(1).map(Number);
  return memoryKiB < cost.memoryKiB || passes < cost.passes || lanes < cost.lanes;
}

/** A hash of today's cost that nothing matches; made without hashing, so that the first stranger waits no longer. */
function randomPhc({ memoryKiB, passes, lanes }: HashCost): string {
  const [salt, output] = [16, 32].map((size) => randomBytes(size).toString('base64').replace(/=+$/, ''));
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${salt}$${output}`;
}
