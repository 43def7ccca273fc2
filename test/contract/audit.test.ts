import assert from 'node:assert/strict';
import { hashOf, toRow } from '#store/audit-chain.ts';
import { verifyAudit } from '#store/audit-verify.ts';
import type { AuditEntry } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { onBothDatabases } from '#test/support/databases.ts';
import { NOON } from '#test/support/store.ts';

onBothDatabases('lines are numbered, chained and found by account, newest first', async ({ open }) => {
  const store = await open();
  await write(store, 5);
  await store.transaction((tx) => tx.audit.append(entry('other', { account: 'bob' })));
  const lines = await store.read.audit.page(0, 100);
  assert.deepEqual(
    lines.map((line) => line.sequence),
    [1, 2, 3, 4, 5, 6],
  );
  for (const [at, line] of lines.entries())
    assert.equal(line.previous, at === 0 ? '0'.repeat(64) : lines[at - 1]?.hash);
  assert.deepEqual(
    (await store.read.audit.of('grace', 2)).map((line) => line.event),
    ['event-5', 'event-4'],
  );
  assert.deepEqual(await store.read.audit.head(), { sequence: 6, hash: lines[5]?.hash });
  assert.deepEqual(
    (await store.read.audit.page(4, 1)).map((line) => line.sequence),
    [5],
  );
});

onBothDatabases('an untouched chain verifies, also against an anchor', async ({ open }) => {
  const store = await open();
  assert.equal((await verifyAudit(store.read.audit)).ok, true, 'an empty one');
  await write(store, 30);
  const anchor = await store.read.audit.head();
  await write(store, 5);
  const found = await verifyAudit(store.read.audit, anchor);
  assert.deepEqual([found.ok, found.ok && found.lines], [true, 35]);
});

onBothDatabases('what a stranger sends in a header does not break the chain', async ({ open }) => {
  const store = await open();
  const nasty = 'a\0b\n\u001b[31m\ud800 "quoted" =cmd|x';
  const detail = { reason: nasty, count: 0.1, yes: true, none: null };
  await store.transaction((tx) =>
    tx.audit.append(entry('sign-in.refused', { userAgent: nasty, address: nasty, detail })),
  );
  assert.equal((await verifyAudit(store.read.audit)).ok, true);
  assert.deepEqual((await store.read.audit.page(0, 1))[0]?.detail, detail);
});

onBothDatabases('lines written at the same moment by two connections make one chain', async ({ open }) => {
  const [one, other] = [await open(), await open()];
  await Promise.all(Array.from({ length: 40 }, (_, turn) => write(turn % 2 === 0 ? one : other, 1)));
  const found = await verifyAudit(one.read.audit);
  assert.deepEqual([found.ok, found.ok && found.lines], [true, 40]);
});

/** What somebody with access to the database might do to lines 1 to 20, and where it shows. */
const tampering: [what: string, line: number, ...changes: string[]][] = [
  ['the time of a line is edited', 13, 'update audit set at = at + 1 where sequence = 13'],
  ['its event', 13, `update audit set event = 'password.changed' where sequence = 13`],
  ['who did it', 13, `update audit set actor = 'bob' where sequence = 13`],
  ['that anybody did it', 13, `update audit set actor = null where sequence = 13`],
  ['to whom', 13, `update audit set account = 'bob' where sequence = 13`],
  ['from where', 13, `update audit set address = '198.51.100.1' where sequence = 13`],
  ['with what', 13, `update audit set user_agent = '' where sequence = 13`],
  ['the request', 13, `update audit set request = 'other' where sequence = 13`],
  ['the detail', 13, `update audit set detail = '{"count":2}' where sequence = 13`],
  ['the detail, into nonsense', 13, `update audit set detail = 'not json' where sequence = 13`],
  ['the time, into nonsense', 13, 'update audit set at = 9000000000000000 where sequence = 13'],
  ['a line is deleted', 13, 'delete from audit where sequence = 13'],
  ['the first line is deleted', 1, 'delete from audit where sequence = 1'],
  [
    'a line is deleted and the next takes its number',
    19,
    'delete from audit where sequence = 19',
    'update audit set sequence = 19 where sequence = 20',
  ],
  [
    'two lines are swapped',
    7,
    'update audit set sequence = 1000 where sequence = 7',
    'update audit set sequence = 7 where sequence = 8',
    'update audit set sequence = 8 where sequence = 1000',
  ],
  ['a line is added at the end', 21, copyOf20(21)],
  ['a line is added in front', 0, copyOf20(0)],
  ['a line is added far in front', -5, copyOf20(-5)],
  ['the last lines are cut off', 18, 'delete from audit where sequence > 17'],
  ['all lines are cut off', 1, 'delete from audit'],
  ['the hash of the head is edited', 20, `update audit_head set hash = '${'f'.repeat(64)}'`],
  ['the head is set back', 20, 'update audit_head set sequence = 19'],
];

onBothDatabases('whatever is done to the lines is found, with the number of the line', async ({ open, meddle }) => {
  const store = await open();
  await write(store, 20);
  await meddle('create table saved as select * from audit');
  const { hash } = await store.read.audit.head();
  for (const [what, line, ...changes] of tampering) {
    for (const change of changes) await meddle(change);
    const found = await verifyAudit(store.read.audit);
    assert.deepEqual([found.ok, !found.ok && found.line], [false, line], what);
    await meddle('delete from audit');
    await meddle('insert into audit select * from saved');
    await meddle(`update audit_head set sequence = 20, hash = '${hash}'`);
  }
  assert.equal((await verifyAudit(store.read.audit)).ok, true);
});

function copyOf20(sequence: number): string {
  return `insert into audit select ${sequence}, at, event, actor, account, address, user_agent, request, detail, previous,
    hash from audit where sequence = 20`;
}

onBothDatabases(
  'a line forged with the right hash, put behind the last, is found by the head',
  async ({ open, meddle }) => {
    const store = await open();
    await write(store, 4);
    await meddle(`update audit_head set sequence = 3, hash = (select hash from audit where sequence = 3)`);
    assert.deepEqual(await verifyAudit(store.read.audit), { ok: false, line: 4, fault: 'added' });
  },
);

onBothDatabases(
  'lines cut off at the end are found by the head, and with a cut head by the anchor',
  async (database) => {
    const store = await database.open();
    await write(store, 20);
    const anchor = await store.read.audit.head();
    await database.meddle('delete from audit where sequence > 17');
    assert.deepEqual(await verifyAudit(store.read.audit), { ok: false, line: 18, fault: 'truncated' });
    await database.meddle(`update audit_head set sequence = 17, hash = (select hash from audit where sequence = 17)`);
    assert.equal((await verifyAudit(store.read.audit)).ok, true, 'without an anchor this cannot be seen');
    assert.deepEqual(await verifyAudit(store.read.audit, anchor), { ok: false, line: 18, fault: 'truncated' });
  },
);

onBothDatabases('a chain that was written anew as a whole is found by the anchor', async ({ open, meddle }) => {
  const store = await open();
  await write(store, 10);
  const anchor = await store.read.audit.head();
  await meddle('delete from audit');
  await meddle(`update audit_head set sequence = 0, hash = '${'0'.repeat(64)}'`);
  await write(store, 9);
  await store.transaction((tx) => tx.audit.append(entry('nothing-happened')));
  assert.equal((await verifyAudit(store.read.audit)).ok, true, 'without an anchor this cannot be seen');
  assert.deepEqual(await verifyAudit(store.read.audit, anchor), { ok: false, line: 10, fault: 'rewritten' });
});

onBothDatabases('a line that was edited and hashed anew is found at the line behind it', async ({ open, meddle }) => {
  const store = await open();
  await write(store, 5);
  const [third] = await store.read.audit.page(2, 1);
  assert.ok(third);
  const hash = hashOf(toRow({ ...third, event: 'nothing-happened' }));
  await meddle(`update audit set event = 'nothing-happened', hash = '${hash}' where sequence = 3`);
  assert.deepEqual(await verifyAudit(store.read.audit), { ok: false, line: 4, fault: 'moved' });
});

onBothDatabases('a chain that grows while it is verified still verifies', async ({ open }) => {
  const store = await open();
  await write(store, 10);
  const growing: Promise<void>[] = [];
  const audit = {
    ...store.read.audit,
    head: async () => {
      if (growing.length < 3) growing.push(write(store, 1));
      await Promise.all(growing);
      return store.read.audit.head();
    },
  };
  const found = await verifyAudit(audit);
  assert.equal(found.ok, true);
});

async function write(store: Store, count: number): Promise<void> {
  const { sequence } = await store.read.audit.head();
  await store.transaction(async (tx) => {
    for (let line = 1; line <= count; line++) await tx.audit.append(entry(`event-${sequence + line}`));
  });
}

function entry(event: string, change: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: NOON,
    event,
    actor: 'grace',
    account: 'grace',
    address: '192.0.2.7',
    userAgent: 'Firefox',
    request: 'request-1',
    detail: { count: 1 },
    ...change,
  };
}
