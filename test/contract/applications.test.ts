import assert from 'node:assert/strict';
import { Secret } from '#core/secret.ts';
import { OPEN_TO_MEMBERS } from '#core/application/policy.ts';
import type { Application, OidcObject } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, authenticator, hash, minutes, session } from './people.ts';

onBothDatabases('an application comes back as it was written, and its picture on its own', async ({ open }) => {
  const store = await withPayroll(await open());
  const { applications } = store.read;
  assert.deepEqual(plain(await applications.byId('payroll')), plain(payroll()));
  assert.deepEqual([await applications.byId('nobody'), await applications.logo('payroll')], [null, null]);
  await store.transaction(async (tx) => {
    const change: Application = {
      ...payroll(),
      name: 'Loon',
      status: 'disabled',
      audience: ['elsewhere'],
      changedAt: minutes(1),
    };
    await tx.applications.save('payroll', { ...change, policy: { ...OPEN_TO_MEMBERS, groups: ['finance'] } });
    await tx.applications.setLogo('payroll', { type: 'image/png', bytes: Uint8Array.of(1, 2, 3) }, minutes(2));
    await tx.applications.setSecret('payroll', Uint8Array.of(9), minutes(3));
  });
  const saved = await applications.byId('payroll');
  assert.deepEqual(
    [saved?.name, saved?.status, saved?.policy.groups, saved?.hasLogo, saved?.secretHash?.[0]],
    ['Loon', 'disabled', ['finance'], true, 9],
  );
  assert.equal(saved?.changedAt.toString(), minutes(3).toString());
  assert.deepEqual((await applications.logo('payroll'))?.bytes, Uint8Array.of(1, 2, 3));
  assert.deepEqual((await applications.ownedBy('bakery')).length, 1);
  assert.deepEqual((await applications.ownedBy('elsewhere')).length, 0);
  assert.deepEqual(await store.transaction((tx) => tx.applications.remove('payroll')), true);
  assert.deepEqual(await applications.all(), []);
});

onBothDatabases('groups, recovery and the last change of authenticators', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const { read } = store;
  assert.deepEqual((await read.accounts.memberships('grace'))[0]?.groups, []);
  assert.equal(await read.authenticators.changedAt('grace'), null);
  await store.transaction(async (tx) => {
    await tx.accounts.setGroups('grace', 'bakery', ['night shift', 'finance']);
    await tx.accounts.setRecovered('grace', minutes(5));
    await tx.authenticators.bind(authenticator({ id: 'pw', type: 'password', boundAt: minutes(90) }));
    await tx.authenticators.bind(authenticator({ id: 'app', boundAt: minutes(1) }));
    await tx.authenticators.bind(authenticator({ id: 'code', type: 'backup-code', boundAt: minutes(2) }));
  });
  const changed = async () => (await read.authenticators.changedAt('grace'))?.toString();
  assert.deepEqual((await read.accounts.memberships('grace'))[0]?.groups, ['night shift', 'finance']);
  assert.equal((await read.accounts.byId('grace'))?.recoveredAt?.toString(), minutes(5).toString());
  assert.equal(await changed(), minutes(2).toString());
  await store.transaction((tx) => tx.authenticators.unbind('code', minutes(20), 'spent'));
  assert.equal(await changed(), minutes(2).toString());
  await store.transaction((tx) => tx.authenticators.unbind('app', minutes(30), 'removed'));
  assert.equal(await changed(), minutes(30).toString());
});

onBothDatabases('a consent is replaced by the next one and can be taken back', async ({ open }) => {
  const store = await withPayroll(await open());
  const consent = { account: 'grace', application: 'payroll', scopes: ['openid'], givenAt: NOON };
  await store.transaction((tx) => tx.consents.give(consent));
  await store.transaction((tx) => tx.consents.give({ ...consent, scopes: ['openid', 'email'], givenAt: minutes(1) }));
  assert.deepEqual(
    (await store.read.consents.of('grace')).map((one) => one.scopes),
    [['openid', 'email']],
  );
  assert.equal(await store.read.consents.given('grace', 'elsewhere'), null);
  const revoke = () => store.transaction((tx) => tx.consents.revoke('grace', 'payroll'));
  assert.deepEqual([await revoke(), await revoke()], [true, false]);
});

onBothDatabases('an application session is an orphan once its session is gone, and leased once', async ({ open }) => {
  const store = await withPayroll(await open());
  await store.transaction(async (tx) => {
    await tx.sessions.create(session({ id: 'one', sid: 'sid-a' }));
    for (const sid of ['sid-a', 'sid-b'])
      for (const clientSid of ['first', 'second'])
        await tx.applicationSessions.note({
          account: 'grace',
          application: 'payroll',
          sid,
          clientSid,
          createdAt: NOON,
        });
  });
  const lease = (now: Temporal.Instant) =>
    store.transaction((tx) => tx.applicationSessions.leaseOrphans(10, now, Temporal.Duration.from({ minutes: 5 })));
  assert.deepEqual(
    (await lease(NOON)).map((one) => [one.sid, one.clientSid, one.attempts]),
    [['sid-b', 'first', 1]],
  );
  assert.deepEqual(await lease(minutes(4)), []);
  assert.equal((await lease(minutes(6)))[0]?.attempts, 2);
  // The same session under a new identifier is the same session.
  await store.transaction(async (tx) => {
    await tx.sessions.end('one');
    await tx.sessions.create(session({ id: 'two', sid: 'sid-a' }));
    await tx.applicationSessions.forget('sid-b', 'payroll');
  });
  assert.deepEqual(await lease(minutes(12)), []);
  await store.transaction((tx) => tx.end('grace', { sessions: true }, minutes(12)));
  assert.deepEqual(
    (await lease(minutes(12))).map((one) => one.sid),
    ['sid-a'],
  );
});

onBothDatabases('of fifty who consume one code at once, one wins', async ({ open }) => {
  const store = await withPayroll(await open());
  const row = object('AuthorizationCode');
  await store.transaction((tx) => tx.oidc.put(row, NOON));
  const consume = () => store.transaction((tx) => tx.oidc.consume(row.model, row.key, minutes(0)));
  const won = await Promise.all(Array.from({ length: 50 }, consume));
  assert.equal(won.filter(Boolean).length, 1);
  const found = await store.read.oidc.find(row.model, row.key);
  assert.equal(found?.consumedAt?.toString(), NOON.toString());
  assert.deepEqual(found?.payload, row.payload);
});

onBothDatabases(
  'what is kept for applications ends with the grant, the consent, the account and time',
  async (with_) => {
    const store = await withPayroll(await with_.open());
    const { read } = store;
    const put = (row: Omit<OidcObject, 'consumedAt'>) => store.transaction((tx) => tx.oidc.put(row, NOON));
    const isThere = async (row: { model: string; key: Uint8Array }) =>
      (await read.oidc.find(row.model, row.key)) !== null;

    const [token, other] = [object('RefreshToken'), object('RefreshToken', { grantId: 'grant-2' })];
    await put(token);
    await put(other);
    await store.transaction((tx) => tx.oidc.revokeGrant('grant-1'));
    assert.deepEqual([await isThere(token), await isThere(other)], [false, true]);
    await store.transaction((tx) => tx.oidc.revokeFor('grace', 'payroll'));
    assert.equal(await isThere(other), false);

    await put(token);
    await store.transaction((tx) => tx.end('grace', { sessions: true }, NOON));
    assert.equal(await isThere(token), true);
    await store.transaction((tx) => tx.end('grace', { grants: true }, NOON));
    assert.equal(await isThere(token), false);

    const past = object('AccessToken', { expiresAt: NOON });
    const live = object('Interaction', { uid: 'uid-1', account: null, application: null });
    await put(past);
    await put(live);
    assert.deepEqual([await isThere(past), await isThere(live)], [false, true]);
    assert.deepEqual((await read.oidc.findByUid('Interaction', 'uid-1'))?.key, live.key);
    await put({ ...live, payload: { step: 2 } });
    assert.deepEqual((await read.oidc.findByUid('Interaction', 'uid-1'))?.payload, { step: 2 });
    await store.transaction((tx) => tx.sweep(minutes(1)));
    assert.equal(await isThere(live), true);
  },
);

onBothDatabases('signing keys are sealed, published until they retire, and kept in order', async ({ open, meddle }) => {
  const store = await open();
  await store.transaction(async (tx) => {
    for (const [at, id] of ['old', 'new'].entries())
      await tx.signingKeys.create({
        id,
        algorithm: 'ES256',
        secret: new Secret(`{"kty":"EC","d":"${id}-private"}`),
        createdAt: minutes(at),
        signsFrom: minutes(at),
        retiresAt: null,
      });
    await tx.signingKeys.retire('old', NOON);
  });
  const keys = await store.read.signingKeys.published();
  assert.deepEqual(
    keys.map((key) => [key.id, key.secret.reveal()]),
    [['new', '{"kty":"EC","d":"new-private"}']],
  );
  const rows = JSON.stringify(await meddle('select * from signing_keys'));
  assert.equal(rows.includes('-private'), false);
});

async function withPayroll(store: Store): Promise<Store> {
  await addGrace(store);
  await store.transaction((tx) => tx.applications.create(payroll()));
  return store;
}

function payroll(): Application {
  return {
    id: 'payroll',
    owner: 'bakery',
    name: 'Payroll',
    kind: 'oidc',
    audience: ['bakery', 'harbour'],
    status: 'active',
    homeUrl: 'https://payroll.example',
    policy: OPEN_TO_MEMBERS,
    settings: {
      type: 'web',
      redirectUris: ['https://payroll.example/callback'],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: '',
      authMethod: 'private_key_jwt',
      jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] },
      profile: 'standard',
      dpop: false,
      idTokenAlg: 'ES256',
      scopes: ['openid', 'email'],
      consent: 'ask',
      resources: [],
    },
    secretHash: null,
    hasLogo: false,
    createdAt: NOON,
    changedAt: NOON,
  };
}

function object(model: string, row: Partial<OidcObject> = {}): Omit<OidcObject, 'consumedAt'> {
  return {
    model,
    key: hash(),
    payload: { kind: model, nested: { scope: 'openid', list: [1, 'two', null] } },
    grantId: 'grant-1',
    uid: null,
    account: 'grace',
    application: 'payroll',
    expiresAt: minutes(60),
    ...row,
  };
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
