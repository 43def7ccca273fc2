import { sql } from 'kysely';
import { type Database, openDatabase } from './database.ts';
import { checkKeys } from './key-check.ts';
import type { Keys } from './keys.ts';
import { makeSeal, type Seal, sealedUnder } from './seal.ts';
import { type Connection, type Statement, statement } from './statement.ts';

/** Every column that holds sealed values, with the column that names its row. A test compares it with the tables. */
export const SEALED_COLUMNS = [
  { table: 'authenticators', column: 'sealed_secret', id: 'id' },
  { table: 'enrolments', column: 'sealed_secrets', id: 'id' },
  { table: 'challenges', column: 'sealed_destination', id: 'id' },
  { table: 'approvals', column: 'sealed_number', id: 'id' },
  { table: 'pairings', column: 'sealed_push', id: 'id' },
  { table: 'outbox', column: 'sealed_recipient', id: 'id' },
  { table: 'outbox', column: 'sealed_payload', id: 'id' },
  { table: 'signing_keys', column: 'sealed_private', id: 'id' },
  { table: 'meta', column: 'sealed_value', id: 'name' },
] as const;

/** Rows in one transaction: short enough that a sign-in does not notice. */
const BATCH = 100;

/**
 * Seals everything anew under the newest key and answers how many values were moved. Servers must know the new key
 * before (it only adds to the key file); the old ones may be thrown away after. It may be stopped at any moment and
 * started again: what was moved is not moved twice.
 */
export async function reseal(options: { url: string; keys: Keys }): Promise<{ resealed: number }> {
  const database = openDatabase(options.url);
  try {
    await checkKeys(database, options.keys);
    const seal = makeSeal(options.keys);
    let resealed = 0;
    for (const sealed of SEALED_COLUMNS) resealed += await resealColumn(database, seal, sealed);
    return { resealed };
  } finally {
    await database.close();
  }
}

type SealedColumn = (typeof SEALED_COLUMNS)[number];
type Queries = {
  page: Statement<{ after: string; limit: number }, { id: string; value: Uint8Array }>;
  replace: Statement<{ id: string; old: Uint8Array; value: Uint8Array }, unknown>;
};

async function resealColumn(database: Database, seal: Seal, sealed: SealedColumn): Promise<number> {
  const queries = queriesOf(sealed);
  let moved = 0;
  let after: string | null = '';
  while (after !== null) {
    const start: string = after;
    const batch = await database.transaction((on) => resealBatch(on, seal, sealed, queries, start));
    moved += batch.moved;
    after = batch.last;
  }
  return moved;
}

async function resealBatch(
  on: Connection,
  seal: Seal,
  { table, column }: SealedColumn,
  { page, replace }: Queries,
  after: string,
): Promise<{ moved: number; last: string | null }> {
  const rows = await page.all(on, { after, limit: BATCH });
  let moved = 0;
  for (const { id, value } of rows) {
    if (value.length === 0 || sealedUnder(value) === seal.version) continue;
    const place = { table, column, row: id };
    // Only what is still there: a secret that was emptied a moment ago must not come back.
    moved += await replace.run(on, { id, old: value, value: seal.seal(seal.open(value, place), place) });
  }
  return { moved, last: rows.at(-1)?.id ?? null };
}

function queriesOf({ table, column, id }: SealedColumn): Queries {
  const [from, value, name] = [sql.table(table), sql.ref(column), sql.ref(id)];
  return {
    page: statement<{ after: string; limit: number }>()((db, its) => ({
      compile: () =>
        sql<{ id: string; value: Uint8Array }>`select ${name} as id, ${value} as value from ${from}
          where ${name} > ${its.after} and ${value} is not null order by ${name} limit ${its.limit}`.compile(db),
    })),
    replace: statement<{ id: string; old: Uint8Array; value: Uint8Array }>()((db, its) => ({
      compile: () =>
        sql`update ${from} set ${value} = ${its.value}
          where ${name} = ${its.id} and ${value} = ${its.old}`.compile(db),
    })),
  };
}
