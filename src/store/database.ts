import type { Kysely } from 'kysely';
import type { Dialect } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Connection } from './statement.ts';

/**
 * When a transaction is told that it succeeded: when it is on the disk, or already when it is committed. Whatever is
 * acknowledged on the disk later has brought it there too.
 */
export type Acknowledged = 'on-disk' | 'committed';

/** A database as `open.ts` needs it, whichever it is. */
export type Database = {
  dialect: Dialect;
  /** Sees what is committed and nothing else. */
  read: Connection;
  /** A number that is another one after every commit, whoever made it; null where the database does not tell cheaply. */
  version: (() => number) | null;
  /** Runs `work` in one transaction: all of it or nothing. */
  transaction<T>(work: (on: Connection) => Promise<T>, acknowledged?: Acknowledged): Promise<T>;
  /** For migrations only. */
  kysely: Kysely<unknown>;
  close(): Promise<void>;
};

/** Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. */
export function openDatabase(url: string): Database {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length));
  if (url.startsWith('postgres://') || url.startsWith('postgresql://')) return openPostgres(url);
  throw new Error('The database address must start with sqlite: or postgres://');
}
