import { type Kysely, sql } from 'kysely';

/** The ground: people, what they sign in with, what is under way, and what is written down about it. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const { schema } = db;

  await schema
    .createTable('organisations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('slug', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('time_zone', 'text', (c) => c.notNull())
    .addColumn('policy', 'text', (c) => c.notNull())
    .addColumn('help_contact', 'text', (c) => c.notNull())
    .addColumn('colour', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();

  await schema
    .createTable('accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('security_epoch', 'integer', (c) => c.notNull())
    .addColumn('first_sign_in_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();

  /** A table whose rows belong to an account and go with it. */
  const owned = (name: string) =>
    schema
      .createTable(name)
      .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'));
  const index = (table: string, ...columns: string[]) =>
    schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns(columns);

  await owned('addresses')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('is_primary', 'integer', (c) => c.notNull())
    .addColumn('confirmed_at', 'bigint')
    .execute();
  await index('addresses', 'account').execute();

  await owned('memberships')
    .addColumn('organisation', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('joined_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('memberships_key', ['account', 'organisation'])
    .execute();
  await index('memberships', 'organisation').execute();

  await owned('authenticators')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('label', 'text', (c) => c.notNull())
    .addColumn('sealed_secret', blob, (c) => c.notNull())
    .addColumn('hint', 'text', (c) => c.notNull())
    .addColumn('bound_at', 'bigint', (c) => c.notNull())
    .addColumn('bound_by', 'text', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint')
    .addColumn('counter', 'bigint', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('disabled_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('end_reason', 'text')
    .execute();
  await index('authenticators', 'account').execute();

  await schema
    .createTable('campaigns')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('organisation', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('starts_on', 'text', (c) => c.notNull())
    .addColumn('deadline', 'text')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await index('campaigns', 'organisation').execute();

  await owned('deferrals')
    .addColumn('organisation', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('campaign', 'text', (c) => c.references('campaigns.id').onDelete('cascade'))
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await index('deferrals', 'account', 'at').execute();

  await owned('extensions')
    .addColumn('campaign', 'text', (c) => c.notNull().references('campaigns.id').onDelete('cascade'))
    .addColumn('until', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('granted_by', 'text', (c) => c.notNull())
    .execute();
  await index('extensions', 'account').execute();

  await owned('exemptions')
    .addColumn('organisation', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('until', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .execute();
  await index('exemptions', 'account').execute();

  await owned('sign_ins')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('sign_ins_key', ['account', 'at'])
    .execute();

  await owned('attempts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_hash', blob, (c) => c.notNull().unique())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('security_epoch', 'integer', (c) => c.notNull())
    .addColumn('session', 'text')
    .addColumn('return_to', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  await index('attempts', 'account').execute();
  await index('attempts', 'expires_at').execute();

  await owned('sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_hash', blob, (c) => c.notNull().unique())
    .addColumn('evidence', 'text', (c) => c.notNull())
    .addColumn('via_remembered_device', 'integer', (c) => c.notNull())
    .addColumn('security_epoch', 'integer', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await index('sessions', 'account').execute();
  await index('sessions', 'expires_at').execute();

  await owned('remembered_devices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_hash', blob, (c) => c.notNull().unique())
    .addColumn('security_epoch', 'integer', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_used_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await index('remembered_devices', 'account').execute();
  await index('remembered_devices', 'expires_at').execute();

  await owned('enrolments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('sealed_secrets', blob, (c) => c.notNull())
    .addColumn('security_epoch', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  // One wizard alive per holder, whatever two tabs do at the same moment.
  await index('enrolments', 'holder').unique().where('ended_at', 'is', null).execute();
  await index('enrolments', 'account', 'created_at').execute();
  await index('enrolments', 'expires_at').execute();

  await owned('challenges')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('authenticator', 'text')
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('code_hash', blob, (c) => c.notNull())
    .addColumn('sealed_destination', blob, (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  // One code on its way per holder and purpose.
  await index('challenges', 'holder', 'purpose').unique().where('ended_at', 'is', null).execute();
  await index('challenges', 'account').execute();
  await index('challenges', 'expires_at').execute();

  await owned('links')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('token_hash', blob, (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('security_epoch', 'integer', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('consumed_at', 'bigint')
    .execute();
  await index('links', 'account').execute();
  await index('links', 'expires_at').execute();

  await schema
    .createTable('budgets')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('history', 'text', (c) => c.notNull())
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .execute();
  await index('budgets', 'last_at').execute();

  await schema
    .createTable('outbox')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    // Set free, not deleted, with the account: the last notice to a removed person is still owed.
    .addColumn('account', 'text', (c) => c.references('accounts.id').onDelete('set null'))
    .addColumn('sealed_recipient', blob, (c) => c.notNull())
    .addColumn('sealed_payload', blob, (c) => c.notNull())
    .addColumn('idempotency_key', 'text', (c) => c.notNull().unique())
    .addColumn('run_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('error', 'text')
    .execute();
  await index('outbox', 'run_at').where('finished_at', 'is', null).execute();
  await index('outbox', 'account').execute();

  // No reference to accounts: what happened stays written down when an account is removed.
  await schema
    .createTable('audit')
    .addColumn('sequence', 'bigint', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('actor', 'text')
    .addColumn('account', 'text')
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('user_agent', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await index('audit', 'account', 'sequence').execute();

  await schema
    .createTable('audit_head')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('sequence', 'bigint', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
  await sql`insert into audit_head (id, sequence, hash) values (1, 0, ${sql.lit('0'.repeat(64))})`.execute(db);

  await schema
    .createTable('meta')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('sealed_value', blob, (c) => c.notNull())
    .execute();
}
