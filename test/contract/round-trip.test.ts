import assert from 'node:assert/strict';
import { Secret } from '#core/secret.ts';
import type { Account } from '#store/rows.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, attempt, authenticator, device, enrolment, link, minutes, session } from './people.ts';

onBothDatabases(
  'organisations, accounts, addresses and memberships come back as they were written',
  async ({ open }) => {
    const store = await open();
    await addGrace(store);
    await addGrace(store, 'bob');
    const [bakery] = await store.read.organisations.all();
    assert.deepEqual(plain(await store.read.organisations.bySlug('bakery')), plain(bakery));
    assert.deepEqual(bakery?.policy, { deferralsAllowed: 2 });
    await store.transaction((tx) => tx.organisations.setPolicy(bakery.id, { deferralsAllowed: 1 }));
    assert.deepEqual((await store.read.organisations.bySlug('bakery'))?.policy, { deferralsAllowed: 1 });
    assert.equal(await store.read.organisations.bySlug('butcher'), null);
    assert.equal(await store.read.accounts.count(), 2);
    assert.deepEqual(plain(await store.read.accounts.byId('grace')), plain(grace()));
    assert.equal(await store.read.accounts.byId('nobody'), null);
    const [membership] = await store.read.accounts.memberships('grace');
    assert.deepEqual([membership?.organisation.name, membership?.role], ['Van Dam Bakery', 'member']);
    assert.deepEqual(plain(await store.read.accounts.addresses('grace')), [
      { account: 'grace', address: 'grace@bakery.example', primary: true, confirmedAt: NOON.toString() },
    ]);
  },
);

onBothDatabases('an address is found however it is written, and one account has it', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  for (const written of ['grace@bakery.example', ' Grace@Bakery.Example ', 'ＧＲＡＣＥ@bakery.example'])
    assert.equal((await store.read.accounts.byAddress(written))?.id, 'grace', written);
  for (const other of ['', 'grace', 'grace@bakery.example\0', "' or 1=1 --", 'gr%ce@bakery.example'])
    assert.equal(await store.read.accounts.byAddress(other), null, other);
  const again = { account: 'bob', address: 'GRACE@bakery.example', primary: true, confirmedAt: null };
  await assert.rejects(store.transaction((tx) => tx.accounts.create({ ...grace(), id: 'bob' }, [again])));
  assert.equal(await store.read.accounts.byId('bob'), null);
});

onBothDatabases('an address that is only claimed leads to nobody', async ({ open }) => {
  const store = await open();
  const claimed = { account: 'grace', address: 'boss@bakery.example', primary: false, confirmedAt: null };
  const confirmed = { account: 'grace', address: 'home@grace.example', primary: false, confirmedAt: NOON };
  await store.transaction((tx) => tx.accounts.create(grace(), [claimed, confirmed]));
  assert.equal(await store.read.accounts.byAddress('boss@bakery.example'), null);
  assert.equal((await store.read.accounts.byAddress('home@grace.example'))?.id, 'grace');
});

onBothDatabases('changes of an account', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    assert.equal((await tx.accounts.lock('grace'))?.id, 'grace');
    assert.equal(await tx.accounts.lock('nobody'), null);
    assert.deepEqual([await tx.accounts.raiseEpoch('grace'), await tx.accounts.raiseEpoch('grace')], [2, 3]);
    await tx.accounts.setLanguage('grace', 'nl');
    await tx.accounts.setStatus('grace', 'disabled');
    for (const at of [minutes(1), minutes(2), minutes(2), minutes(3)]) await tx.accounts.recordSignIn('grace', at);
  });
  const changed = await store.read.accounts.byId('grace');
  assert.deepEqual(
    plain(changed),
    plain({ ...grace(), securityEpoch: 3, language: 'nl', status: 'disabled', firstSignInAt: minutes(1) }),
  );
  assert.deepEqual(plain(await store.read.campaigns.signIns('grace', 2)), plain([minutes(3), minutes(2)]));
  await assert.rejects(store.transaction((tx) => tx.accounts.raiseEpoch('nobody')));
});

onBothDatabases('administrators are those of any organisation, each once', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  assert.deepEqual(await store.read.accounts.administrators(), []);
  await store.transaction(async (tx) => {
    await tx.accounts.create({ ...grace(), id: 'ann' }, []);
    const [bakery] = await tx.organisations.all();
    assert.ok(bakery);
    await tx.organisations.create({ ...bakery, id: 'butcher', slug: 'butcher' });
    for (const organisation of ['bakery', 'butcher'])
      await tx.accounts.join({ account: 'ann', organisation, role: 'administrator', joinedAt: NOON });
  });
  assert.deepEqual(
    (await store.read.accounts.administrators()).map((one) => one.id),
    ['ann'],
  );
});

onBothDatabases('authenticators: oldest first, renamed, improved, ended but kept', async ({ open, meddle }) => {
  const store = await open();
  await addGrace(store);
  const [older, newer] = [authenticator({ boundAt: NOON }), authenticator({ id: 'app-0', boundAt: minutes(1) })];
  await store.transaction(async (tx) => {
    await tx.authenticators.bind(newer);
    await tx.authenticators.bind(older);
    await tx.authenticators.rename('app-1', 'Pixel 9');
    await tx.authenticators.improve('app-1', new Secret(new Uint8Array([9, 9])));
  });
  const [first, second] = await store.read.authenticators.of('grace');
  assert.deepEqual([first?.id, first?.label, first?.secret.reveal()], ['app-1', 'Pixel 9', new Uint8Array([9, 9])]);
  assert.deepEqual(plain(second), plain(newer));
  assert.deepEqual(second?.secret.reveal(), newer.secret.reveal());
  await store.transaction(async (tx) => {
    await tx.authenticators.unbind('app-0', minutes(2), 'removed');
    await tx.authenticators.improve('app-0', new Secret(new Uint8Array([1])));
  });
  assert.equal(await store.read.authenticators.byId('app-0'), null);
  assert.deepEqual(
    await meddle(`select ended_at, end_reason, length(sealed_secret) as kept from authenticators
    where id = 'app-0'`),
    [{ ended_at: minutes(2).epochMilliseconds, end_reason: 'removed', kept: 0 }],
  );
});

onBothDatabases('attempts, sessions, devices, wizards and links come back as they were written', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const evidence = session().evidence;
  const held = attempt({
    state: {
      at: 'verifying',
      demand: { entrance: 'sign-in', level: 'aal2', course: null },
      evidence,
      goal: 'aal2',
      failures: 2,
    },
    session: 'session-9',
  });
  const [live, remembered, sent] = [session({ viaRememberedDevice: true }), device(), link({ subject: 'line 7' })];
  const wizard = enrolment({ state: { at: 'adding-sms', course: 'first', evidence, sent: true } });
  await store.transaction(async (tx) => {
    await tx.attempts.create(held);
    await tx.sessions.create(live);
    await tx.devices.create(remembered);
    await tx.enrolments.create(wizard);
    await tx.links.create(sent);
  });
  assert.deepEqual(plain(await store.read.attempts.byToken(held.tokenHash)), plain(held));
  assert.deepEqual(plain(await store.read.sessions.byToken(live.tokenHash)), plain(live));
  assert.deepEqual(plain(await store.read.devices.byToken(remembered.tokenHash)), plain(remembered));
  assert.deepEqual(plain(await store.read.enrolments.byHolder('attempt-1')), plain(wizard));
  assert.deepEqual(plain(await store.read.links.byToken(sent.tokenHash)), plain(sent));
  const stranger = new Uint8Array(32);
  for (const group of ['attempts', 'sessions', 'devices', 'links'] as const)
    assert.equal(await store.read[group].byToken(stranger), null, group);

  const changed = { ...held, state: { at: 'complete' as const }, expiresAt: minutes(25), securityEpoch: 2 };
  await store.transaction((tx) => tx.attempts.save('attempt-1', { ...changed, endedAt: minutes(1) }));
  assert.deepEqual(plain(await store.read.attempts.byId('attempt-1')), plain({ ...changed, endedAt: minutes(1) }));
  const moved = { ...wizard, state: { at: 'choosing' as const, course: 'first' as const }, expiresAt: minutes(30) };
  await store.transaction((tx) => tx.enrolments.save('enrolment-1', { ...moved, securityEpoch: 2 }));
  assert.deepEqual(plain(await store.read.enrolments.byHolder('attempt-1')), plain({ ...moved, securityEpoch: 2 }));
});

onBothDatabases('campaigns and what people did about them come back as they were written', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const day = Temporal.PlainDate.from('2026-06-30');
  const campaign = {
    id: 'spring',
    organisation: 'bakery',
    name: 'Spring',
    startsOn: Temporal.PlainDate.from('2026-03-01'),
    deadline: day,
    status: 'running' as const,
    createdAt: NOON,
  };
  const open_ended = { ...campaign, id: 'open', deadline: null, createdAt: minutes(1) };
  const deferral = { account: 'grace', organisation: 'bakery', campaign: 'spring', at: minutes(1) };
  const extension = { account: 'grace', campaign: 'spring', until: day.add({ days: 30 }), reason: 'ill', by: 'ann' };
  const exemption = { account: 'grace', organisation: 'bakery', until: day, reason: 'no phone', owner: 'ann' };
  await store.transaction(async (tx) => {
    await tx.campaigns.create(campaign);
    await tx.campaigns.create(open_ended);
    await tx.campaigns.recordDeferral(deferral);
    await tx.campaigns.recordDeferral({ ...deferral, campaign: null, at: NOON });
    await tx.campaigns.extend(extension);
    await tx.campaigns.exempt(exemption);
  });
  assert.deepEqual(
    plain(await store.read.campaigns.of(['bakery', 'bakery', 'butcher'])),
    plain([campaign, open_ended]),
  );
  assert.deepEqual(await store.read.campaigns.of([]), []);
  await store.transaction((tx) => tx.campaigns.setStatus('open', 'paused'));
  assert.deepEqual(
    (await store.read.campaigns.of(['bakery'])).map(({ status }) => status),
    ['running', 'paused'],
  );
  assert.deepEqual(
    plain(await store.read.campaigns.deferrals('grace')),
    plain([{ ...deferral, campaign: null, at: NOON }, deferral]),
  );
  assert.deepEqual(plain(await store.read.campaigns.extensions('grace')), plain([extension]));
  assert.deepEqual(plain(await store.read.campaigns.exemptions('grace')), plain([exemption]));
});

onBothDatabases('a word that no version of the program writes is a fault, not a guess', async ({ open, meddle }) => {
  const store = await open();
  await addGrace(store);
  await meddle(`update accounts set status = 'superuser' where id = 'grace'`);
  await assert.rejects(store.read.accounts.byId('grace'), /accounts.status holds "superuser"/);
});

function grace(): Account {
  return {
    id: 'grace',
    name: 'Grace',
    language: 'en',
    status: 'active',
    securityEpoch: 1,
    firstSignInAt: null,
    createdAt: NOON,
    recoveredAt: null,
  };
}

/** Instants, days and bytes as text, so that rows can be compared whole. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => (one instanceof Uint8Array ? Buffer.from(one).toString('hex') : one)),
  );
}
