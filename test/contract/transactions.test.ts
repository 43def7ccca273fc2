import assert from 'node:assert/strict';
import { onBothDatabases, onPostgres } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, attempt, message, session } from './people.ts';

onBothDatabases('a transaction that throws leaves nothing, not even its audit line', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const failing = store.transaction(async (tx) => {
    await tx.sessions.create(session());
    await tx.accounts.raiseEpoch('grace');
    await tx.outbox.queue(message());
    await tx.audit.append({
      at: NOON,
      event: 'password.changed',
      actor: 'grace',
      account: 'grace',
      address: '',
      userAgent: '',
      request: '',
      detail: {},
    });
    throw new Error('on second thoughts');
  });
  await assert.rejects(failing, /on second thoughts/);
  assert.deepEqual(await store.read.sessions.of('grace'), []);
  assert.equal((await store.read.accounts.byId('grace'))?.securityEpoch, 1);
  assert.equal(await store.read.outbox.waiting(), 0);
  assert.equal((await store.read.audit.head()).sequence, 0);
});

onBothDatabases('a failed statement inside does not let the rest through', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const failing = store.transaction(async (tx) => {
    await tx.sessions.create(session({ id: 'one' }));
    await tx.sessions.create(session({ id: 'one' }));
  });
  await assert.rejects(failing);
  assert.deepEqual(await store.read.sessions.of('grace'), []);
});

onBothDatabases('whoever swallows a failed statement is not told of success for nothing', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const outcome = await store
    .transaction(async (tx) => {
      await tx.sessions.create(session({ id: 'one' }));
      await tx.sessions.create(session({ id: 'one' })).catch(() => {});
      return 'kept' as const;
    })
    .catch(() => 'lost' as const);
  const kept = (await store.read.sessions.of('grace')).length === 1;
  assert.equal(outcome, kept ? 'kept' : 'lost');
});

onBothDatabases('a reader sees nothing of a transaction that is still running', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const inside = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const writing = store.transaction(async (tx) => {
    await tx.sessions.create(session());
    assert.equal((await tx.sessions.of('grace')).length, 1, 'it sees its own writes');
    inside.resolve();
    await goOn.promise;
  });
  await inside.promise;
  assert.deepEqual(await store.read.sessions.of('grace'), []);
  goOn.resolve();
  await writing;
  assert.equal((await store.read.sessions.of('grace')).length, 1);
});

onBothDatabases('of forty transactions at once each keeps its own outcome', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, (_, turn) =>
      store.transaction(async (tx) => {
        await tx.sessions.create(session({ id: `session-${turn}` }));
        if (turn % 3 === 0) throw new Error('no');
        return turn;
      }),
    ),
  );
  const kept = (await store.read.sessions.of('grace')).map((one) => one.id).sort();
  const told = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [`session-${one.value}`] : [])).sort();
  assert.deepEqual(kept, told);
  assert.equal(kept.length, 26);
});

onBothDatabases('two transactions that lock the same two rows crosswise both get through', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.attempts.create(attempt()));
  const both = await Promise.all([
    store.transaction(async (tx) => {
      await tx.accounts.lock('grace');
      await pause();
      return (await tx.attempts.lock('attempt-1', NOON))?.id;
    }),
    store.transaction(async (tx) => {
      await tx.attempts.lock('attempt-1', NOON);
      await pause();
      return (await tx.accounts.lock('grace'))?.id;
    }),
  ]);
  assert.deepEqual(both, ['attempt-1', 'grace']);
});

onPostgres('an account that is locked can still be given rows by others, meanwhile', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const locked = Promise.withResolvers<void>();
  const given = Promise.withResolvers<string>();
  const holding = store.transaction(async (tx) => {
    await tx.accounts.lock('grace');
    locked.resolve();
    return Promise.race([given.promise, pause(3_000).then(() => 'had to wait for the lock')]);
  });
  await locked.promise;
  void store.transaction((tx) => tx.sessions.create(session())).then(() => given.resolve('meanwhile'));
  assert.equal(await holding, 'meanwhile');
});

onPostgres('two who lock the same account go one after the other', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const said: string[] = [];
  const locking = (name: string) =>
    store.transaction(async (tx) => {
      await tx.accounts.lock('grace');
      said.push(`${name} has it`);
      await pause();
      said.push(`${name} lets go`);
    });
  await Promise.all([locking('one'), locking('other')]);
  assert.equal(said[0]?.split(' ')[0], said[1]?.split(' ')[0], said.join(', '));
});

/** Long enough for the other one to take its first lock, where it can. */
function pause(milliseconds = 50): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
