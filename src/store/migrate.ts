import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as ground from './migrations/001-ground.ts';
import * as applications from './migrations/002-applications.ts';
import * as forwardAuth from './migrations/004-forward-auth.ts';
import * as pairedDevices from './migrations/009-paired-devices.ts';
import * as passkeys from './migrations/005-passkeys.ts';
import * as recovery from './migrations/007-recovery.ts';
import * as vouchers from './migrations/008-vouchers.ts';
import * as checkUps from './migrations/012-check-ups.ts';
import * as apiTokens from './migrations/006-api-tokens.ts';
import * as help from './migrations/010-help.ts';
import * as push from './migrations/013-push.ts';
import * as helpLinks from './migrations/014-help-links.ts';
import * as clock from './migrations/017-clock.ts';

export type Dialect = 'sqlite' | 'postgres';

type Step = { up(db: Kysely<unknown>, dialect: Dialect): Promise<void> };

/** The one timeline, oldest first; a name never changes once it was released. */
const TIMELINE: Record<string, Step> = {
  '001-ground': ground,
  '002-applications': applications,
  '004-forward-auth': forwardAuth,
  '005-passkeys': passkeys,
  '007-recovery': recovery,
  '008-vouchers': vouchers,
  '006-api-tokens': apiTokens,
  '009-paired-devices': pairedDevices,
  '010-help': help,
  '012-check-ups': checkUps,
  '013-push': push,
  '014-help-links': helpLinks,
  '017-clock': clock,
};

/** The newest step this program knows. */
export const schemaVersion: string = Object.keys(TIMELINE).sort().at(-1) ?? '';

/** The database was written by a newer program than this one: reading on could misread or destroy what it keeps. */
export class DatabaseTooNew extends Error {
  readonly unknown: string[];

  constructor(unknown: string[]) {
    super(
      `The database is newer than this program: it holds the changes ${unknown.join(', ')}, and this program knows ` +
        `them only up to ${schemaVersion}. Start the newer program, or restore a backup made before the upgrade.`,
    );
    this.name = 'DatabaseTooNew';
    this.unknown = unknown;
  }
}

/**
 * Brings the database up to this program's schema, all or nothing, and answers what was applied. Safe to start in
 * several processes at once. Throws {@link DatabaseTooNew} without touching anything.
 */
export async function migrate(db: Kysely<unknown>, dialect: Dialect): Promise<string[]> {
  const applied = await appliedMigrations(db);
  const unknown = applied.filter((name) => !(name in TIMELINE));
  if (unknown.length > 0) throw new DatabaseTooNew(unknown);
  if (applied.length === Object.keys(TIMELINE).length) return [];
  // One transaction around all steps, which a second process waits for: `begin immediate` on SQLite, an advisory lock on
  // PostgreSQL. It then finds nothing left to do.
  const provider = { getMigrations: async () => steps(dialect) };
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw new Error('The database could not be brought up to date; it is as it was.', { cause: error });
  return (results ?? []).map((result) => result.migrationName);
}

/** Names of the steps that were applied; empty for a database without tables. */
export async function appliedMigrations(db: Kysely<unknown>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

function steps(dialect: Dialect): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(TIMELINE).map(([name, step]) => [name, { up: (db: Kysely<unknown>) => step.up(db, dialect) }]),
  );
}
