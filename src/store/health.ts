import type { Database } from './database.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';

/** A probe writes to the disk; strangers who ask often must not make it write often. */
const SHORTEST_PAUSE_MS = 2_000;

// Writes what stands there: a full disk, a read-only mount and a standby server are found out, and nothing changes.
const touch = statement()((db) =>
  db
    .updateTable('audit_head')
    .set((e) => ({ id: e.ref('id') }))
    .where('id', '=', 1),
);

export function probe(database: Database): Store['health'] {
  let last: { at: number; answer: ReturnType<Store['health']> } | null = null;
  return () => {
    const at = performance.now();
    if (!last || at - last.at > SHORTEST_PAUSE_MS) last = { at, answer: write(database) };
    return last.answer;
  };
}

async function write(database: Database): Promise<string> {
  try {
    const changed = await database.transaction((on) => touch.run(on, {}));
    return changed === 1 ? 'ok' : 'The database has lost the head of its audit.';
  } catch (fault) {
    return `The database cannot be written: ${fault instanceof Error ? fault.message : 'unknown fault'}`;
  }
}
