import type { Kysely } from 'kysely';

/** Links of an organisation in its help centre. They are one list with one version, so that of two changes one wins. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('help_links')
    .addColumn('organisation', 'text', (c) => c.primaryKey().references('organisations.id').onDelete('cascade'))
    .addColumn('links', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();
}
