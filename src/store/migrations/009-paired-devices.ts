import { type Kysely, sql } from 'kysely';

/** Phones with the app of our own: the codes that tie them to an account, and the questions they are asked. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const { schema } = db;

  // The codes of a paired phone are an authenticator of their own kind, and go with it.
  await schema.alterTable('authenticators').addColumn('part_of', 'text').execute();

  await schema
    .createTable('pairings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('code_hash', blob, (c) => c.notNull().unique())
    .addColumn('token_hash', blob)
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('paired_at', 'bigint')
    .execute();
  await schema.createIndex('pairings_expires').on('pairings').column('expires_at').execute();

  await schema
    .createTable('approvals')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('device', 'text')
    .addColumn('sealed_number', blob, (c) => c.notNull())
    .addColumn('organisation', 'text', (c) => c.notNull())
    .addColumn('application', 'text', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('answer', 'text')
    .addColumn('answered_at', 'bigint')
    .addColumn('answered_by', 'text')
    .addColumn('claimed_at', 'bigint')
    .execute();
  // The newest of an attempt; the one of an account that waits; its denials.
  await schema.createIndex('approvals_holder').on('approvals').columns(['holder', 'created_at']).execute();
  await schema.createIndex('approvals_account').on('approvals').columns(['account', 'answer']).execute();
  await schema.createIndex('approvals_expires').on('approvals').column('expires_at').execute();
}
