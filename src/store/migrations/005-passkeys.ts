import { type Kysely, sql } from 'kysely';

/** Passkeys: what finds one without an address, the challenges they answer, and when somebody was invited to have one. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const { schema } = db;

  // A credential id belongs to one living authenticator in the whole house; one that has ended gives it back (null).
  await schema.alterTable('authenticators').addColumn('handle', 'text').execute();
  await schema.alterTable('authenticators').addColumn('flagged_at', 'bigint').execute();
  await schema.createIndex('authenticators_handle').on('authenticators').column('handle').unique().execute();

  await schema
    .createTable('passkey_challenges')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('challenge', blob, (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('passkey_challenges_holder')
    .on('passkey_challenges')
    .columns(['holder', 'purpose'])
    .execute();
  await schema.createIndex('passkey_challenges_expires').on('passkey_challenges').column('expires_at').execute();

  await schema
    .createTable('passkey_invitations')
    .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('declined_at', 'bigint')
    .execute();
  await schema.createIndex('passkey_invitations_account').on('passkey_invitations').column('account').execute();
}
