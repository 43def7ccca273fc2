import { type Kysely, sql } from 'kysely';

/** Applications, what they were given, and the sessions they know of. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const { schema } = db;

  await schema
    .alterTable('memberships')
    .addColumn('groups', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  await schema.alterTable('accounts').addColumn('recovered_at', 'bigint').execute();
  // The name under which applications know a session: it stays when the session gets a new identifier.
  await schema
    .alterTable('sessions')
    .addColumn('sid', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`update sessions set sid = id`.execute(db);
  await schema.createIndex('sessions_sid').on('sessions').column('sid').execute();

  await schema
    .createTable('applications')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('owner', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('audience', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('home_url', 'text', (c) => c.notNull())
    .addColumn('policy', 'text', (c) => c.notNull())
    .addColumn('settings', 'text', (c) => c.notNull())
    .addColumn('secret_hash', blob)
    .addColumn('logo_type', 'text')
    .addColumn('logo', blob)
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('applications_owner').on('applications').column('owner').execute();

  const ofAccountAndApplication = (name: string) =>
    schema
      .createTable(name)
      .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('application', 'text', (c) => c.notNull().references('applications.id').onDelete('cascade'));

  await ofAccountAndApplication('consents')
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('given_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('consents_key', ['account', 'application'])
    .execute();

  // No reference to sessions: a row that outlives its session is what a log-out still has to be told for.
  await ofAccountAndApplication('application_sessions')
    .addColumn('sid', 'text', (c) => c.notNull())
    .addColumn('client_sid', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('run_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('application_sessions_key', ['sid', 'application'])
    .execute();
  await schema.createIndex('application_sessions_account').on('application_sessions').column('account').execute();

  // What OpenID Connect keeps: codes, tokens, grants, interactions. Found by a hash of what the client holds.
  await schema
    .createTable('oidc_objects')
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('key', blob, (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('grant_id', 'text')
    .addColumn('uid', 'text')
    .addColumn('account', 'text', (c) => c.references('accounts.id').onDelete('cascade'))
    .addColumn('application', 'text', (c) => c.references('applications.id').onDelete('cascade'))
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('consumed_at', 'bigint')
    .addPrimaryKeyConstraint('oidc_objects_key', ['model', 'key'])
    .execute();
  for (const column of ['grant_id', 'uid', 'account', 'application', 'expires_at'])
    await schema.createIndex(`oidc_objects_${column}`).on('oidc_objects').column(column).execute();

  await schema
    .createTable('signing_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('algorithm', 'text', (c) => c.notNull())
    .addColumn('sealed_private', blob, (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('signs_from', 'bigint', (c) => c.notNull())
    .addColumn('retires_at', 'bigint')
    .execute();
}
