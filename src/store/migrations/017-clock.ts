import { type Kysely, sql } from 'kysely';

/**
 * What the clock has shown at most, what it would show without its jumps, and how long the server has been up: one row,
 * in milliseconds.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('clock')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('now', 'bigint', (c) => c.notNull())
    .addColumn('line', 'bigint', (c) => c.notNull())
    .addColumn('lived', 'bigint', (c) => c.notNull())
    .execute();
  await sql`insert into clock (id, now, line, lived) values (1, 0, 0, 0)`.execute(db);
}
