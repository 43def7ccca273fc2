import type { Kysely } from 'kysely';

/** Requests of people who have nothing left to sign in with, and accounts that the desk has frozen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const owned = (name: string) =>
    schema
      .createTable(name)
      .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      .addColumn('organisation', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'));
  const index = (table: string, ...columns: string[]) =>
    schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns(columns);

  await owned('recovery_cases')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('started', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('claimed_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .execute();
  // One request per account at a time, whoever asks how often; and a number that is read out means one request.
  await index('recovery_cases', 'account').unique().where('ended_at', 'is', null).execute();
  await index('recovery_cases', 'number').unique().where('ended_at', 'is', null).execute();
  await index('recovery_cases', 'organisation', 'opened_at').execute();
  await index('recovery_cases', 'account', 'ended_at').execute();

  await owned('freezes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('frozen_by', 'text', (c) => c.notNull())
    .addColumn('frozen_at', 'bigint', (c) => c.notNull())
    .addColumn('first_thaw_by', 'text')
    .addColumn('thawed_at', 'bigint')
    .execute();
  await index('freezes', 'account').unique().where('thawed_at', 'is', null).execute();
  await index('freezes', 'organisation').where('thawed_at', 'is', null).execute();
}
