import { closeSync, fdatasync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely';
import type { Database } from './database.ts';
import { type Engine, groupCommit } from './group-commit.ts';
import type { Connection } from './statement.ts';

/** How long another process may hold the write lock before we give up. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * One connection that writes, and for files a second one that only reads, so that a page never sees half of a
 * transaction that happens to be running.
 */
export function openSqlite(path: string): Database {
  const inMemory = path === ':memory:';
  if (!inMemory) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const writing = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT_MS });
  // NORMAL: the file is whole after a loss of power; that what was acknowledged is in it we see to ourselves, see
  // `syncing`. secure_delete: a secret that was emptied leaves no copy in a free page.
  writing.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on; pragma temp_store = memory',
  );
  const reading = inMemory ? null : new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  reading?.exec('pragma temp_store = memory');

  const version = reading && versionOf(reading);
  // Behind a symbolic link the log is beside the file that the link leads to.
  const log = version ? syncing(writing, { path: `${writing.location() ?? path}-wal`, version }) : IN_MEMORY;
  const queue = groupCommit(engine(writing, log));
  const writer = insideTransaction(connection(writing), writing);
  return {
    dialect: 'sqlite',
    read: reading
      ? betweenTransactions(connection(writing), connection(reading), writing)
      : queued(connection(writing), queue),
    version,
    transaction: (work, acknowledged) => queue.submit(() => work(writer), acknowledged),
    kysely: new Kysely({ dialect: new TransactionalSqlite({ database: forKysely(writing) }) }),
    close: async () => {
      await queue.drained();
      log.close();
      reading?.close();
      writing.close();
    },
  };
}

type Syncing = { sync: Engine['sync']; mend(): void; close(): void };

const IN_MEMORY: Syncing = { sync: () => Promise.resolve(), mend: () => {}, close: () => {} };

/**
 * Brings the write-ahead log to the disk, as SQLite does at `synchronous = full`, but on another thread: while the disk
 * is at work, requests go on. Only with that is a commit acknowledged.
 */
export function syncing(
  db: DatabaseSync,
  {
    path,
    version,
    toDisk = promisify(fdatasync),
  }: { path: string; version(): number; toDisk?(log: number): Promise<void> },
): Syncing {
  let log: number | null = null;
  let synced: number | null = null;
  // A disk that failed once may say yes the next time and have kept nothing (fsync(2)): nothing is added to such a log,
  // nor acknowledged of what was added meanwhile, before everything in it is in the database file, and that on the disk.
  let fault: { was: unknown } | null = null;
  return {
    sync: async () => {
      if (fault) throw fault.was;
      const present = version();
      // Whoever looked for work and found none has written nothing.
      if (present === synced) return;
      try {
        await toDisk((log ??= openSync(path, 'r+')));
        synced = present;
      } catch (was) {
        fault = { was };
        throw was;
      }
    },
    mend: () => {
      if (!fault) return;
      const answer = db.prepare('pragma wal_checkpoint(truncate)').get();
      if (answer?.['busy'] !== 0)
        throw new Error('The disk failed, and the log could not be emptied yet', { cause: fault.was });
      fault = null;
    },
    close: () => {
      if (log !== null) closeSync(log);
    },
  };
}

function engine(db: DatabaseSync, { sync, mend }: Syncing): Engine {
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  const rollback = db.prepare('rollback');
  const savepoint = db.prepare('savepoint member');
  const release = db.prepare('release member');
  const rollbackTo = db.prepare('rollback to member');
  return {
    sync,
    begin: () => {
      mend();
      begin.run();
    },
    commit: () => void commit.run(),
    rollback: () => void rollback.run(),
    savepoint: () => void savepoint.run(),
    release: () => void release.run(),
    rollbackToSavepoint: () => {
      rollbackTo.run();
      release.run();
    },
    inTransaction: () => db.isTransaction,
  };
}

function connection(db: DatabaseSync): Connection {
  const prepared = new Map<string, { statement: StatementSync; answers: boolean }>();
  return {
    dialect: 'sqlite',
    execute: async (_name, text, values) => {
      let one = prepared.get(text);
      if (!one) {
        const statement = db.prepare(text);
        one = { statement, answers: statement.columns().length > 0 };
        prepared.set(text, one);
      }
      if (!one.answers) return { rows: [], changed: Number(one.statement.run(...values).changes) };
      const rows = one.statement.all(...values);
      return { rows, changed: rows.length };
    },
  };
}

/**
 * On a full disk SQLite undoes the whole transaction by itself. Who then goes on would write line by line, each on the
 * disk for good; so nobody can.
 */
function insideTransaction(on: Connection, db: DatabaseSync): Connection {
  return {
    dialect: on.dialect,
    execute: (name, text, values) =>
      db.isTransaction
        ? on.execute(name, text, values)
        : Promise.reject(new Error('The database gave the transaction up; nothing of it was kept')),
  };
}

/**
 * Reads on the writing connection while no transaction is open there: it knows the pages it wrote itself, where the
 * other one has to fetch every page anew after each commit. What is no plain `select` gets the one that cannot write.
 */
function betweenTransactions(onWriting: Connection, onReading: Connection, db: DatabaseSync): Connection {
  return {
    dialect: onWriting.dialect,
    execute: (name, text, values) =>
      (db.isTransaction || !/^select /i.test(text) ? onReading : onWriting).execute(name, text, values),
  };
}

/** Asked of the connection that writes nothing: only what others commit counts (SQLite, `PRAGMA data_version`). */
function versionOf(reading: DatabaseSync): () => number {
  const ask = reading.prepare('pragma data_version');
  ask.setReturnArrays(true);
  return () => Number((ask.get() as unknown[] | undefined)?.[0]);
}

/** A database in memory has one connection only: reads take their turn between transactions. */
function queued(on: Connection, queue: ReturnType<typeof groupCommit>): Connection {
  return {
    dialect: on.dialect,
    execute: (name, text, values) =>
      queue.idle() ? on.execute(name, text, values) : queue.submit(() => on.execute(name, text, values)),
  };
}

/** SQLite can undo a change of tables; Kysely's own adapter is more careful than it needs to be. */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

function forKysely(db: DatabaseSync): SqliteDatabase {
  return {
    close: () => db.close(),
    prepare: (text) => {
      // A deferred `begin` that later wants to write fails at once when another process was quicker.
      const statement = db.prepare(text === 'begin' ? 'begin immediate' : text);
      return {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...(values as SQLInputValue[])),
        run: (values) => statement.run(...(values as SQLInputValue[])),
        iterate: (values) => statement.iterate(...(values as SQLInputValue[])),
      };
    },
  };
}
