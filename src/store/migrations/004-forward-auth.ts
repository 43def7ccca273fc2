import { type Kysely, sql } from 'kysely';

/** Rows that say something about one account, and the columns whose change matters; empty for a row that only comes. */
const OF_ACCOUNTS: [table: string, column: string, changes: string[]][] = [
  ['accounts', 'id', ['name', 'language', 'status', 'security_epoch', 'first_sign_in_at']],
  ['addresses', 'account', ['address', 'is_primary', 'confirmed_at']],
  ['memberships', 'account', ['role', 'groups', 'joined_at']],
  // Not `counter`, `failures` and `last_used_at`: every use would count as a change.
  ['authenticators', 'account', ['type', 'ended_at', 'disabled_at']],
  ['deferrals', 'account', []],
  ['extensions', 'account', ['until']],
  ['exemptions', 'account', ['until']],
  ['sign_ins', 'account', []],
];
const OF_EVERYBODY = ['organisations', 'campaigns', 'applications'];

/** Sessions at the hosts of applications behind a reverse proxy, the tickets that open them, and the stamps of facts. */
export async function up(db: Kysely<unknown>, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const blob = dialect === 'postgres' ? sql`bytea` : sql`blob`;
  const { schema } = db;
  // On SQLite the rows lie in the key's own tree: one walk instead of two, on the hot path of the program.
  const byKey = dialect === 'sqlite' ? sql`without rowid` : sql``;

  const held = (name: string) =>
    schema
      .createTable(name)
      .addColumn('token_hash', blob, (c) => c.primaryKey())
      .addColumn('account', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
      // Of the session it hangs on, which is alive as long as there is a row of that name in `sessions`.
      .addColumn('sid', 'text', (c) => c.notNull())
      .addColumn('host', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull());
  await held('forward_sessions').modifyEnd(byKey).execute();
  await held('forward_tickets')
    .addColumn('nonce_hash', blob, (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('consumed_at', 'bigint')
    .execute();
  for (const table of ['forward_sessions', 'forward_tickets'])
    for (const column of ['account', 'expires_at'])
      await schema.createIndex(`${table}_${column}`).on(table).column(column).execute();

  // A number for each account, and one for everybody, that rises with every change of what a verdict about them is made
  // of: whoever keeps a verdict keeps the numbers with it. Done by the database, so that no writer can forget it.
  await schema
    .createTable('stamps')
    .addColumn('about', 'text', (c) => c.primaryKey())
    .addColumn('value', 'bigint', (c) => c.notNull())
    .modifyEnd(byKey)
    .execute();
  for (const [table, column, changes] of OF_ACCOUNTS) await stamped(db, dialect, table, column, changes);
  for (const table of OF_EVERYBODY) await stamped(db, dialect, table, null, null);
}

/** `column` null: about everybody. `changes` null: whatever changes. */
async function stamped(
  db: Kysely<unknown>,
  dialect: 'sqlite' | 'postgres',
  table: string,
  column: string | null,
  changes: string[] | null,
): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db);
  const raise = (row: 'new' | 'old') =>
    `insert into stamps (about, value) values (${column ? `${row}."${column}"` : "'everything'"}, 1) ` +
    'on conflict (about) do update set value = stamps.value + 1';
  const of = changes && changes.length > 0 ? ` of ${changes.map((one) => `"${one}"`).join(', ')}` : '';
  const events = ['insert', 'delete', ...(changes?.length === 0 ? [] : [`update${of}`])];
  for (const event of events) {
    const [kind = ''] = event.split(' ');
    const name = `stamp_${table}_${kind}`;
    const work = raise(kind === 'delete' ? 'old' : 'new');
    if (dialect === 'sqlite') {
      await run(`create trigger ${name} after ${event} on ${table} for each row begin ${work}; end`);
    } else {
      await run(`create function ${name}() returns trigger language plpgsql as $$ begin ${work}; return null; end $$`);
      await run(`create trigger ${name} after ${event} on ${table} for each row execute function ${name}()`);
    }
  }
}
