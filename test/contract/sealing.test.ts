import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Secret } from '#core/secret.ts';
import { WrongKeys } from '#store/key-check.ts';
import { addSealingKey, type Keys, makeKeys, onlyNewestSealingKey } from '#store/keys.ts';
import { reseal, SEALED_COLUMNS } from '#store/reseal.ts';
import { CannotOpen } from '#store/seal.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases, onSqlite } from '#test/support/databases.ts';
import { NOON, testKeys } from '#test/support/store.ts';
import { addGrace, authenticator, challenge, enrolment, hash, message } from './people.ts';

const TOTP = 'totp-secret-JBSWY3DPEHPK3PXP';
const PENDING = 'pending-secret-KRSXG5CTMVRXEZLU';
const BACKUP = 'backup-7K3M-Q9TZ-2XCV-8HWP-4RNB';
const NUMBER = '+447700900123';
const PUSH = { endpoint: 'https://push.example/wpush/481516', p256dh: 'BCVxsr7N', auth: 'BTBZMqHH6r4Tts7J' };
const PAYLOAD = 'your code is 481516';

onBothDatabases('secrets come back open, and only with the right keys', async ({ open }) => {
  const store = await open();
  await addSecrets(store);
  await assertReadable(store);
  await assert.rejects(open({ keys: makeKeys() }), WrongKeys);
  await assert.rejects(open({ keys: { ...testKeys, pepper: makeKeys().pepper } }), WrongKeys, 'another pepper');
  await assertReadable(await open());
});

onBothDatabases('a sealed secret that is moved to another row does not open there', async ({ open, meddle }) => {
  const store = await open();
  await addGrace(store);
  await addGrace(store, 'mallory');
  await store.transaction(async (tx) => {
    await tx.authenticators.bind(authenticator());
    await tx.authenticators.bind(authenticator({ id: 'app-2', account: 'mallory' }));
  });
  await meddle(`update authenticators set sealed_secret =
    (select sealed_secret from authenticators where id = 'app-2') where id = 'app-1'`);
  const [moved] = await store.read.authenticators.of('grace');
  assert.throws(() => moved?.secret.reveal(), CannotOpen);
  assert.equal((await store.read.authenticators.of('mallory')).length, 1);
});

onSqlite('no secret is anywhere in the files, nor in the write-ahead log', async ({ url, open }) => {
  const store = await open();
  await addSecrets(store);
  const bytes = Buffer.concat(globSync(`${url.slice('sqlite:'.length)}*`).map((file) => readFileSync(file)));
  assert.ok(bytes.includes(Buffer.from('grace@bakery.example')), 'the bytes that are looked at are the right ones');
  for (const secret of [TOTP, PENDING, BACKUP, NUMBER, PUSH.endpoint, PAYLOAD]) {
    assert.equal(bytes.includes(Buffer.from(secret)), false, secret);
    assert.equal(bytes.includes(Buffer.from(Buffer.from(secret).toString('base64'))), false, `${secret} in base 64`);
  }
});

onSqlite('the sealed form of an ended secret is not left in a free page', async ({ url, open, meddle }) => {
  const store = await open();
  await addGrace(store);
  // Long enough for pages of its own, which become free.
  const secret = new Secret(new Uint8Array(20_000).fill(7));
  await store.transaction((tx) => tx.authenticators.bind(authenticator({ secret })));
  const path = url.slice('sqlite:'.length);
  const [row] = await meddle('select substr(sealed_secret, 5000, 64) as part from authenticators');
  const part = Buffer.from(row?.['part'] as Uint8Array);
  checkpoint(path);
  assert.ok(readFileSync(path).includes(part), 'while it is bound it is there');

  await store.transaction((tx) => tx.authenticators.unbind('app-1', NOON, 'removed'));
  checkpoint(path);
  const [pages] = await meddle('pragma freelist_count');
  assert.ok(Number(pages?.['freelist_count']) > 0, 'there are free pages');
  assert.equal(readFileSync(path).includes(part), false);
});

/** Moves the write-ahead log into the file and cuts it off, as happens by itself every now and then. */
function checkpoint(path: string): void {
  const db = new DatabaseSync(path);
  db.exec('pragma wal_checkpoint(truncate)');
  db.close();
}

onBothDatabases('ending empties: authenticators, wizards, challenges, messages', async ({ open, meddle }) => {
  const store = await open();
  await addSecrets(store);
  await store.transaction(async (tx) => {
    assert.equal(await tx.authenticators.unbind('app-1', NOON, 'removed'), true);
    assert.equal(await tx.authenticators.unbind('app-1', NOON, 'removed'), false);
    await tx.enrolments.save('enrolment-1', {
      ...enrolment(),
      state: { at: 'bound', course: 'first', evidence: [] },
      sealed: { pending: null, superseded: [], number: new Secret(NUMBER), backupCode: new Secret(BACKUP) },
    });
    assert.equal(await tx.claims.take({ kind: 'challenge', challenge: 'challenge-1' }, NOON), true);
    await tx.outbox.finish('message-1', NOON, null);
  });
  for (const { table, column } of SEALED_COLUMNS.filter((one) => one.table !== 'meta'))
    assert.deepEqual(await meddle(`select ${column} from ${table} where length(${column}) > 0`), [], column);
  assert.deepEqual(await store.read.authenticators.of('grace'), []);
  assert.equal(await store.read.enrolments.byHolder('attempt-1'), null);
  assert.equal(
    (await store.read.enrolments.latestOf('grace', NOON))?.sealed.backupCode,
    null,
    'what was bound is not kept a second time',
  );
});

onBothDatabases('rotation: everything moves to the new key, the old one is not needed any more', async (database) => {
  const store = await database.open();
  await addSecrets(store);
  const both = addSealingKey(testKeys);
  const { resealed } = await reseal({ url: database.url, keys: both });
  assert.equal(resealed, 7);
  assert.deepEqual(await reseal({ url: database.url, keys: both }), { resealed: 0 }, 'a second run has nothing to do');
  const renewed: Keys = onlyNewestSealingKey(both);
  await assertReadable(await database.open({ keys: renewed }));
  await assert.rejects(database.open(), WrongKeys, 'and the old key alone opens nothing');
});

onBothDatabases('rotation goes through more rows than one batch, and passes over emptied ones', async (database) => {
  const store = await database.open();
  await addGrace(store);
  await store.transaction(async (tx) => {
    for (let row = 0; row < 230; row++) await tx.authenticators.bind(authenticator({ id: `app-${row}` }));
    await tx.authenticators.unbind('app-7', NOON, 'removed');
  });
  const both = addSealingKey(testKeys);
  // One of them is the check of the keys themselves.
  assert.equal((await reseal({ url: database.url, keys: both })).resealed, 230);
  const renewed = await database.open({ keys: onlyNewestSealingKey(both) });
  assert.equal((await renewed.read.authenticators.of('grace')).length, 229);
});

onBothDatabases('every column that is sealed is on the list of the rotation', async ({ dialect, open, meddle }) => {
  await open();
  const columns =
    dialect === 'sqlite'
      ? `select m.name as t, p.name as c from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table'`
      : `select table_name as t, column_name as c from information_schema.columns where table_schema = 'public'`;
  const found = await meddle(`select t || '.' || c as name from (${columns}) as found where c like 'sealed%'`);
  const listed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
  assert.deepEqual(found.map((row) => String(row['name'])).sort(), listed.sort());
});

async function addSecrets(store: Store): Promise<void> {
  await addGrace(store);
  await store.transaction(async (tx) => {
    await tx.authenticators.bind(authenticator({ secret: new Secret(new TextEncoder().encode(TOTP)) }));
    const secret = new Secret(new TextEncoder().encode(PENDING));
    await tx.enrolments.create(
      enrolment({
        sealed: {
          pending: { type: 'totp', secret, label: 'Nachtslot', madeAt: NOON },
          superseded: [{ type: 'totp', secret, label: 'Older', madeAt: NOON }],
          number: new Secret(NUMBER),
          backupCode: new Secret(BACKUP),
        },
      }),
    );
    // A phone that is told, and one that wants nothing.
    for (const id of ['app-1', 'app-2']) await tx.pairings.create(pairing(id));
    await tx.pairings.setPush('app-1', PUSH);
    await tx.challenges.create(challenge({ destination: new Secret(NUMBER) }));
    await tx.outbox.queue(message({ to: new Secret(NUMBER), payload: new Secret(PAYLOAD) }));
  });
}

function pairing(id: string) {
  return { id, account: 'grace', holder: 'x', codeHash: hash(), createdAt: NOON, expiresAt: NOON.add({ minutes: 10 }) };
}

async function assertReadable(store: Store): Promise<void> {
  const [app] = await store.read.authenticators.of('grace');
  assert.equal(new TextDecoder().decode(app?.secret.reveal()), TOTP);
  const wizard = await store.read.enrolments.byHolder('attempt-1');
  assert.equal(new TextDecoder().decode(wizard?.sealed.pending?.secret.reveal()), PENDING);
  assert.equal(wizard?.sealed.superseded[0]?.label, 'Older');
  assert.equal(wizard?.sealed.backupCode?.reveal(), BACKUP);
  assert.equal(wizard?.sealed.number?.reveal(), NUMBER);
  assert.equal((await store.read.challenges.open('attempt-1', 'verify'))?.destination.reveal(), NUMBER);
  assert.deepEqual(JSON.parse((await store.read.pairings.byId('app-1'))?.push?.reveal() ?? ''), PUSH);
  assert.equal((await store.read.pairings.byId('app-2'))?.push, null);
  const [sent] = await store.transaction((tx) => tx.outbox.lease(1, NOON, Temporal.Duration.from({ seconds: 0 })));
  assert.deepEqual([sent?.to.reveal(), sent?.payload.reveal()], [NUMBER, PAYLOAD]);
}
