import { type Kysely, sql } from 'kysely';

/** Where a phone's notifications go, and what became of the notification of a request. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const { schema } = db;
  await schema.alterTable('pairings').addColumn('sealed_push', blob).execute();
  await schema.alterTable('approvals').addColumn('push_queued_at', 'bigint').execute();
  await schema.alterTable('approvals').addColumn('push_sent_at', 'bigint').execute();
  await schema.alterTable('approvals').addColumn('push_arrived_at', 'bigint').execute();
  // What the desk reads: who was asked for and said no.
  await schema.createIndex('approvals_answer').on('approvals').columns(['answer', 'answered_at']).execute();
}
