import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { openDatabase } from './database.ts';
import { openSqlite, syncing } from './sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'nachtslot-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

test('a loss of power leaves the file whole, references hold, what is deleted is overwritten', async () => {
  const database = openSqlite(join(folder, 'deep', 'new.db'));
  const wanted = { journal_mode: 'wal', synchronous: 1, secure_delete: 1, temp_store: 2, foreign_keys: 1 };
  for (const [name, value] of Object.entries(wanted)) {
    const { rows } = await database.transaction((on) => on.execute('', `pragma ${name}`, []));
    assert.deepEqual(
      rows.map((row) => ({ ...(row as object) })),
      [{ [name]: value }],
    );
  }
  await database.close();
});

test('after the disk has failed, everything is brought into the database file before anything is added', async () => {
  const path = join(folder, 'failing.db');
  const db = new DatabaseSync(path);
  db.exec('pragma journal_mode = wal; create table t (a); insert into t values (1)');
  const outcomes = [() => Promise.reject(new Error('input/output error')), () => Promise.resolve()];
  const toDisk = () => outcomes.shift()?.() ?? Promise.resolve();
  let version = 0;
  const log = syncing(db, { path: `${path}-wal`, version: () => (version += 1), toDisk });
  log.mend();
  assert.ok(statSync(`${path}-wal`).size > 0, 'nothing to mend yet');
  await assert.rejects(log.sync(), /input\/output/);

  const reader = new DatabaseSync(path, { readOnly: true });
  reader.exec('begin');
  reader.prepare('select * from t').all();
  db.exec('insert into t values (2)');
  assert.throws(() => log.mend(), /could not be emptied yet/, 'somebody still reads from the log');
  reader.close();

  log.mend();
  assert.equal(statSync(`${path}-wal`).size, 0);
  await log.sync();
  db.exec('insert into t values (3)');
  log.mend();
  assert.ok(statSync(`${path}-wal`).size > 0, 'mended once');
  log.close();
  db.close();
});

test('what was added while the disk failed is not acknowledged before it is brought into the database file', async () => {
  const path = join(folder, 'overtaken.db');
  const db = new DatabaseSync(path);
  db.exec('pragma journal_mode = wal; create table t (a)');
  const outcomes = [() => Promise.reject(new Error('input/output error'))];
  const toDisk = () => outcomes.shift()?.() ?? Promise.resolve();
  let version = 0;
  const log = syncing(db, { path: `${path}-wal`, version: () => (version += 1), toDisk });
  const first = log.sync();
  // Committed meanwhile, behind what the disk is about to lose: a yes of the disk to this alone is worth nothing.
  db.exec('insert into t values (2)');
  await assert.rejects(first, /input\/output/);
  await assert.rejects(log.sync(), /input\/output/);
  log.mend();
  await log.sync();
  log.close();
  db.close();
});

test('a database behind a symbolic link has its log beside the file it leads to', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  const [real, link] = [join(folder, 'elsewhere', 'real.db'), join(folder, 'link.db')];
  await openSqlite(real).close();
  symlinkSync(real, link);
  const database = openSqlite(link);
  await database.transaction((on) => on.execute('', 'create table t (a)', []));
  assert.ok(existsSync(`${real}-wal`));
  await database.close();
});

test('the disk is asked when something was written, by whomever, and not otherwise', async () => {
  const path = join(folder, 'quiet.db');
  const db = new DatabaseSync(path);
  db.exec('pragma journal_mode = wal; create table t (a)');
  let version = 1;
  let asked = 0;
  const toDisk = async () => void (asked += 1);
  const log = syncing(db, { path: `${path}-wal`, version: () => version, toDisk });
  await log.sync();
  await log.sync();
  assert.equal(asked, 1);
  version = 2;
  await log.sync();
  assert.equal(asked, 2);
  log.close();
  db.close();
});

test('the reading side cannot write', async () => {
  const database = openSqlite(join(folder, 'read.db'));
  await assert.rejects(database.read.execute('', 'create table t (a)', []), /readonly/);
  await database.close();
});

test('in a file, a read sees what is committed: nothing of a transaction that is open, all of one that is done', async () => {
  const database = openSqlite(join(folder, 'between.db'));
  const count = async () => (await database.read.execute('', 'select count(*) as n from t', [])).rows[0];
  await database.transaction((on) => on.execute('', 'create table t (a)', []));
  const { promise: looked, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
  const writing = database.transaction(async (on) => {
    await on.execute('', 'insert into t values (1)', []);
    wrote();
    await looked;
  });
  await written;
  assert.deepEqual({ ...((await count()) as object) }, { n: 0 });
  goOn();
  await writing;
  assert.deepEqual({ ...((await count()) as object) }, { n: 1 });
  await database.close();
});

test('in memory, a read waits for the transaction before it and sees all of it or nothing', async () => {
  const database = openSqlite(':memory:');
  const count = async () => (await database.read.execute('', 'select count(*) as n from t', [])).rows[0];
  await database.transaction((on) => on.execute('', 'create table t (a)', []));
  const failing = database.transaction(async (on) => {
    await on.execute('', 'insert into t values (1)', []);
    await new Promise((resolve) => setTimeout(resolve, 5));
    throw new Error('no');
  });
  const during = count();
  await assert.rejects(failing);
  assert.deepEqual({ ...((await during) as object) }, { n: 0 });
  await database.close();
});

test('whoever goes on in a transaction that the database gave up is stopped', async () => {
  const database = openSqlite(':memory:');
  await database.transaction((on) => on.execute('', 'create table t (a)', []));
  const stubborn = database.transaction(async (on) => {
    await on.execute('', 'insert into t values (1)', []);
    // As SQLite does by itself on a full disk.
    await on.execute('', 'rollback', []);
    await on.execute('', 'insert into t values (2)', []).catch(() => {});
  });
  await assert.rejects(stubborn);
  assert.deepEqual((await database.read.execute('', 'select a from t', [])).rows, []);
  await database.close();
});

test('an address of another kind is refused in words', () => {
  assert.throws(() => openDatabase('mysql://localhost/x'), /must start with sqlite: or postgres:/);
});
