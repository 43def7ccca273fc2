import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { type Engine, groupCommit } from './group-commit.ts';

test('those that wait together share one commit, and each is told only after it', async () => {
  const { queue, said, add } = setUp();
  await Promise.all(['a', 'b', 'c'].map((name) => queue.submit(add(name)).then(() => said.push(`${name} told`))));
  assert.deepEqual(said, ['begin', 'a', 'b', 'c', 'commit', 'a told', 'b told', 'c told']);
});

test('nobody is told before the disk has it; whoever comes meanwhile runs at once and shares the next writing', async () => {
  const { disk, queue, said, add } = setUpWithDisk();
  const submit = (name: string) => queue.submit(add(name)).then(() => said.push(`${name} told`));
  const first = submit('a');
  await turns();
  const later = Promise.all([submit('b'), turns().then(() => submit('c'))]);
  await turns(8);
  assert.deepEqual(said, ['begin', 'a', 'commit', 'begin', 'b', 'commit', 'begin', 'c', 'commit']);
  assert.equal(disk.length, 1, 'one at a time');
  disk[0]?.resolve();
  await first;
  await turns();
  assert.deepEqual(said.slice(9), ['a told']);
  assert.equal(disk.length, 2);
  let drained = false;
  const end = queue.drained().then(() => (drained = true));
  await turns();
  assert.equal(drained, false, 'what the disk has yet to take is not done with');
  disk[1]?.resolve();
  await Promise.all([later, end]);
  assert.deepEqual(said.slice(10), ['b told', 'c told']);
});

test('whoever need not wait is told when it is committed; the disk takes it with the next who does', async () => {
  const { disk, queue, said, add } = setUpWithDisk();
  await queue.submit(add('a'), 'committed');
  assert.equal(disk.length, 0, 'nobody waits for it');
  const both = [queue.submit(add('b'), 'committed'), queue.submit(add('c'))];
  await both[0];
  assert.deepEqual(said, ['begin', 'a', 'commit', 'begin', 'b', 'c', 'commit']);
  await turns();
  assert.equal(disk.length, 1);
  let isTold = false;
  void both[1]?.then(() => (isTold = true));
  await turns();
  assert.equal(isTold, false);
  disk[0]?.resolve();
  await both[1];
});

test('what the disk did not take is told to everybody whom it concerns, and to nobody after them', async () => {
  const outcomes = [() => Promise.reject(new Error('input/output error')), () => Promise.resolve()];
  const { queue, add } = setUp((engine) => ({ ...engine, sync: () => outcomes.shift()?.() ?? Promise.resolve() }));
  const settled = await Promise.allSettled([queue.submit(add('a')), queue.submit(add('b'))]);
  assert.deepEqual(
    settled.map((one) => one.status === 'rejected' && String(one.reason)),
    ['Error: input/output error', 'Error: input/output error'],
  );
  await queue.submit(add('c'));
});

test('one that fails takes nobody with it', async () => {
  const { queue, rows, add } = setUp();
  const settled = await Promise.allSettled([
    queue.submit(add('a')),
    queue.submit(async () => {
      await add('b')();
      throw new Error('b changed its mind');
    }),
    queue.submit(add('c')),
  ]);
  assert.deepEqual(
    settled.map((one) => one.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(rows(), ['a', 'c']);
});

test('when the common commit fails, everybody in it is told, nothing is kept, and the next one works', async () => {
  const disk = { full: true };
  const { queue, rows, add } = setUp((engine) => ({
    ...engine,
    commit: () => {
      if (disk.full) throw new Error('disk full');
      engine.commit();
    },
  }));
  const settled = await Promise.allSettled([queue.submit(add('a')), queue.submit(add('b'))]);
  assert.deepEqual(
    settled.map((one) => one.status === 'rejected' && String(one.reason)),
    ['Error: disk full', 'Error: disk full'],
  );
  assert.deepEqual(rows(), []);
  disk.full = false;
  await queue.submit(add('c'));
  assert.deepEqual(rows(), ['c']);
});

test('when the database itself gave the transaction up, nobody in it is told of success', async () => {
  const { queue, rows, add, db } = setUp();
  const settled = await Promise.allSettled([
    queue.submit(add('a')),
    queue.submit(async () => {
      db.exec('rollback');
      throw new Error('the database gave up');
    }),
    queue.submit(add('c')),
  ]);
  assert.deepEqual(
    settled.map((one) => one.status),
    ['rejected', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(rows(), ['c']);
});

test('when the write lock cannot be had, all who wait are told at once', async () => {
  const { queue } = setUp((engine) => ({
    ...engine,
    begin: () => {
      throw new Error('database is locked');
    },
  }));
  const settled = await Promise.allSettled([queue.submit(async () => 1), queue.submit(async () => 2)]);
  assert.deepEqual(
    settled.map((one) => one.status),
    ['rejected', 'rejected'],
  );
});

test('transactions do not interleave, however long one takes', async () => {
  const { queue, said } = setUp();
  const slow = (name: string) => async () => {
    said.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    said.push(`${name} ends`);
  };
  await Promise.all([queue.submit(slow('a')), queue.submit(slow('b'))]);
  assert.deepEqual(said, ['begin', 'a begins', 'a ends', 'b begins', 'b ends', 'commit']);
});

test('work keeps the context of the request that submitted it', async () => {
  const { queue } = setUp();
  const request = new AsyncLocalStorage<string>();
  const ask = (name: string) => request.run(name, () => queue.submit(async () => request.getStore()));
  assert.deepEqual(await Promise.all([ask('one'), ask('two')]), ['one', 'two']);
});

async function turns(count = 3): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Each writing to the disk ends when the test says so. */
function setUpWithDisk() {
  const disk: PromiseWithResolvers<void>[] = [];
  const sync = () => {
    const one = Promise.withResolvers<void>();
    disk.push(one);
    return one.promise;
  };
  return { disk, ...setUp((engine) => ({ ...engine, sync })) };
}

function setUp(change: (engine: Engine) => Engine = (engine) => engine) {
  const db = new DatabaseSync(':memory:');
  db.exec('create table kept (name text)');
  const said: string[] = [];
  const engine: Engine = {
    begin: () => {
      db.exec('begin');
      said.push('begin');
    },
    commit: () => {
      db.exec('commit');
      said.push('commit');
    },
    rollback: () => db.exec('rollback'),
    savepoint: () => db.exec('savepoint member'),
    release: () => db.exec('release member'),
    rollbackToSavepoint: () => db.exec('rollback to member; release member'),
    inTransaction: () => db.isTransaction,
    sync: () => Promise.resolve(),
  };
  return {
    db,
    said,
    queue: groupCommit(change(engine)),
    add: (name: string) => async () => {
      db.prepare('insert into kept values (?)').run(name);
      said.push(name);
    },
    rows: () =>
      db
        .prepare('select name from kept order by name')
        .all()
        .map((row) => row['name']),
  };
}
