import { createBackupCode } from '#authenticators/backup-code/index.ts';
import { storedFormOf } from '#authenticators/code-card/secret.ts';
import { createPassword } from '#authenticators/password/index.ts';
import { createHashGate, createPepperedHash, type HashCost } from '#authenticators/peppered-hash.ts';
import type { Secret } from '#core/secret.ts';
import type { Keys } from '#store/keys.ts';
import { type Person, secretsOf } from './person.ts';

type Hashed = {
  password: Secret<Uint8Array>;
  backupCode: Secret<Uint8Array> | null;
  card: Secret<Uint8Array> | null;
};

/** The slow half of everybody: the stored forms of passwords, backup codes and cards, each with a salt of its own. */
export type Hashes = ReadonlyMap<Person, Hashed>;

/** As an organisation brings them along from elsewhere: the least there may be, and raised at each one's first sign-in. */
export const BROUGHT_ALONG: HashCost = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** People at once, two hashes each: fewer than may wait in front of one core. */
const PEOPLE_AT_ONCE = 16;

/**
 * Hashes as the product does. This file imports little, so that the hashing can begin before the rest of the program is
 * even loaded: the two take about the same time, on different cores.
 */
export async function hashAll(
  people: readonly Person[],
  { pepper }: Pick<Keys, 'pepper'>,
  cost?: HashCost,
): Promise<Hashes> {
  const gate = createHashGate();
  const passwords = createPassword(createPepperedHash('password', { pepper }, gate, cost));
  const backupCodes = createBackupCode(createPepperedHash('backup-code', { pepper }, gate, cost));
  const cards = createPepperedHash('code-card', { pepper }, gate, cost);
  const hashed = new Map<Person, Hashed>();
  for (let first = 0; first < people.length; first += PEOPLE_AT_ONCE) {
    await Promise.all(
      people.slice(first, first + PEOPLE_AT_ONCE).map(async (person) => {
        const password = await passwords.toStored(person.password);
        const code = person.backupCode === 'none' ? null : await backupCodes.toStored(secretsOf(person).backupCode);
        const card = person.card && (await storedFormOf(cards, secretsOf(person).card()));
        if ('refusal' in password || (code && 'refusal' in code)) throw new Error('too many hashes at once');
        hashed.set(person, { password: password.secret, backupCode: code && code.secret, card });
      }),
    );
  }
  return hashed;
}
