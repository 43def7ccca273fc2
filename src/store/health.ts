import type { Database } from './database.ts';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import { isOfStorage } from './unavailable.ts';

/** A probe writes to the disk; strangers who ask often must not make it write often. */
const SHORTEST_PAUSE_MS = 2_000;
/** How long a full disk that a real transaction met counts for more than a probe that was small enough to fit. */
const FAULT_COUNTS_MS = 10_000;

// Writes what stands there: a read-only mount, a standby server and a lock that never ends are found out, and nothing
// changes.
const touch = statement()((db) =>
  db
    .updateTable('audit_head')
    .set((e) => ({ id: e.ref('id') }))
    .where('id', '=', 1),
);

export type Health = {
  ask: Store['health'];
  /** Tells how a transaction went; faults that are not the disk's fault are none of our business. */
  wentWell: () => void;
  failed: (fault: unknown) => void;
};

export function healthOf(database: Database, clock: () => number = () => performance.now()): Health {
  let last: { at: number; answer: Promise<string> } | null = null;
  let met: { at: number; sentence: string } | null = null;
  return {
    ask: async () => {
      const at = clock();
      if (met && at - met.at < FAULT_COUNTS_MS) return met.sentence;
      if (!last || at - last.at > SHORTEST_PAUSE_MS) last = { at, answer: probe(database) };
      return last.answer;
    },
    wentWell: () => {
      met = null;
    },
    failed: (fault) => {
      if (isOfStorage(fault)) met = { at: clock(), sentence: sentence(fault) };
    },
  };
}

async function probe(database: Database): Promise<string> {
  try {
    const changed = await database.transaction((on) => touch.run(on, {}));
    return changed === 1 ? 'ok' : 'The database has lost the head of its audit.';
  } catch (fault) {
    return sentence(fault);
  }
}

function sentence(fault: unknown): string {
  return `The database cannot be written: ${fault instanceof Error ? fault.message : 'unknown fault'}`;
}
