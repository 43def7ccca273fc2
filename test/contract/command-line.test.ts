import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ADA, type Running, freePort, place } from '#cli/testing.ts';
import { writeKeys } from '#store/keys.ts';
import { type PostgresServer, startPostgres } from '#test/support/postgres.ts';

let server: PostgresServer | null = null;
after(async () => {
  await server?.stop();
});

test('on PostgreSQL several processes share one port, one that dies is replaced, and all end together', async () => {
  server ??= await startPostgres();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const here = place({
    NACHTSLOT_DATABASE_URL: await server.database(),
    NACHTSLOT_PUBLIC_URL: origin,
    NACHTSLOT_WORKERS: '2',
    PORT: String(port),
  });
  const refused = await here.run('serve');
  assert.deepEqual([refused.code, /no key file/.test(refused.err)], [1, true]);
  assert.equal((await here.init()).code, 0);
  const running = await here.start('serve', '--json');
  assert.equal(Reflect.get(Object(JSON.parse(running.line)), 'workers'), 2);
  assert.equal((await fetch(`${origin}/health/ready`)).status, 200);

  const rotation = await here.run('keys', 'rotate');
  assert.deepEqual([rotation.code, /Stop the server first/.test(rotation.err)], [1, true]);
  const before = processesOf(running);
  assert.equal(before.length, 2);
  process.kill(before[0] ?? 0, 'SIGKILL');
  await until(() => running.err().includes('a worker died and is replaced'));
  await until(() => processesOf(running).length === 3);
  assert.equal((await fetch(`${origin}/sign-in`)).status, 200);

  running.kill('SIGTERM');
  assert.equal(await running.ended, 0);
  for (const child of processesOf(running)) assert.throws(() => process.kill(child, 0), /ESRCH/);
});

test('on PostgreSQL the commands work as on SQLite, but for backups, which have their own tools', async () => {
  server ??= await startPostgres();
  const here = place({ NACHTSLOT_DATABASE_URL: await server.database() });
  writeKeys(here.keyFile);
  const early = await here.run('org', 'list');
  assert.deepEqual([early.code, /The database is empty/.test(early.err)], [1, true]);
  assert.equal((await here.init()).code, 0);
  assert.equal((await here.init()).code, 1);
  assert.equal((await here.run('user', 'add', 'grace@vandam.example', '--name', 'Grace')).code, 0);
  assert.equal((await here.run('user', 'disable', ADA)).code, 1);
  assert.equal((await here.run('keys', 'rotate', '--drop-old-keys')).code, 0);
  assert.equal((await here.run('doctor')).code, 0);
  const verified = await here.run('verify');
  assert.deepEqual([verified.code, verified.out.startsWith('2 accounts; every secret opens')], [0, true]);
  const backup = await here.run('backup', 'file');
  assert.deepEqual([backup.code, /pg_dump/.test(backup.err)], [1, true]);
});

test('a database server that is not there, or does not let us in, is said in a sentence', async () => {
  server ??= await startPostgres();
  const url = new URL(await server.database());
  const refuses = async (address: URL, expected: RegExp) => {
    const here = place({ NACHTSLOT_DATABASE_URL: address.href });
    const { code, err } = await here.init();
    assert.equal(code, 1);
    assert.match(err, expected);
    assert.equal(err.trim().split('\n').length, 1);
  };
  await refuses(Object.assign(new URL(url), { port: String(await freePort()) }), /does not answer/);
  await refuses(Object.assign(new URL(url), { password: 'swordfish' }), /refuses the user or the password/);
  await refuses(Object.assign(new URL(url), { pathname: '/nowhere' }), /does not exist/);
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Every server process that ever listened, by what the log says. */
function processesOf(running: Running): number[] {
  return [...running.err().matchAll(/"process":(\d+)/g)].map(([, number]) => Number(number));
}
