import type { Kysely } from 'kysely';

/** Articles that an organisation wrote itself, and how often the articles helped or did not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('help_articles')
    .addColumn('organisation', 'text', (c) => c.notNull().references('organisations.id').onDelete('cascade'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('slug', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('markdown', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('help_articles_key', ['organisation', 'language', 'slug'])
    .execute();

  // A number per day, and nothing that tells one person from another. Empty texts stand for "none": a key has no nulls.
  await schema
    .createTable('help_counts')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('organisation', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('article', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('page', 'text', (c) => c.notNull())
    .addColumn('refusal', 'text', (c) => c.notNull())
    .addColumn('count', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('help_counts_key', [
      'day',
      'organisation',
      'language',
      'article',
      'answer',
      'page',
      'refusal',
    ])
    .execute();
}
