import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Connection, insert, statement, type Value } from './statement.ts';

function recording(dialect: 'sqlite' | 'postgres') {
  const ran: { name: string; text: string; values: Value[] }[] = [];
  const on: Connection = {
    dialect,
    execute: async (name, text, values) => {
      ran.push({ name, text, values });
      return { rows: [], changed: 0 };
    },
  };
  return { on, ran };
}

test('a query is built once for each database and then only filled in', async () => {
  let built = 0;
  const rename = statement<{ id: string; label: string }>()((db, its) => {
    built++;
    return db
      .updateTable('authenticators')
      .set({ label: its.label })
      .where('id', '=', its.id)
      .where('failures', '<', 3);
  });
  const [sqlite, postgres] = [recording('sqlite'), recording('postgres')];
  await rename.run(sqlite.on, { id: '1', label: 'old' });
  await rename.run(sqlite.on, { label: 'new', id: '2' });
  await rename.run(postgres.on, { id: '3', label: 'other' });
  assert.equal(built, 2);
  assert.deepEqual(
    [...sqlite.ran, ...postgres.ran].map((one) => one.values),
    [
      ['old', '1', 3],
      ['new', '2', 3],
      ['other', '3', 3],
    ],
  );
  assert.match(postgres.ran[0]?.text ?? '', /\$1.*\$2.*\$3/);
  assert.ok((postgres.ran[0]?.name.length ?? 99) < 64, 'PostgreSQL cuts longer names');
});

test('a row is added by its columns, whatever order they are written in', async () => {
  const { on, ran } = recording('sqlite');
  await insert(on, 'sign_ins', { account: 'grace', at: 1 });
  await insert(on, 'sign_ins', { at: 2, account: 'bob' });
  assert.deepEqual(
    ran.map((one) => one.values),
    [
      ['grace', 1],
      ['bob', 2],
    ],
  );
});

test('what a database would quietly turn into something else is refused', async () => {
  const { on, ran } = recording('sqlite');
  const bad: unknown[] = [undefined, Number.NaN, 1.5, Number.POSITIVE_INFINITY, 2 ** 60, true, 1n, {}, new Date()];
  for (const value of bad)
    await assert.rejects(insert(on, 'sign_ins', { account: 'grace', at: value as number }), /Not a value for a column/);
  assert.equal(ran.length, 0);
});

test('a NUL, which PostgreSQL refuses with a fault, is stored as the sign for an unknown character', async () => {
  const { on, ran } = recording('postgres');
  await insert(on, 'sign_ins', { account: 'gr\0ce', at: 1 });
  assert.deepEqual(ran[0]?.values, ['gr\uFFFDce', 1]);
});
