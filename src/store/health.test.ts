import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database } from './database.ts';
import { healthOf } from './health.ts';
import { migrate } from './migrate.ts';
import { openSqlite } from './sqlite.ts';

async function setUp() {
  const database = openSqlite(':memory:');
  await migrate(database.kysely, 'sqlite');
  let at = 0;
  let writes = 0;
  const counted: Database = {
    ...database,
    transaction: (work) => {
      writes++;
      return database.transaction(work);
    },
  };
  const health = healthOf(counted, () => at);
  return { database, health, pass: (seconds: number) => (at += seconds * 1_000), writes: () => writes };
}

test('it is well when it can be written, and many questions make one write', async () => {
  const { health, writes, pass } = await setUp();
  assert.deepEqual(await Promise.all([health.ask(), health.ask(), health.ask()]), ['ok', 'ok', 'ok']);
  assert.equal(writes(), 1);
  pass(3);
  assert.equal(await health.ask(), 'ok');
  assert.equal(writes(), 2);
});

test('it is not well when it can only be read, and says why', async () => {
  const { database, health } = await setUp();
  await database.transaction((on) => on.execute('', 'pragma query_only = on', []));
  assert.match(await health.ask(), /cannot be written: attempt to write a readonly database/);
});

test('an audit without a head is no health', async () => {
  const { database, health } = await setUp();
  await database.transaction((on) => on.execute('', 'delete from audit_head', []));
  assert.match(await health.ask(), /lost the head/);
});

test('a full disk that a transaction met counts for a while, until one goes well again', async () => {
  const { health, pass } = await setUp();
  const full = Object.assign(new Error('database or disk is full'), { errcode: 13 });
  health.failed(full);
  assert.match(await health.ask(), /disk is full/);
  pass(11);
  assert.equal(await health.ask(), 'ok', 'nobody writes any more, so it looks for itself');
  health.failed(full);
  health.wentWell();
  assert.equal(await health.ask(), 'ok');
});

test("a fault of somebody's own making is not the database's", async () => {
  const { health } = await setUp();
  health.failed(new Error('on second thoughts'));
  health.failed(Object.assign(new Error('UNIQUE constraint failed'), { errcode: 1555 }));
  assert.equal(await health.ask(), 'ok');
});
