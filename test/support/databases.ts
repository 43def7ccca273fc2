import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDatabase } from '#store/database.ts';
import type { Keys } from '#store/keys.ts';
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
  meddle: (text: string) => Promise<void>;
};

let server: Promise<PostgresServer> | null = null;
after(async () => {
  if (server) await (await server).stop();
});

/** The same case on both databases: an SQLite file and a real PostgreSQL server. */
export function onBothDatabases(name: string, body: (database: TestDatabase) => Promise<void>): void {
  onSqlite(name, body);
  test(`${name} (PostgreSQL)`, async () => {
    server ??= startPostgres();
    await withStores('postgres', await (await server).database(), body);
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

async function withStores(
  dialect: TestDatabase['dialect'],
  url: string,
  body: (database: TestDatabase) => Promise<void>,
): Promise<void> {
  const opened: Store[] = [];
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
        const database = openDatabase(url);
        try {
          await database.transaction((on) => on.execute('meddle', text, []));
        } finally {
          await database.close();
        }
      },
    });
  } finally {
    for (const store of opened) await store.close();
  }
}
