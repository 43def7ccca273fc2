import assert from 'node:assert/strict';
import { Secret } from '#core/secret.ts';
import type { Ending, Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';
import { addGrace, attempt, device, enrolment, link, minutes, session } from './people.ts';

const EVERYTHING: Ending = { sessions: true, attempts: true, rememberedDevices: true, links: true, enrolments: true };

onBothDatabases('everything of the account ends, and nothing of anybody else', async ({ open }) => {
  const store = await open();
  await addBelongings(store, 'grace');
  await addBelongings(store, 'bob');
  await store.transaction((tx) => tx.end('grace', EVERYTHING, minutes(1)));
  assert.deepEqual(await alive(store, 'grace'), ['grace not-me link']);
  assert.deepEqual(await alive(store, 'bob'), belongings('bob'));
  assert.equal((await store.read.enrolments.latestOf('grace', NOON))?.sealed.backupCode, null, 'no secret is kept');
});

onBothDatabases('only what is named ends', async ({ open }) => {
  const store = await open();
  await addBelongings(store, 'grace');
  const kinds: [keyof Ending, string[]][] = [
    ['sessions', ['grace session-1', 'grace session-2']],
    ['attempts', ['grace attempt-1', 'grace attempt-2']],
    ['rememberedDevices', ['grace device']],
    ['links', ['grace reset link']],
    ['enrolments', ['grace wizard in attempt-1', 'grace wizard in attempt-2']],
  ];
  let left = belongings('grace');
  assert.deepEqual(await alive(store, 'grace'), left);
  for (const [kind, gone] of kinds) {
    await store.transaction((tx) => tx.end('grace', { [kind]: true }, minutes(1)));
    left = left.filter((one) => !gone.includes(one));
    assert.deepEqual(await alive(store, 'grace'), left, kind);
  }
});

onBothDatabases('the session, attempt and wizard in which the change was made stay', async ({ open }) => {
  const store = await open();
  await addBelongings(store, 'grace');
  const except = { session: 'grace session-2', attempt: 'grace attempt-2', enrolment: 'grace attempt-2' };
  await store.transaction((tx) => tx.end('grace', { ...EVERYTHING, except }, minutes(1)));
  assert.deepEqual(await alive(store, 'grace'), [
    'grace attempt-2',
    'grace not-me link',
    'grace session-2',
    'grace wizard in attempt-2',
  ]);
  assert.equal((await store.read.enrolments.byHolder('grace attempt-2'))?.sealed.backupCode?.reveal(), 'backup');
});

onBothDatabases(
  'a removed account takes everything with it but the audit and the message that says so',
  async (database) => {
    const store = await database.open();
    await addBelongings(store, 'grace');
    await store.transaction(async (tx) => {
      await tx.audit.append({
        at: NOON,
        event: 'account.removed',
        actor: null,
        account: 'grace',
        address: '',
        userAgent: '',
        request: '',
        detail: {},
      });
      await tx.outbox.queue({
        id: 'goodbye',
        channel: 'mail',
        account: 'grace',
        to: new Secret('grace@bakery.example'),
        payload: new Secret('Goodbye'),
        idempotencyKey: 'goodbye',
        runAt: NOON,
        expiresAt: null,
      });
      await tx.accounts.remove('grace');
    });
    assert.equal(await store.read.accounts.byId('grace'), null);
    assert.equal(await store.read.accounts.byAddress('grace@bakery.example'), null);
    assert.deepEqual(await alive(store, 'grace'), []);
    assert.equal((await store.read.audit.of('grace', 5)).length, 1);
    assert.equal(await store.read.outbox.waiting(), 1);
  },
);

function belongings(account: string): string[] {
  return [
    'attempt-1',
    'attempt-2',
    'device',
    'not-me link',
    'reset link',
    'session-1',
    'session-2',
    'wizard in attempt-1',
    'wizard in attempt-2',
  ].map((one) => `${account} ${one}`);
}

const tokens = new Map<string, Uint8Array>();

async function addBelongings(store: Store, account: string): Promise<void> {
  await addGrace(store, account);
  await store.transaction(async (tx) => {
    for (const number of [1, 2]) {
      const held = attempt({ id: `${account} attempt-${number}`, account });
      await tx.attempts.create(held);
      await tx.sessions.create(session({ id: `${account} session-${number}`, account }));
      const sealed = { pending: null, superseded: [], number: null, backupCode: new Secret('backup') };
      await tx.enrolments.create(enrolment({ id: `${account} wizard-${number}`, account, holder: held.id, sealed }));
    }
    await tx.devices.create(device({ id: `${account} device`, account }));
    for (const kind of ['reset', 'not-me'] as const) {
      const made = link({ id: `${account} ${kind} link`, kind, account });
      tokens.set(made.id, made.tokenHash);
      await tx.links.create(made);
    }
  });
}

async function alive(store: Store, account: string): Promise<string[]> {
  const found = [
    ...(await store.read.sessions.of(account)).map((one) => one.id),
    ...(await store.read.devices.of(account)).map((one) => one.id),
  ];
  for (const number of [1, 2]) {
    const holder = `${account} attempt-${number}`;
    const held = await store.read.attempts.byId(holder);
    if (held && !held.endedAt) found.push(holder);
    if (await store.read.enrolments.byHolder(holder)) found.push(`${account} wizard in attempt-${number}`);
  }
  for (const kind of ['reset', 'not-me']) {
    const id = `${account} ${kind} link`;
    const sent = await store.read.links.byToken(tokens.get(id) ?? new Uint8Array(0));
    if (sent && !sent.consumedAt) found.push(id);
  }
  return found.sort();
}
