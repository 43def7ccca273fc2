import assert from 'node:assert/strict';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { minutes } from './people.ts';
import { withPrograms } from './programs.ts';

const LIMIT = 5;

onBothDatabases('forty first guesses at once charge a budget of five exactly five times', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  // In the first round the connections are still being made, and the guesses arrive one by one.
  for (const key of ['guess:ann', 'guess:bob', 'guess:cas', 'guess:grace']) {
    const tries = Array.from({ length: 40 }, (_, turn) => charge(turn % 2 === 0 ? one : other, key));
    assert.equal((await Promise.all(tries)).filter(Boolean).length, LIMIT, key);
    assert.equal((await one.read.budgets.history(key)).length, LIMIT, key);
  }
});

onBothDatabases('two programs cannot charge a budget more often than one', async ({ url, open }) => {
  const store = await open();
  await withPrograms(url, async (start) => {
    const programs = [start('charge', '20'), start('charge', '20')];
    await Promise.all(programs.map((program) => program.ready));
    for (const program of programs) program.go();
    assert.deepEqual(await Promise.all(programs.map((program) => program.ended)), [0, 0]);
    assert.equal(
      programs.reduce((sum, program) => sum + Number(program.lines.at(-1)), 0),
      LIMIT,
    );
  });
  assert.equal((await store.read.budgets.history('guess:grace')).length, LIMIT);
});

onBothDatabases('a history comes back as it was charged, and an unknown key has none', async ({ open }) => {
  const store = await open();
  const charged = [NOON, minutes(1), minutes(90)];
  await store.transaction((tx) => tx.budgets.save('password:grace', charged));
  assert.deepEqual((await store.read.budgets.history('password:grace')).map(String), charged.map(String));
  assert.deepEqual(await store.read.budgets.history('password:bob'), []);
});

onBothDatabases('a charge still counts thirty days later and is swept after that', async ({ open }) => {
  const store = await open();
  await store.transaction((tx) => tx.budgets.save('guess:grace', [NOON]));
  await store.transaction((tx) => tx.sweep(NOON.add({ hours: 30 * 24 })));
  assert.equal((await store.read.budgets.history('guess:grace')).length, 1);
  await store.transaction((tx) => tx.sweep(NOON.add({ hours: 30 * 24 + 1 })));
  assert.equal((await store.read.budgets.history('guess:grace')).length, 0);
});

onBothDatabases('guesses at a password count for a day, and are swept with what strangers begin', async ({ open }) => {
  const store = await open();
  await store.transaction((tx) => tx.budgets.save('password:nobody', [NOON]));
  const left = async () => (await store.read.budgets.history('password:nobody')).length;
  await store.transaction((tx) => tx.sweep(NOON, NOON.add({ hours: 48 })));
  assert.equal(await left(), 1);
  await store.transaction((tx) => tx.sweep(NOON, NOON.add({ hours: 49 })));
  assert.equal(await left(), 0);
});

function charge(store: Store, key: string): Promise<boolean> {
  return store.transaction(async (tx) => {
    const history = await tx.budgets.lock(key);
    if (history.length >= LIMIT) return false;
    await tx.budgets.save(key, [...history, NOON]);
    return true;
  });
}
