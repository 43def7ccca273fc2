import { type Kysely, sql } from 'kysely';

/** One-time vouchers that an administrator hands over in person. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  await db.schema
    .createTable('vouchers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('organisation', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('code_hash', blob, (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  // A newer voucher puts out the one before.
  await db.schema
    .createIndex('vouchers_account')
    .on('vouchers')
    .unique()
    .columns(['account'] as string[])
    .where('ended_at', 'is', null)
    .execute();
  await db.schema.createIndex('vouchers_organisation').on('vouchers').columns(['organisation']).execute();
}
