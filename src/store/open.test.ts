import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '#test/support/store.ts';

test('a store in memory opens empty and healthy', async () => {
  const store = await memoryStore();
  assert.equal(await store.read.accounts.count(), 0);
  assert.equal(await store.health(), 'ok');
  assert.deepEqual(await store.read.audit.head(), { sequence: 0, hash: '0'.repeat(64) });
  await store.close();
});

test('using the store itself inside a transaction fails at once instead of waiting for itself', async () => {
  const store = await memoryStore();
  await assert.rejects(
    store.transaction(() => store.read.accounts.count()),
    /Inside a transaction/,
  );
  await assert.rejects(
    store.transaction(() => store.transaction(async () => 1)),
    /Inside a transaction/,
  );
  assert.equal(await store.transaction((tx) => tx.accounts.count()), 0);
  await store.close();
});
