import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type Database, openDatabase } from '#store/database.ts';
import type { Keys } from '#store/keys.ts';
import { migrate } from '#store/migrate.ts';
import { openStore } from '#store/open.ts';
import type { Store } from '#store/store.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { NOON, testKeys } from './store.ts';

export type TestDatabase = {
  dialect: 'sqlite' | 'postgres';
  url: string;
  /** Opens the store; each call is a program of its own with its own connections. All are closed after the test. */
  open: (options?: { keys?: Keys; now?: () => Temporal.Instant }) => Promise<Store>;
  /** Runs SQL past the program, as somebody with access to the database would. */
  meddle: (text: string) => Promise<Record<string, unknown>[]>;
};

let server: Promise<PostgresServer> | null = null;
/** With all tables, to copy: making them takes longer than most tests. */
let prepared: Promise<string> | null = null;
after(async () => {
  if (server) await (await server).stop();
});

/** The same case on both databases: an SQLite file and a real PostgreSQL server. */
export function onBothDatabases(
  name: string,
  body: (database: TestDatabase) => Promise<void>,
  options: { empty: boolean } = { empty: false },
): void {
  onSqlite(name, body);
  onPostgres(name, body, options);
}

/** For what only a server with several connections can do wrong. */
export function onPostgres(
  name: string,
  body: (database: TestDatabase) => Promise<void>,
  options: { empty: boolean } = { empty: false },
): void {
  test(`${name} (PostgreSQL)`, async () => {
    server ??= startPostgres();
    const { database } = await server;
    if (!options.empty) prepared ??= prepare(await database());
    await withStores('postgres', await database(options.empty ? undefined : ((await prepared) ?? undefined)), body);
  });
}

/** For what only a file can have: its bytes, its free pages. */
export function onSqlite(name: string, body: (database: TestDatabase) => Promise<void>): void {
  test(`${name} (SQLite)`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nachtslot-contract-'));
    try {
      await withStores('sqlite', `sqlite:${join(folder, 'test.db')}`, body);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function prepare(url: string): Promise<string> {
  const database = openDatabase(url);
  await migrate(database.kysely, database.dialect);
  await database.close();
  return url;
}

async function withStores(
  dialect: TestDatabase['dialect'],
  url: string,
  body: (database: TestDatabase) => Promise<void>,
): Promise<void> {
  const opened: Store[] = [];
  let meddling: Database | undefined;
  const closeMeddling = () => meddling?.close();
  try {
    await body({
      dialect,
      url,
      open: async ({ keys = testKeys, now = () => NOON } = {}) => {
        const store = await openStore({ url, keys, now });
        opened.push(store);
        return store;
      },
      meddle: async (text) => {
        meddling ??= openDatabase(url);
        const { rows } = await meddling.transaction((on) => on.execute('', text, []));
        return rows.map((row) => ({ ...(row as Record<string, unknown>) }));
      },
    });
  } finally {
    for (const store of opened) await store.close();
    await closeMeddling();
  }
}
