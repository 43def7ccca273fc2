import { AsyncLocalStorage } from 'node:async_hooks';
import { type Database, openDatabase } from './database.ts';
import { healthOf } from './health.ts';
import { checkKeys } from './key-check.ts';
import type { Keys } from './keys.ts';
import { migrate } from './migrate.ts';
import { reader, writer } from './queries/index.ts';
import { makeSeal } from './seal.ts';
import type { Connection } from './statement.ts';
import type { Store } from './store.ts';
import { orUnavailable } from './unavailable.ts';

/**
 * Opens `sqlite:PATH`, `sqlite::memory:` or `postgres://…`, brings it up to date, and hands it out. Throws
 * `DatabaseTooNew` when a newer program wrote it and `WrongKeys` when it was sealed under other keys; both before
 * anything was changed.
 */
export async function openStore(options: { url: string; keys: Keys; now: () => Temporal.Instant }): Promise<Store> {
  const database = openDatabase(options.url);
  try {
    await migrate(database.kysely, database.dialect);
    await checkKeys(database, options.keys);
  } catch (fault) {
    await database.close();
    throw fault;
  }
  return toStore(database, options.keys, options.now);
}

function toStore(database: Database, keys: Keys, now: () => Temporal.Instant): Store {
  const seal = makeSeal(keys);
  const inside = new AsyncLocalStorage<true>();
  const health = healthOf(database);
  let closing: Promise<void> | null = null;
  return {
    read: reader({ on: outsideOnly(database.read, inside), version: database.version, seal, now }),
    transaction: async (work, acknowledged) => {
      refuseInside(inside);
      try {
        const value = await database.transaction(
          (on) =>
            inside.run(true, async () => {
              const { tx, settle } = writer({ on, version: null, seal, now });
              const value = await work(tx);
              await settle();
              return value;
            }),
          acknowledged,
        );
        health.wentWell();
        return value;
      } catch (fault) {
        health.failed(fault);
        throw orUnavailable(fault);
      }
    },
    health: health.ask,
    close: () => (closing ??= database.close()),
  };
}

/**
 * Reading past one's own transaction would show the world as it was before it, and may wait for itself for ever. It is
 * a mistake wherever it stands, so it fails at once and in words.
 */
function outsideOnly(on: Connection, inside: AsyncLocalStorage<true>): Connection {
  return {
    dialect: on.dialect,
    execute: async (name, text, values) => {
      refuseInside(inside);
      try {
        return await on.execute(name, text, values);
      } catch (fault) {
        throw orUnavailable(fault);
      }
    },
  };
}

function refuseInside(inside: AsyncLocalStorage<true>): void {
  if (inside.getStore()) throw new Error('Inside a transaction use what it hands you, not the store itself');
}
