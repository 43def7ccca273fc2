import assert from 'node:assert/strict';
import type { Application, ForwardTicket } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, authenticator, hash, minutes, session } from './people.ts';

onBothDatabases('of fifty who redeem one ticket at once, one wins', async ({ open }) => {
  const store = await withGrace(await open());
  const row = ticket();
  await store.transaction((tx) => tx.forwardAuth.issue(row));
  const won = await Promise.all(
    Array.from({ length: 50 }, () => store.transaction((tx) => tx.forwardAuth.redeem(row, NOON))),
  );
  assert.deepEqual(
    won.filter((one) => one !== null).map((one) => ({ ...one })),
    [{ account: 'grace', sid: 'sid-a', path: '/reports' }],
  );
});

onBothDatabases('a ticket is for one host, one browser and one minute', async ({ open }) => {
  const store = await withGrace(await open());
  const row = ticket();
  await store.transaction((tx) => tx.forwardAuth.issue(row));
  const redeem = (change: Partial<ForwardTicket>, at = NOON) =>
    store.transaction((tx) => tx.forwardAuth.redeem({ ...row, ...change }, at));
  assert.equal(await redeem({ host: 'other.example.org' }), null);
  assert.equal(await redeem({ nonceHash: hash() }), null);
  assert.equal(await redeem({ tokenHash: hash() }), null);
  assert.equal(await redeem({}, minutes(1)), null);
  assert.equal((await redeem({}))?.sid, 'sid-a', 'none of these spent it');
  assert.equal(await redeem({}), null);
});

onBothDatabases(
  'a session at a host lives as long as the session it hangs on, whatever that is called',
  async (with_) => {
    const store = await withGrace(await with_.open());
    const row = ticket();
    await store.transaction((tx) => tx.forwardAuth.open(row));
    const seen = async () => (await store.read.forwardAuth.lookUp(row.tokenHash, row.host))?.session ?? null;
    assert.equal(await seen(), 'one');
    assert.equal(await store.read.forwardAuth.lookUp(row.tokenHash, 'pay.example.org'), null);
    assert.equal(await store.read.forwardAuth.lookUp(hash(), row.host), null);
    await store.transaction(async (tx) => {
      await tx.sessions.end('one');
      await tx.sessions.create(session({ id: 'two', sid: 'sid-a' }));
    });
    assert.equal(await seen(), 'two');
    await store.transaction((tx) => tx.end('grace', { sessions: true }, NOON));
    assert.equal(await seen(), null);
    // Somebody else's session of the same name, however that came about, is not it.
    await store.transaction(async (tx) => {
      const grace = { name: 'Bob', language: 'en', status: 'active', securityEpoch: 0, firstSignInAt: null } as const;
      await tx.accounts.create({ ...grace, id: 'bob', createdAt: NOON }, []);
      await tx.sessions.create(session({ id: 'three', sid: 'sid-a', account: 'bob' }));
    });
    assert.equal(await seen(), null);
    await store.transaction((tx) => tx.sweep(minutes(60 * 24 * 2)));
    assert.equal(await store.transaction((tx) => tx.forwardAuth.end(row.tokenHash)), false);
  },
);

onBothDatabases('what anybody has ended is gone at the next look, whoever ended it', async (with_) => {
  const store = await withGrace(await with_.open());
  const elsewhere = await with_.open();
  const rows = Array.from({ length: 30 }, (_, index) => ({ ...ticket(), tokenHash: hash(), sid: `sid-${index}` }));
  await store.transaction(async (tx) => {
    for (const { sid, ...row } of rows) {
      await tx.sessions.create(session({ id: `session of ${sid}`, sid }));
      await tx.forwardAuth.open({ ...row, sid });
    }
  });
  const seen = async ({ tokenHash, host }: ForwardTicket) =>
    (await store.read.forwardAuth.lookUp(tokenHash, host))?.session ?? null;
  const enders = [
    (id: string) => store.transaction((tx) => tx.sessions.end(id)),
    (id: string) => elsewhere.transaction((tx) => tx.sessions.end(id)),
    (id: string) => with_.meddle(`delete from sessions where id = '${id}'`),
  ];
  for (const [index, row] of rows.entries()) {
    const id = `session of ${row.sid}`;
    assert.deepEqual([await seen(row), await seen(row)], [id, id]);
    const looking = Promise.all(rows.slice(index).map(seen));
    await enders[index % enders.length]?.(id);
    assert.equal(await seen(row), null, `ended by way ${index % enders.length}`);
    await looking;
    assert.equal(await seen(row), null, 'and a look that was under way brings nothing back');
  }
});

onBothDatabases('every change of what a verdict is made of raises a stamp, in its own transaction', async (with_) => {
  const store = await withGrace(await with_.open());
  const row = ticket();
  await store.transaction((tx) => tx.forwardAuth.open(row));
  const stamps = async () => {
    const found = await store.read.forwardAuth.lookUp(row.tokenHash, row.host);
    return { own: found?.ownStamp ?? 0, common: found?.commonStamp ?? 0 };
  };
  const raises = async (
    which: 'own' | 'common' | 'neither',
    name: string,
    work: Parameters<Store['transaction']>[0],
  ) => {
    const before = await stamps();
    const failing = store.transaction(async (tx) => {
      await work(tx);
      throw new Error('undone');
    });
    await assert.rejects(failing, /undone/);
    assert.deepEqual(await stamps(), before, `${name}, undone`);
    await store.transaction(work);
    const after = await stamps();
    assert.equal(after.own > before.own, which === 'own', `${name}: the account's own`);
    assert.equal(after.common > before.common, which === 'common', `${name}: everybody's`);
    assert.equal(after.common, await store.read.forwardAuth.commonStamp());
  };
  await raises('own', 'disabled', (tx) => tx.accounts.setStatus('grace', 'disabled'));
  await raises('own', 'epoch', (tx) => tx.accounts.raiseEpoch('grace'));
  await raises('own', 'groups', (tx) => tx.accounts.setGroups('grace', 'bakery', ['finance']));
  const harbour = { id: 'harbour', slug: 'harbour', name: 'Harbour', language: 'en', timeZone: 'UTC' } as const;
  await raises('common', 'organisation', (tx) =>
    tx.organisations.create({ ...harbour, policy: {}, helpContact: '', colour: '', createdAt: NOON }),
  );
  await raises('own', 'joined', (tx) =>
    tx.accounts.join({ account: 'grace', organisation: 'harbour', role: 'member', joinedAt: NOON }),
  );
  await raises('own', 'bound', (tx) => tx.authenticators.bind(authenticator({ id: 'app' })));
  await raises('neither', 'used', (tx) => tx.authenticators.noteUse('app', true, NOON));
  await raises('own', 'disabled authenticator', (tx) => tx.authenticators.disable('app', NOON));
  await raises('own', 'unbound', (tx) => tx.authenticators.unbind('app', NOON, 'removed'));
  await raises('own', 'signed in', (tx) => tx.accounts.recordSignIn('grace', NOON));
  await raises('common', 'campaign', (tx) =>
    tx.campaigns.create({
      id: 'campaign',
      organisation: 'bakery',
      name: '',
      startsOn: Temporal.PlainDate.from('2026-01-01'),
      deadline: null,
      status: 'running',
      createdAt: NOON,
    }),
  );
  const account = 'grace';
  await raises('own', 'deferred', (tx) =>
    tx.campaigns.recordDeferral({ account, organisation: 'bakery', campaign: 'campaign', at: NOON }),
  );
  const until = Temporal.PlainDate.from('2026-12-31');
  await raises('own', 'extended', (tx) =>
    tx.campaigns.extend({ account, campaign: 'campaign', until, reason: '', by: 'grace' }),
  );
  await raises('own', 'exempt', (tx) =>
    tx.campaigns.exempt({ account, organisation: 'bakery', until, reason: '', owner: 'grace' }),
  );
  await raises('neither', 'seen', (tx) => tx.sessions.touch('one', minutes(1)));
  await raises('common', 'application', (tx) => tx.applications.create(application()));
  await raises('common', 'application changed', (tx) => tx.applications.save('wiki', { ...application(), name: 'W' }));
  await raises('common', 'application removed', (tx) => tx.applications.remove('wiki'));
});

async function withGrace(store: Store): Promise<Store> {
  await addGrace(store);
  await store.transaction((tx) => tx.sessions.create(session({ id: 'one', sid: 'sid-a' })));
  return store;
}

function ticket(): ForwardTicket {
  return {
    tokenHash: hash(),
    nonceHash: hash(),
    account: 'grace',
    sid: 'sid-a',
    host: 'app.example.org',
    path: '/reports',
    createdAt: NOON,
    expiresAt: minutes(1),
  };
}

function application(): Application {
  return {
    id: 'wiki',
    owner: 'bakery',
    name: 'Wiki',
    kind: 'forward-auth',
    audience: ['bakery'],
    status: 'active',
    homeUrl: '',
    policy: { groups: [], strength: 'organisation', strengthFor: [], freshWithinSeconds: null },
    settings: { rules: [] },
    secretHash: null,
    hasLogo: false,
    createdAt: NOON,
    changedAt: NOON,
  };
}
