import type { Kysely } from 'kysely';

/** What came of check-ups: facts, from which it is computed when the next one is asked for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('check_ups')
    .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('check_ups_account').on('check_ups').columns(['account', 'at']).execute();
}
