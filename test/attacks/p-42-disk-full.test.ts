// P-42: the disk is full, broken or read-only, or there is no memory, under a server that runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { integrityOf } from '#cli/integrity.ts';
import { brokenInvariants } from '#cli/invariants.ts';
import { verifyAudit } from '#store/audit-verify.ts';
import { onPostgres, onSqlite, type TestDatabase } from '#test/support/databases.ts';
import type { Answered, Jar } from '#test/support/jar.ts';
import { codeAt, type Person } from '#test/support/rig.ts';
import { SESSION } from '#test/support/roads.ts';
import { type Fault, withBrokenDisk } from './support/broken-disk.ts';
import { type House, inHouse, type Shipped, until } from './support/shipped.ts';

onSqlite('a disk that fails under a sign-in', (database) =>
  inHouse(database, async (house) => {
    const path = database.url.replace('sqlite:', '');
    // The disk that the log goes to is full from the beginning, and stops nobody.
    const full = openSync('/dev/full', 'w');
    const server = await house.serve({}, { log: full });
    closeSync(full);
    const faults: Fault[] = [
      ...[1, 2, 3, 5, 8].map((from): Fault => ({ call: 'pwrite64', error: 'ENOSPC', path, from })),
      { call: 'pwrite64', error: 'EDQUOT', path },
      { call: 'pwrite64', error: 'EROFS', path },
      { call: 'pwrite64', error: 'EIO', path, once: true },
      { call: 'fdatasync', error: 'EIO', path },
      { call: 'fdatasync', error: 'EIO', path, once: true },
    ];
    for (const fault of faults)
      await isRefused(house, server, fault, (work) => withBrokenDisk(server.pid, fault, work));
    assert.deepEqual(integrityOf(path), []);
    await isWhole(database, house);
    server.signal('SIGTERM');
    assert.equal(await server.ended, 0);
  }),
);

/** What a full disk looks like from here where the database has its own, and a server that became a copy of another. */
onPostgres('a database that can only be read', (database) =>
  inHouse(database, async (house) => {
    const server = await house.serve({ NACHTSLOT_WORKERS: '1' });
    const readOnly = (isSo: boolean) => setReadOnly(database, isSo);
    await isRefused(house, server, { can: 'only be read' }, async (work) => {
      await readOnly(true);
      try {
        return await work();
      } finally {
        await readOnly(false);
      }
    });
    await isWhole(database, house);
  }),
);

/** For new connections; so the others, but for the one that says so, go. */
async function setReadOnly(database: TestDatabase, isSo: boolean): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  await database.meddle(`alter database ${name} set default_transaction_read_only = ${isSo ? 'on' : 'off'}`);
  await database.meddle(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
  );
}

/** In a process that may have less than the hash wants: the answer is "busy", and the next hash is made. */
test('memory for a hash that cannot be had', () => {
  const program = `
    const { createHashGate, createPepperedHash } = await import('#authenticators/peppered-hash.ts');
    const { Secret } = await import('#core/secret.ts');
    const pepper = new Secret(new Uint8Array(32));
    const costing = (memoryKiB) => createPepperedHash('password', { pepper }, createHashGate(), { memoryKiB, passes: 1, lanes: 1 });
    const huge = costing(${LIMIT_BYTES / 1024});
    const kept = await costing(8).keep('a text');
    console.log(JSON.stringify([await huge.keep('a text'), await huge.checkNothing('a text'), (await costing(8).check(kept, 'a text')).matches]));
  `;
  const limited = [`--as=${LIMIT_BYTES}`, process.execPath, '--disable-warning=ExperimentalWarning'];
  const said = execFileSync('prlimit', [...limited, '--input-type=module', '-e', program], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  assert.deepEqual(JSON.parse(said), [null, null, true]);
});

const LIMIT_BYTES = 8 * 1024 ** 3;

type While = <T>(work: () => Promise<T>) => Promise<T>;

/** Nobody gets in whose code cannot be marked as used; it is said in words; and it passes by itself. */
async function isRefused(house: House, server: Shipped, what: object, broken: While): Promise<void> {
  const said = JSON.stringify(what);
  const ann = await house.rig.person({ organisations: [await house.rig.organisation()], enrolled: true });
  const jar = server.browser();
  assert.equal((await givesPassword(jar, ann)).status, 303, 'control');
  const before = await stored(house, ann);
  const code = codeNow(ann);
  const answer = await broken(async () => {
    const first = await jar.post('/sign-in/verify', { method: 'totp', code });
    // What failed once may be well again before anybody asks.
    if (!('once' in what)) assert.equal((await server.browser().get('/health/ready')).status, 503, `${said}: health`);
    return first;
  });
  assert.equal(answer.status, 503, `${said}: ${answer.text}`);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  assert.match(answer.text, /went wrong on our side/);
  assert.ok(!jar.cookies.has(SESSION), said);

  // What was not acknowledged is there whole or not at all.
  const after = await stored(house, ann);
  const isWritten = after.counter !== before.counter;
  assert.deepEqual([after.sessions, after.proved - before.proved], isWritten ? [1, 1] : [0, 0], said);
  const again = server.browser();
  assert.equal((await givesPassword(again, ann)).status, 303, `${said}: afterwards`);
  const late = await again.post('/sign-in/verify', { method: 'totp', code: isWritten ? code : codeNow(ann) });
  assert.equal(late.status, isWritten ? 422 : 303, `${said}: a code is good if it is not used`);
  await until(async () => (await server.browser().get('/health/ready')).status === 200, 5_000);
}

async function stored({ rig: { store } }: House, { id }: Person) {
  const app = (await store.read.authenticators.of(id)).find(({ type }) => type === 'totp');
  const lines = await store.read.audit.of(id, 100);
  const proved = lines.filter(({ event, detail }) => event === 'sign-in.proved' && detail['type'] === 'totp').length;
  return { counter: app?.counter, sessions: (await store.read.sessions.of(id)).length, proved };
}

async function isWhole({ url }: TestDatabase, { rig: { keys, store } }: House): Promise<void> {
  assert.deepEqual(await brokenInvariants(url, keys), []);
  const found = await verifyAudit(store.read.audit);
  assert.ok(found.ok, JSON.stringify(found));
}

function givesPassword(jar: Jar, { email, password }: Person): Promise<Answered> {
  return jar.post('/sign-in', { address: email, password });
}

function codeNow({ totp }: Person): string {
  return codeAt(totp ?? new Uint8Array(), Temporal.Now.instant());
}
