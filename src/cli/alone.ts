import { DatabaseSync } from 'node:sqlite';
import type { Config } from '#src/config.ts';
import { openDatabase } from '#store/database.ts';
import { Refused } from './command.ts';
import { sqliteFile } from './house.ts';

/** Refuses while a server, or anybody else, has the database open. */
export async function requireAlone(config: Config, why: string): Promise<void> {
  const file = sqliteFile(config);
  const others = file === null ? await connectionsToPostgres(config) : hasOtherUsers(file);
  if (others) throw new Refused(`Stop the server first: ${why}.`);
}

/** In WAL mode every connection holds a shared lock for as long as it is open, so only who is alone gets all of it. */
function hasOtherUsers(file: string): boolean {
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive; commit');
    return false;
  } catch (fault) {
    if (fault instanceof Error && /locked|busy/.test(fault.message)) return true;
    throw fault;
  } finally {
    database.close();
  }
}

async function connectionsToPostgres({ databaseUrl }: Config): Promise<boolean> {
  const database = openDatabase(databaseUrl.reveal());
  try {
    const { rows } = await database.read.execute(
      'others',
      `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend'`,
      [],
    );
    return rows.length > 0;
  } finally {
    await database.close();
  }
}
