import assert from 'node:assert/strict';
import { Secret } from '#core/secret.ts';
import type { OutboxMessage } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, message, minutes } from './people.ts';

const LEASE = Temporal.Duration.from({ seconds: 30 });

onBothDatabases('a message is queued once for its key, whoever asks again', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await addGrace(one);
  const asked = await Promise.all(
    Array.from({ length: 10 }, (_, turn) =>
      (turn % 2 === 0 ? one : other).transaction((tx) => tx.outbox.queue(message({ id: `message-${turn}` }))),
    ),
  );
  assert.equal(asked.filter(Boolean).length, 1);
  assert.equal(await one.read.outbox.waiting(), 1);
  assert.equal((await one.read.outbox.oldestWaiting())?.toString(), NOON.toString());
});

onBothDatabases('what is leased by one is not leased by another', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await addGrace(one);
  await fill(one, 40);
  const leased = await Promise.all(Array.from({ length: 8 }, (_, turn) => lease(turn % 2 === 0 ? one : other, 5)));
  const ids = leased.flat().map((row) => row.id);
  assert.equal(ids.length, 40);
  assert.equal(new Set(ids).size, 40);
  assert.deepEqual(await lease(one, 5), []);
});

onBothDatabases('whoever dies with a message loses it to the next, once the lease is over', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await fill(store, 1);
  assert.deepEqual(
    (await lease(store, 5)).map((row) => row.attempts),
    [1],
  );
  const later = NOON.add({ seconds: 29 });
  assert.deepEqual(await lease(store, 5, later), []);
  assert.deepEqual(
    (await lease(store, 5, later.add({ seconds: 1 }))).map((row) => row.attempts),
    [2],
  );
});

onBothDatabases('a finished message is done with and empty', async ({ open, meddle }) => {
  const store = await open();
  await addGrace(store);
  await fill(store, 2);
  await lease(store, 5);
  await store.transaction(async (tx) => {
    await tx.outbox.finish('message-0', NOON, null);
    await tx.outbox.finish('message-1', NOON, 'no such mailbox');
    // A second worker, whose lease had run out, comes too late to say anything.
    await tx.outbox.finish('message-1', minutes(5), null);
    await tx.outbox.retry('message-0', minutes(5), 'too late');
  });
  assert.equal(await store.read.outbox.waiting(), 0);
  assert.equal(await store.read.outbox.oldestWaiting(), null);
  assert.deepEqual(await lease(store, 5, minutes(60)), []);
  assert.deepEqual(
    await meddle(`select error, length(sealed_payload) + length(sealed_recipient) as kept from outbox order by id`),
    [
      { error: null, kept: 0 },
      { error: 'no such mailbox', kept: 0 },
    ],
  );
});

onBothDatabases('a message that failed comes back when it is said to', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await fill(store, 1);
  await lease(store, 5);
  await store.transaction((tx) => tx.outbox.retry('message-0', minutes(10), 'busy'));
  assert.deepEqual(await lease(store, 5, minutes(9)), []);
  const [again] = await lease(store, 5, minutes(10));
  assert.equal(again?.payload.reveal(), 'text 0');
});

onBothDatabases('a code that is too old to be of use is not sent any more', async ({ open, meddle }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.outbox.queue(message({ expiresAt: minutes(10) })));
  assert.deepEqual(await lease(store, 5, minutes(10)), []);
  assert.equal(await store.read.outbox.waiting(), 0);
  assert.deepEqual(await meddle('select error from outbox'), [{ error: 'expired' }]);
});

onBothDatabases('a code that somebody is sending at this moment is left to them', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.outbox.queue(message({ expiresAt: minutes(10) })));
  const [sending] = await lease(store, 5, minutes(10).subtract({ seconds: 5 }));
  assert.equal(sending?.id, 'message-1');
  assert.deepEqual(await lease(store, 5, minutes(10)), []);
  assert.equal(await store.read.outbox.waiting(), 1);
});

onBothDatabases('oldest first, and not before their time', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    for (const [id, at] of [
      ['third', 3],
      ['first', 1],
      ['second', 2],
    ] as const)
      await tx.outbox.queue(message({ id, idempotencyKey: id, runAt: minutes(at) }));
  });
  assert.deepEqual(
    (await lease(store, 1, minutes(2))).map((row) => row.id),
    ['first'],
  );
  assert.deepEqual(
    (await lease(store, 5, minutes(2))).map((row) => row.id),
    ['second'],
  );
});

async function fill(store: Store, count: number): Promise<void> {
  await store.transaction(async (tx) => {
    for (let row = 0; row < count; row++)
      await tx.outbox.queue(
        message({ id: `message-${row}`, idempotencyKey: `key-${row}`, payload: new Secret(`text ${row}`) }),
      );
  });
}

function lease(store: Store, limit: number, now = NOON): Promise<OutboxMessage[]> {
  return store.transaction((tx) => tx.outbox.lease(limit, now, LEASE));
}
