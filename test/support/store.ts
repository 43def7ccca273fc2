import { makeKeys, type Keys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import type { Store } from '#store/store.ts';

/** Fresh keys per test process: nothing may depend on their values. */
export const testKeys: Keys = makeKeys();

/** Noon on a day in March, for tests that need some day. */
export const NOON = Temporal.Instant.from('2026-03-02T12:00:00Z');

/** A fresh store on a real SQLite in memory, with all tables. `now` may move: pass a function that reads a variable. */
export function memoryStore(options: { now?: () => Temporal.Instant; keys?: Keys } = {}): Promise<Store> {
  return openStore({ url: 'sqlite::memory:', keys: options.keys ?? testKeys, now: options.now ?? (() => NOON) });
}
