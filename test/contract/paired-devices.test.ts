import assert from 'node:assert/strict';
import { Secret } from '#core/secret.ts';
import { CannotOpen } from '#store/seal.ts';
import { type Approval, pushAddressIn } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, authenticator, hash, minutes } from './people.ts';

const AT_ONCE = 20;

onBothDatabases('twenty with the same pairing code at once: one wins, in time', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await addGrace(one);
  const row = pairing();
  await one.transaction((tx) => tx.pairings.create(row));
  assert.equal(
    await winners(one, other, (store) => store.transaction((tx) => tx.pairings.pair('phone-1', hash(), NOON))),
    1,
  );
  const kept = await one.read.pairings.byCode(row.codeHash);
  assert.deepEqual([kept?.id, kept?.holder, String(kept?.pairedAt)], ['phone-1', 'attempt-1', String(NOON)]);
  assert.equal(await one.read.pairings.byCode(hash()), null);

  await one.transaction((tx) => tx.pairings.create({ ...pairing(), id: 'phone-2' }));
  assert.equal(await one.transaction((tx) => tx.pairings.pair('phone-2', hash(), minutes(10))), false, 'too late');
});

onBothDatabases(
  'twenty answers at once: one counts, before the minute is over, and it is spent once',
  async ({ open }) => {
    const [one, other] = [await open(), await open()];
    await addGrace(one);
    await one.transaction((tx) => tx.approvals.create(approval()));
    const answer = (store: Store) =>
      store.transaction((tx) => tx.approvals.answer('approval-1', 'approved', 'phone-1', NOON));
    assert.equal(await winners(one, other, answer), 1);
    const kept = await one.read.approvals.latest('attempt-1');
    assert.deepEqual([kept?.answer, kept?.answeredBy, kept?.number.reveal()], ['approved', 'phone-1', '481093']);
    const claim = (store: Store) =>
      store.transaction((tx) => tx.approvals.claim('approval-1', NOON.subtract({ minutes: 1 }), NOON));
    assert.equal(await winners(one, other, claim), 1);

    await one.transaction((tx) =>
      tx.approvals.create(approval({ id: 'approval-2', createdAt: minutes(2), expiresAt: minutes(3) })),
    );
    const late = (tx: Parameters<Parameters<Store['transaction']>[0]>[0]) =>
      tx.approvals.answer('approval-2', 'approved', 'phone-1', minutes(3));
    assert.equal(await one.transaction(late), false, 'too late');
    assert.equal(
      await one.transaction((tx) => tx.approvals.claim('approval-2', NOON, minutes(3))),
      false,
      'never approved',
    );
  },
);

onBothDatabases('one request of an account waits: a newer one ends it, and nobody else’s', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await addGrace(store, 'ada');
  await store.transaction(async (tx) => {
    await tx.approvals.create(approval());
    await tx.approvals.create(approval({ id: 'of-ada', account: 'ada', holder: 'attempt-3' }));
    await tx.approvals.create(approval({ id: 'newer', holder: 'attempt-2' }));
  });
  assert.equal((await store.read.approvals.live('grace', NOON))?.id, 'newer');
  assert.equal((await store.read.approvals.live('ada', NOON))?.id, 'of-ada');
  assert.equal((await store.read.approvals.byId('approval-1'))?.answer, 'superseded');
  assert.equal(await store.read.approvals.live('grace', minutes(1)), null);
});

onBothDatabases('denials are counted from a moment on, and outlive the sweep; the rest does not', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    await tx.approvals.create(approval());
    await tx.approvals.answer('approval-1', 'denied', 'phone-1', NOON);
    await tx.approvals.create(approval({ id: 'approval-2', holder: 'attempt-2' }));
    await tx.pairings.create(pairing());
    await tx.pairings.create({ ...pairing(), id: 'phone-2' });
    await tx.pairings.pair('phone-2', hash(), NOON);
    await tx.sweep(minutes(60));
  });
  assert.equal(await store.read.approvals.denials('grace', NOON.subtract({ seconds: 1 })), 1);
  assert.equal(await store.read.approvals.denials('grace', NOON), 0);
  assert.equal(await store.read.approvals.byId('approval-2'), null);
  assert.equal(await store.read.pairings.byId('phone-1'), null, 'a code that nobody took');
  assert.ok(await store.read.pairings.byId('phone-2'), 'a phone');
});

onBothDatabases('the codes of a phone say what they are part of', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    await tx.authenticators.bind(authenticator({ id: 'phone-1', type: 'app' }));
    await tx.authenticators.bind(authenticator({ id: 'codes-1', partOf: 'phone-1' }));
  });
  const bound = await store.read.authenticators.of('grace');
  assert.deepEqual(bound.map(({ id, partOf }) => `${id} ${partOf}`).sort(), ['codes-1 phone-1', 'phone-1 undefined']);
});

onBothDatabases(
  'where a phone’s notifications go lies sealed, is replaced, and goes with the phone',
  async ({ open, meddle }) => {
    const store = await open();
    await addGrace(store);
    await addGrace(store, 'ada');
    const first = { endpoint: 'https://push.example/first', p256dh: 'key', auth: 'auth' };
    await store.transaction(async (tx) => {
      await tx.pairings.create(pairing());
      await tx.pairings.create({ ...pairing(), id: 'of-ada', account: 'ada' });
      await tx.authenticators.bind(authenticator({ id: 'phone-1', type: 'app' }));
      await tx.pairings.setPush('phone-1', first);
    });
    assert.deepEqual(await pushOf(store), first);
    assert.deepEqual(await store.read.pairings.withPush('grace'), ['phone-1']);
    assert.deepEqual(await store.read.pairings.withPush('ada'), []);
    const [row] = await meddle(`select sealed_push from pairings where id = 'phone-1'`);
    const kept = Buffer.from(row?.['sealed_push'] as Uint8Array);
    assert.ok(kept.length > 0 && !kept.includes('push.example'));
    // Moved to another phone it does not open there.
    await meddle(`update pairings set sealed_push = (select sealed_push from pairings where id = 'phone-1')
    where id = 'of-ada'`);
    const moved = (await store.read.pairings.byId('of-ada'))?.push;
    assert.throws(() => moved?.reveal(), CannotOpen);

    await store.transaction((tx) =>
      tx.pairings.setPush('phone-1', { ...first, endpoint: 'https://push.example/next' }),
    );
    assert.equal((await pushOf(store))?.endpoint, 'https://push.example/next');
    await store.transaction((tx) => tx.authenticators.unbind('phone-1', NOON, 'removed'));
    assert.equal(await pushOf(store), null);
    assert.deepEqual(await store.read.pairings.withPush('grace'), []);
  },
);

onBothDatabases(
  'what became of a notification is noted: queued, sent and arrived, the first time',
  async ({ open }) => {
    const store = await open();
    await addGrace(store);
    await store.transaction(async (tx) => {
      await tx.approvals.create(approval());
      await tx.approvals.notePush('approval-1', 'queued', NOON);
      await tx.approvals.notePush('approval-1', 'sent', minutes(1));
      await tx.approvals.notePush('approval-1', 'sent', minutes(2));
      await tx.approvals.notePush('approval-1', 'arrived', minutes(3));
      await tx.approvals.notePush('approval-1', 'arrived', minutes(4));
    });
    const kept = await store.read.approvals.byId('approval-1');
    assert.deepEqual(
      [kept?.pushQueuedAt, kept?.pushSentAt, kept?.pushArrivedAt].map(String),
      [NOON, minutes(1), minutes(3)].map(String),
    );
  },
);

onBothDatabases('who said no in an organisation, since when, and nobody of another one', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const other = await store.read.organisations.bySlug('bakery');
  assert.ok(other);
  await store.transaction(async (tx) => {
    await tx.organisations.create({ ...other, id: 'butcher', slug: 'butcher' });
    for (const [id, answer, at] of [
      ['one', 'denied', 1],
      ['two', 'wrong', 2],
      ['three', 'denied', 3],
    ] as const) {
      await tx.approvals.create(approval({ id, holder: id, createdAt: NOON, expiresAt: minutes(60) }));
      await tx.approvals.answer(id, answer, 'phone-1', minutes(at));
    }
  });
  const ids = async (organisation: string, since: Temporal.Instant) =>
    (await store.read.approvals.deniedIn(organisation, since)).map(({ id }) => id);
  assert.deepEqual(await ids('bakery', NOON), ['three', 'one']);
  assert.deepEqual(await ids('bakery', minutes(1)), ['three']);
  assert.deepEqual(await ids('butcher', NOON), []);
});

onBothDatabases(
  'the key for push services: of two that are kept at once, the first stays; sealed',
  async ({ open, meddle }) => {
    const [one, other] = [await open(), await open()];
    assert.equal(await one.read.vapid.key(), null);
    const keep = (store: Store, at: number) => store.transaction((tx) => tx.vapid.keep(new Secret(`key-${at}`)));
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => keep(at % 2 === 0 ? one : other, at)));
    const kept = (await one.read.vapid.key())?.reveal();
    assert.match(kept ?? '', /^key-\d+$/);
    await keep(other, 99);
    assert.equal((await other.read.vapid.key())?.reveal(), kept);
    const [row] = await meddle(`select sealed_value from meta where name = 'vapid'`);
    assert.ok(!Buffer.from(row?.['sealed_value'] as Uint8Array).includes('key-'));
  },
);

async function pushOf(store: Store) {
  const kept = (await store.read.pairings.byId('phone-1'))?.push;
  return kept ? pushAddressIn(kept) : null;
}

function pairing() {
  return {
    id: 'phone-1',
    account: 'grace',
    holder: 'attempt-1',
    codeHash: hash(),
    createdAt: NOON,
    expiresAt: minutes(10),
  };
}

function approval(row: Partial<Approval> = {}): Parameters<ApprovalsWriter['create']>[0] {
  return {
    id: 'approval-1',
    account: 'grace',
    holder: 'attempt-1',
    purpose: 'verify',
    device: null,
    number: new Secret('481093'),
    organisation: 'Van Dam Bakery',
    application: '',
    userAgent: 'Firefox',
    address: '192.0.2.7',
    createdAt: NOON,
    expiresAt: minutes(1),
    ...row,
  };
}

type ApprovalsWriter = Parameters<Parameters<Store['transaction']>[0]>[0]['approvals'];

async function winners(one: Store, other: Store, take: (store: Store) => Promise<boolean>): Promise<number> {
  const tries = Array.from({ length: AT_ONCE }, (_, at) => take(at % 2 === 0 ? one : other));
  return (await Promise.all(tries)).filter(Boolean).length;
}
