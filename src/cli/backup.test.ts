import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '#store/database.ts';
import { writeKeys } from '#store/keys.ts';
import { ADA, type Place, freePort, place } from './testing.ts';

test('a backup taken beside a running server is one whole file, for the owner alone', async () => {
  const here = await ready();
  here.env['PORT'] = String(await freePort());
  const server = await here.start('serve');
  const file = join(here.folder, 'copy.db');
  assert.equal((await here.run('backup', file)).code, 0);
  server.kill('SIGTERM');
  await server.ended;
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(
    readdirSync(here.folder).filter((name) => name.startsWith('copy')),
    ['copy.db'],
  );
  const again = await here.run('backup', file);
  assert.deepEqual([again.code, /already; nothing was changed/.test(again.err)], [1, true]);
});

test('what was written after the backup is gone after a restore, and everybody has to sign in again', async () => {
  const here = await ready();
  const file = join(here.folder, 'copy.db');
  await here.withStore((store) => store.transaction((tx) => tx.links.consume('none', Temporal.Now.instant())));
  await here.run('backup', file);
  await here.run('user', 'add', 'late@vandam.example', '--name', 'Late');
  const inTheWay = await here.run('restore', file);
  assert.deepEqual([inTheWay.code, /Stop the server and move away/.test(inTheWay.err)], [1, true]);

  renameSync(here.database, join(here.folder, 'old.db'));
  const bytes = readFileSync(file);
  assert.equal((await here.run('restore', file)).code, 0);
  assert.deepEqual(readFileSync(file), bytes, 'the backup itself is untouched');
  assert.equal((await here.run('verify')).code, 0);
  await here.withStore(async ({ read }) => {
    assert.notEqual(await read.accounts.byAddress(ADA), null);
    assert.equal(await read.accounts.byAddress('late@vandam.example'), null);
  });
  assert.equal(await countOf(here, 'links'), 0, 'a link that was used since must not come alive again');
});

test('a restore takes nothing that is damaged, foreign, half, or under other keys', async () => {
  const here = await ready();
  const file = join(here.folder, 'copy.db');
  await here.run('backup', file);
  renameSync(here.database, join(here.folder, 'old.db'));
  const refuses = async (expected: RegExp) => {
    const { code, err } = await here.run('restore', file);
    assert.equal(code, 1);
    assert.match(err, expected);
    assert.deepEqual(
      readdirSync(here.folder).filter((name) => name.startsWith('nachtslot.db')),
      [],
    );
  };
  const whole = readFileSync(file);

  writeFileSync(file, 'hello');
  await refuses(/damaged or no database/);
  writeFileSync(file, whole.subarray(0, 20_000));
  await refuses(/damaged or no database/);
  const foreign = openDatabase(`sqlite:${file}.foreign`);
  await foreign.transaction((on) => on.execute('other', 'create table other (id integer)', []));
  await foreign.close();
  copyFileSync(`${file}.foreign`, file);
  await refuses(/none of this program/);

  writeFileSync(file, whole);
  writeFileSync(`${file}-wal`, '');
  await refuses(/was copied from a running server/);
  renameSync(`${file}-wal`, `${file}-gone`);
  renameSync(here.keyFile, `${here.keyFile}.right`);
  writeKeys(here.keyFile);
  await refuses(/does not belong to this database/);
  assert.equal((await here.run('restore', join(here.folder, 'nothing.db'))).code, 1);
});

test('PostgreSQL has its own tools, and the command says which', async () => {
  const here = place({ NACHTSLOT_DATABASE_URL: 'postgres://localhost/app' });
  writeKeys(here.keyFile);
  const { code, err } = await here.run('restore', 'file');
  assert.deepEqual([code, /pg_restore/.test(err)], [1, true]);
  assert.equal(existsSync(join(here.folder, 'file')), false);
});

async function ready(): Promise<Place> {
  const here = place();
  assert.equal((await here.init()).code, 0);
  return here;
}

async function countOf(here: Place, table: string): Promise<number> {
  const database = openDatabase(`sqlite:${here.database}`);
  try {
    return (await database.read.execute(`all-${table}`, `select * from ${table}`, [])).rows.length;
  } finally {
    await database.close();
  }
}
