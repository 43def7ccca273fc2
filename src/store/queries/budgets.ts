import { instant, millis } from '../columns.ts';
import { statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const read = statement<{ key: string }>()((db, its) =>
  db.selectFrom('budgets').select('history').where('key', '=', its.key),
);
const lock = statement<{ key: string }>()((db, its, dialect) =>
  db
    .selectFrom('budgets')
    .select('history')
    .where('key', '=', its.key)
    .$if(dialect === 'postgres', (query) => query.forUpdate()),
);
const makeRow = statement<{ key: string }>()((db, its) =>
  db
    .insertInto('budgets')
    .values({ key: its.key, history: '[]', last_at: 0 })
    .onConflict((conflict) => conflict.doNothing()),
);
const save = statement<{ key: string; history: string; last_at: number }>()((db, its) =>
  db.updateTable('budgets').set({ history: its.history, last_at: its.last_at }).where('key', '=', its.key),
);

export function budgetsReader({ on }: Context): ReaderOf<'budgets'> {
  return { history: async (key) => toInstants((await read.first(on, { key }))?.history) };
}

export function budgetsWriter({ on }: Context): WriterOf<'budgets'> {
  return {
    async lock(key) {
      const found = await lock.first(on, { key });
      if (found) return toInstants(found.history);
      // There is nothing to lock before the first charge: fifty first guesses would all see an empty history. The row
      // is made first, whoever makes it; the others wait for it here.
      await makeRow.run(on, { key });
      return toInstants((await lock.first(on, { key }))?.history);
    },
    async save(key, history) {
      const charged = history.map(millis);
      const row = { key, history: JSON.stringify(charged), last_at: charged.at(-1) ?? 0 };
      if ((await save.run(on, row)) > 0) return;
      await makeRow.run(on, { key });
      await save.run(on, row);
    },
  };
}

function toInstants(history: string | undefined): Temporal.Instant[] {
  if (history === undefined) return [];
  return (JSON.parse(history) as number[]).map(instant);
}
