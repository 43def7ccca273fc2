import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE, type Config, isSqlite, readConfig } from '#src/config.ts';
import { openDatabase } from '#store/database.ts';
import { type Keys, readKeys } from '#store/keys.ts';
import { DatabaseTooNew, appliedMigrations, schemaVersion } from '#store/migrate.ts';
import { openStore } from '#store/open.ts';
import type { Store } from '#store/store.ts';
import { type Around, Refused } from './command.ts';

/** What most commands work on. */
export type House = { config: Config; keys: Keys; store: Store };

export function configOf(around: Around): Config {
  return readConfig({ env: around.env, file: join(around.folder, CONFIG_FILE) });
}

/** Opens everything a server needs, in the order in which its absence is best explained, and closes it afterwards. */
export async function withHouse<T>(around: Around, work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(around);
  try {
    return await work(house);
  } finally {
    await house.store.close();
  }
}

export async function openHouse(around: Around): Promise<House> {
  const config = configOf(around);
  const keys = readKeys(config.keyFile);
  await requireDatabase(config);
  const store = await openStore({ url: config.databaseUrl.reveal(), keys, now: around.now });
  return { config, keys, store };
}

/**
 * Refuses where there is no database of ours. Making an empty one instead would hide that a disk is not mounted or an
 * address is mistyped, and everybody would find their account gone.
 */
export async function requireDatabase(config: Config): Promise<void> {
  const file = sqliteFile(config);
  if (file !== null && !existsSync(file))
    throw new Refused(
      `There is no database at ${file}. Make one with "nachtslot init", or point NACHTSLOT_DATABASE_URL at yours.`,
    );
  if ((await appliedTo(config)).length === 0)
    throw new Refused(
      'The database is empty. Set it up with "nachtslot init", or point NACHTSLOT_DATABASE_URL at yours.',
    );
}

/** For commands that look at what is there and must not change it. */
export async function requireUpToDate(config: Config): Promise<void> {
  await requireDatabase(config);
  const applied = await appliedTo(config);
  const newer = applied.filter((name) => name > schemaVersion);
  if (newer.length > 0) throw new DatabaseTooNew(newer);
  if (!applied.includes(schemaVersion))
    throw new Refused('The database was last used by an older program. Bring it up to date first: nachtslot migrate');
}

/** Path of the SQLite file, or null for PostgreSQL. */
export function sqliteFile({ databaseUrl }: Config): string | null {
  const url = databaseUrl.reveal();
  return isSqlite(url) ? url.slice('sqlite:'.length) : null;
}

/** Names of the changes that the database has seen; changes nothing. */
export async function appliedTo({ databaseUrl }: Pick<Config, 'databaseUrl'>): Promise<string[]> {
  const database = openDatabase(databaseUrl.reveal());
  try {
    return await appliedMigrations(database.kysely);
  } finally {
    await database.close();
  }
}
