import assert from 'node:assert/strict';
import { Secret } from '#core/secret.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, attempt, authenticator, challenge, device, enrolment, link, minutes, session } from './people.ts';

onBothDatabases('a session and a remembered device are gone at their end, to the moment', async ({ open }) => {
  let now = NOON;
  const store = await open({ now: () => now });
  await addGrace(store);
  const [live, remembered] = [session(), device()];
  await store.transaction(async (tx) => {
    await tx.sessions.create(live);
    await tx.devices.create(remembered);
  });
  const found = async () => [
    await store.read.sessions.byToken(live.tokenHash),
    (await store.read.sessions.of('grace'))[0],
    await store.read.devices.byToken(remembered.tokenHash),
    (await store.read.devices.of('grace'))[0],
  ];
  now = minutes(60).subtract({ milliseconds: 1 });
  assert.deepEqual((await found()).map(Boolean), [true, true, true, true]);
  now = minutes(60);
  assert.deepEqual((await found()).map(Boolean), [false, false, false, false]);
});

onBothDatabases('touching and ending a session and a device', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    await tx.sessions.create(session());
    await tx.devices.create(device());
    await tx.sessions.touch('session-1', minutes(5));
    await tx.devices.touch('device-1', minutes(6));
  });
  assert.equal((await store.read.sessions.of('grace'))[0]?.lastSeenAt.toString(), minutes(5).toString());
  assert.equal((await store.read.devices.of('grace'))[0]?.lastUsedAt.toString(), minutes(6).toString());
  const end = () =>
    store.transaction(async (tx) => [await tx.sessions.end('session-1'), await tx.devices.end('device-1')]);
  assert.deepEqual(await end(), [true, true]);
  assert.deepEqual(await end(), [false, false]);
});

onBothDatabases('an attempt can be locked while it lives: not ended, not expired', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const held = attempt();
  await store.transaction((tx) => tx.attempts.create(held));
  const lock = (at: Temporal.Instant) => store.transaction((tx) => tx.attempts.lock('attempt-1', at));
  assert.equal((await lock(minutes(9)))?.id, 'attempt-1');
  assert.equal(await lock(minutes(10)), null);
  await store.transaction((tx) => tx.attempts.save('attempt-1', { ...held, endedAt: minutes(1) }));
  assert.equal(await lock(minutes(2)), null);
  const kept = await store.read.attempts.byToken(held.tokenHash);
  assert.equal(kept?.endedAt?.toString(), minutes(1).toString(), 'a page can still say what became of it');
});

onBothDatabases('one wizard is alive for its holder, while it lives', async ({ open }) => {
  let now = NOON;
  const store = await open({ now: () => now });
  await addGrace(store);
  await store.transaction((tx) => tx.enrolments.create(enrolment()));
  await store.transaction((tx) => tx.enrolments.create(enrolment({ id: 'enrolment-2', createdAt: minutes(1) })));
  assert.equal((await store.read.enrolments.byHolder('attempt-1'))?.id, 'enrolment-2');
  assert.equal(await store.read.enrolments.byHolder('attempt-2'), null, 'and for nobody else');
  const lock = (at: Temporal.Instant) => store.transaction((tx) => tx.enrolments.lock('attempt-1', at));
  assert.equal((await lock(minutes(14)))?.id, 'enrolment-2');
  assert.equal(await lock(minutes(15)), null);
  now = minutes(15);
  assert.equal(await store.read.enrolments.byHolder('attempt-1'), null);
  assert.equal((await store.read.enrolments.latestOf('grace', NOON))?.id, 'enrolment-2', 'the doctor still finds it');
  assert.equal(await store.read.enrolments.latestOf('grace', minutes(2)), null, 'but not for ever');
});

onBothDatabases(
  'a superseded wizard keeps its QR code for the doctor, and so does one that was left; nothing else stays',
  async ({ open }) => {
    const store = await open();
    await addGrace(store);
    const pending = { type: 'totp', secret: new Secret(new Uint8Array([1, 2, 3])), label: 'Nachtslot', madeAt: NOON };
    const first = enrolment({ sealed: { ...enrolment().sealed, pending } });
    await store.transaction((tx) => tx.enrolments.create(first));
    await store.transaction((tx) =>
      tx.enrolments.create({
        ...first,
        id: 'enrolment-0',
        holder: 'attempt-2',
        createdAt: NOON.subtract({ minutes: 1 }),
      }),
    );
    await store.transaction((tx) =>
      tx.enrolments.create(enrolment({ id: 'enrolment-2', createdAt: NOON.subtract({ minutes: 2 }) })),
    );
    const latest = await store.read.enrolments.latestOf('grace', NOON.subtract({ minutes: 5 }));
    assert.deepEqual([latest?.id, latest?.sealed.pending?.secret.reveal()], ['enrolment-1', new Uint8Array([1, 2, 3])]);

    await store.transaction((tx) =>
      tx.enrolments.save('enrolment-0', { ...first, state: { at: 'ended', because: 'left' } }),
    );
    assert.equal(await store.read.enrolments.byHolder('attempt-2'), null);

    const sealed = { ...first.sealed, number: new Secret('+447700900123'), backupCode: new Secret('K7QM') };
    await store.transaction((tx) =>
      tx.enrolments.save('enrolment-1', { ...first, sealed, state: { at: 'ended', because: 'left' } }),
    );
    const left = (await store.read.enrolments.latestOf('grace', NOON.subtract({ minutes: 5 })))?.sealed;
    assert.deepEqual(left?.pending?.secret.reveal(), new Uint8Array([1, 2, 3]));
    assert.deepEqual([left?.number, left?.backupCode], [null, null]);
  },
);

onBothDatabases('a new code makes the one before void; another purpose keeps its own', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    await tx.challenges.create(challenge());
    await tx.challenges.create(challenge({ id: 'guard-1', purpose: 'guard' }));
    await tx.challenges.create(challenge({ id: 'challenge-2', createdAt: minutes(1) }));
  });
  assert.equal((await store.read.challenges.open('attempt-1', 'verify'))?.id, 'challenge-2');
  assert.equal((await store.read.challenges.open('attempt-1', 'guard'))?.id, 'guard-1');
  assert.equal(await store.read.challenges.open('attempt-1', 'bind'), null);
  const claim = { kind: 'challenge', challenge: 'challenge-1' } as const;
  assert.equal(await store.transaction((tx) => tx.claims.take(claim, minutes(2))), false);
  const tries = () => store.transaction((tx) => tx.challenges.countTry('challenge-2'));
  assert.deepEqual([await tries(), await tries()], [1, 2]);
});

onBothDatabases('a link opens once, in its time, and a newer one puts it out', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  const consume = (id: string, at = NOON) => store.transaction((tx) => tx.links.consume(id, at));
  await store.transaction(async (tx) => {
    await tx.links.create(link());
    await tx.links.create(link({ id: 'link-2' }));
    await tx.links.create(link({ id: 'activate-1', kind: 'activate' }));
    await tx.links.create(link({ id: 'not-me-1', kind: 'not-me' }));
    await tx.links.create(link({ id: 'not-me-2', kind: 'not-me' }));
  });
  assert.equal(await consume('link-1'), false, 'a newer one was sent');
  assert.equal(await consume('link-2', minutes(30)), false, 'expired');
  const at_once = await Promise.all(Array.from({ length: 20 }, () => consume('link-2')));
  assert.equal(at_once.filter(Boolean).length, 1);
  assert.equal(await consume('activate-1'), true, 'another kind is another matter');
  assert.deepEqual([await consume('not-me-1'), await consume('not-me-2')], [true, true], 'each answers its own notice');
});

onBothDatabases('a hundred wrong guesses are counted, a right one clears them', async ({ open }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction((tx) => tx.authenticators.bind(authenticator()));
  const note = (ok: boolean) => store.transaction((tx) => tx.authenticators.noteUse('app-1', ok, minutes(1)));
  await Promise.all(Array.from({ length: 99 }, () => note(false)));
  assert.deepEqual(await note(false), { failures: 100 });
  assert.deepEqual(await note(true), { failures: 0 });
  const app = await store.read.authenticators.byId('app-1');
  assert.deepEqual([app?.failures, app?.lastUsedAt?.toString()], [0, minutes(1).toString()]);
  await store.transaction((tx) => tx.authenticators.disable('app-1', minutes(2)));
  await store.transaction((tx) => tx.authenticators.disable('app-1', minutes(3)));
  assert.equal((await store.read.authenticators.byId('app-1'))?.disabledAt?.toString(), minutes(2).toString());
});

onBothDatabases('sweeping removes what is over and nothing that lives', async ({ open, meddle }) => {
  const store = await open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    for (const [suffix, ends] of [
      ['old', minutes(1)],
      ['new', minutes(100)],
    ] as const) {
      await tx.attempts.create(attempt({ id: `attempt-${suffix}`, expiresAt: ends }));
      await tx.sessions.create(session({ id: `session-${suffix}`, expiresAt: ends }));
      await tx.devices.create(device({ id: `device-${suffix}`, expiresAt: ends }));
      await tx.enrolments.create(enrolment({ id: `wizard-${suffix}`, holder: suffix, expiresAt: ends }));
      await tx.challenges.create(challenge({ id: `challenge-${suffix}`, holder: suffix, expiresAt: ends }));
      await tx.links.create(link({ id: `link-${suffix}`, kind: 'not-me', expiresAt: ends }));
    }
    await tx.authenticators.bind(authenticator());
    await tx.authenticators.unbind('app-1', NOON, 'removed');
    await tx.sweep(minutes(50));
  });
  for (const table of ['attempts', 'sessions', 'remembered_devices', 'enrolments', 'challenges', 'links']) {
    const rows = await meddle(`select id from ${table}`);
    assert.equal(rows.length, 1, table);
    assert.match(String(rows[0]?.['id']), /new$/, table);
  }
  assert.equal((await meddle('select id from authenticators')).length, 1, 'ended authenticators are history');
});
