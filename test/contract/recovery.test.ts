import assert from 'node:assert/strict';
import type { Recovery } from '#core/recovery/state.ts';
import { hashToken } from '#flows/token.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, freeze, link, message, minutes, recoveryCase, voucher } from './people.ts';

const cancelled: Recovery = { at: 'cancelled', by: 'link', facts: recoveryCase().state.facts };

onBothDatabases('a request comes back as it was written, moments and proofs and all', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.recovery.create(recoveryCase()));
  const found = await store.read.recovery.byId('case-1');
  assert.equal(JSON.stringify(found), JSON.stringify(recoveryCase()));
  assert.ok(found?.state.facts.openedAt instanceof Temporal.Instant);
  assert.equal((await store.read.recovery.openOf('grace'))?.id, 'case-1');
  assert.equal((await store.read.recovery.openByNumber('481516'))?.id, 'case-1');
  assert.equal(await store.read.recovery.openOf('bob'), null);
});

onBothDatabases('one request per account is open at a time, however many ask at once', async ({ open, meddle }) => {
  const store = await open();
  await addGrace(store);
  const ask = (index: number) =>
    store.transaction((tx) => tx.recovery.create(recoveryCase({ id: `case-${index}`, number: `00000${index}` })));
  const asked = await Promise.allSettled([1, 2, 3, 4, 5].map(ask));
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await meddle('select id from recovery_cases')).length, 1);
});

onBothDatabases('a request that has ended makes room for the next, and stays on record', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    await tx.recovery.create(recoveryCase());
    await tx.recovery.save('case-1', { state: cancelled, claimedAt: minutes(2), endedAt: minutes(5) });
    await tx.recovery.create(recoveryCase({ id: 'case-2', openedAt: minutes(6) }));
  });
  const { recovery } = store.read;
  assert.equal((await recovery.openOf('grace'))?.id, 'case-2');
  assert.equal((await recovery.openByNumber('481516'))?.id, 'case-2');
  const ended = await recovery.lastEndedOf('grace');
  assert.deepEqual(
    [ended?.id, ended?.state.at, ended?.endedAt?.toString()],
    ['case-1', 'cancelled', minutes(5).toString()],
  );
  assert.equal(ended?.claimedAt?.toString(), minutes(2).toString());
  const seen = async (since: Temporal.Instant) => (await recovery.ofOrganisation('bakery', since)).map(({ id }) => id);
  assert.deepEqual(await seen(NOON), ['case-1', 'case-2']);
  assert.deepEqual(await seen(minutes(6)), ['case-2']);
  assert.deepEqual(await recovery.ofOrganisation('elsewhere', NOON), []);
});

onBothDatabases('a frozen account is frozen once; the first of two who thaw it is one person', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.recovery.freeze(freeze()));
  await assert.rejects(store.transaction((tx) => tx.recovery.freeze(freeze({ id: 'freeze-2' }))));
  const propose = (by: string) => store.transaction((tx) => tx.recovery.proposeThaw('freeze-1', by));
  const first = await Promise.all(['a', 'b', 'c', 'd'].map(propose));
  assert.equal(first.filter(Boolean).length, 1);
  const thaw = () => store.transaction((tx) => tx.recovery.thaw('freeze-1', minutes(1)));
  assert.deepEqual((await Promise.all([thaw(), thaw(), thaw()])).filter(Boolean).length, 1);
  assert.equal(await store.read.recovery.freezeOf('grace'), null);
  assert.deepEqual(await store.read.recovery.freezesOf('bakery'), []);
});

onBothDatabases('a voucher is good once, for its account, in its time, until a newer one', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await addGrace(store, 'bob');
  const [old, fresh] = [voucher(), voucher({ id: 'voucher-2', createdAt: minutes(1) })];
  await store.transaction((tx) => tx.recovery.createVoucher(old));
  await store.transaction((tx) => tx.recovery.createVoucher(fresh));
  const use = (account: string, hash: Uint8Array, at = minutes(2)) =>
    store.transaction((tx) => tx.recovery.useVoucher(account, hash, at));
  assert.equal(await use('grace', old.codeHash), false, 'a newer one was made');
  assert.equal(await use('bob', fresh.codeHash), false, 'somebody else');
  assert.equal(await use('grace', fresh.codeHash, minutes(60)), false, 'too late');
  assert.deepEqual(
    (await store.read.recovery.vouchersOf('bakery')).map(({ id }) => id),
    ['voucher-2'],
  );
  const volley = await Promise.all(Array.from({ length: 20 }, () => use('grace', fresh.codeHash)));
  assert.equal(volley.filter(Boolean).length, 1);
  assert.deepEqual(await store.read.recovery.vouchersOf('bakery'), []);
});

onBothDatabases(
  'what is still to be sent about a request can be withdrawn; nothing else goes with it',
  async ({ open, meddle }) => {
    const store = await open();
    await addGrace(store);
    await store.transaction(async (tx) => {
      await tx.outbox.queue(message({ id: 'half', idempotencyKey: 'recovery:case-1:half', runAt: minutes(5) }));
      await tx.outbox.queue(message({ id: 'other', idempotencyKey: 'recovery:case-2:half', runAt: minutes(5) }));
      await tx.outbox.withdraw('recovery:case-1:', minutes(1));
    });
    const due = await store.transaction((tx) => tx.outbox.lease(9, minutes(6), Temporal.Duration.from({ minutes: 1 })));
    assert.deepEqual(
      due.map(({ id }) => id),
      ['other'],
    );
    const [row] = await meddle(`select sealed_payload, error from outbox where id = 'half'`);
    assert.deepEqual([row?.['error'], Buffer.from(row?.['sealed_payload'] as Uint8Array).length], ['withdrawn', 0]);
  },
);

onBothDatabases('links of a request outlive a new password, and one kind is put out at a stroke', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const named = (
    name: string,
    kind: 'recovery-page' | 'recovery-mailbox' | 'recovery-cancel' | 'recovery-pass' | 'reset',
  ) => link({ id: name, kind, tokenHash: hashToken(name) });
  await store.transaction(async (tx) => {
    for (const name of ['page-1', 'page-2']) await tx.links.create(named(name, 'recovery-page'));
    for (const name of ['cancel-1', 'cancel-2']) await tx.links.create(named(name, 'recovery-cancel'));
    for (const name of ['pass-1', 'pass-2']) await tx.links.create(named(name, 'recovery-pass'));
    await tx.links.create(named('reset-1', 'reset'));
    await tx.end('grace', { links: true }, minutes(1));
    await tx.links.void('grace', 'recovery-page', minutes(1));
  });
  const isAlive = async (name: string) => (await store.read.links.byToken(hashToken(name)))?.consumedAt === null;
  const names = ['page-1', 'page-2', 'cancel-1', 'cancel-2', 'pass-1', 'pass-2', 'reset-1'];
  const alive = [];
  for (const name of names) if (await isAlive(name)) alive.push(name);
  assert.deepEqual(alive, ['cancel-1', 'cancel-2', 'pass-2']);
});

onBothDatabases('what came of check-ups is kept in its order, each for its account', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await addGrace(store, 'bob');
  await store.transaction(async (tx) => {
    await tx.checkUps.record('grace', { at: minutes(2), outcome: 'passed' });
    await tx.checkUps.record('grace', { at: minutes(1), outcome: 'skipped' });
    await tx.checkUps.record('bob', { at: minutes(3), outcome: 'failed' });
  });
  const kept = await store.read.checkUps.of('grace');
  assert.deepEqual(
    kept.map(({ at, outcome }) => [at.toString(), outcome]),
    [
      [minutes(1).toString(), 'skipped'],
      [minutes(2).toString(), 'passed'],
    ],
  );
});
