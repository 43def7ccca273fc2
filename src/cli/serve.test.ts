import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, renameSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '#store/database.ts';
import { writeKeys } from '#store/keys.ts';
import { ADA, freePort, place } from './testing.ts';

const PASSWORD = 'quiet harbour lamp seventeen';

test('from init to a session: the link opens, a password is chosen, and it signs in; also after kill -9', async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const here = place({ NACHTSLOT_PUBLIC_URL: origin, PORT: String(port) });
  const link = /http\S+\/activate\/\S+/.exec((await here.init()).out)?.[0] ?? '';

  const first = await here.start('serve');
  assert.match(
    first.line,
    new RegExp(`^Nachtslot is ready at ${origin} \\(127\\.0\\.0\\.1:${port}\\) after \\d+ ms\\.$`),
  );
  assert.equal((await fetch(`${origin}/health/ready`)).status, 200);
  assert.equal((await fetch(link)).status, 200);
  assert.equal((await fetch(link)).status, 200, 'opening it spends nothing');
  assert.equal((await send(link, { password: PASSWORD, repeated: PASSWORD })).status, 303);
  assert.equal((await send(link, { password: PASSWORD, repeated: PASSWORD })).status, 410, 'once only');
  first.kill('SIGKILL');
  assert.equal(await first.ended, 'SIGKILL');

  const second = await here.start('serve', '--json');
  assert.equal(Reflect.get(Object(JSON.parse(second.line)), 'ready'), origin);
  const signedIn = await send(`${origin}/sign-in`, { address: ADA, password: PASSWORD });
  assert.equal(signedIn.status, 303);
  assert.match(signedIn.headers.getSetCookie().join(), /session=/);
  assert.equal((await here.run('verify')).code, 0, 'what was written before the kill is whole');
  second.kill('SIGTERM');
  assert.equal(await second.ended, 0);
  assert.equal((await here.run('verify')).code, 0);
});

test('a stop waits for the request that is under way', async () => {
  const port = await freePort();
  const here = place({ NACHTSLOT_PUBLIC_URL: `http://localhost:${port}`, PORT: String(port) });
  await here.init();
  const server = await here.start('serve');
  // Its body comes slowly: the server is told to stop in the middle of it.
  const under = request(`http://localhost:${port}/sign-in`, {
    method: 'POST',
    headers: { origin: `http://localhost:${port}`, 'content-type': 'application/x-www-form-urlencoded' },
  });
  const answered = once(under, 'response');
  under.write('address=');
  await setTimeout(100);
  server.kill('SIGTERM');
  await setTimeout(100);
  under.end('nobody&password=');
  const [response]: IncomingMessage[] = await answered;
  const status = response?.statusCode ?? 0;
  response?.resume();
  assert.ok(status >= 400 && status < 500, `a page, not a broken line: ${status}`);
  assert.equal(await server.ended, 0);
});

test('it refuses to start, each time with what to do', async () => {
  const here = place();
  const refuses = async (expected: RegExp, env: Record<string, string> = {}) => {
    const before = { ...here.env };
    Object.assign(here.env, env);
    const { code, out, err } = await here.run('serve');
    for (const name of Object.keys(env)) delete here.env[name];
    Object.assign(here.env, before);
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, expected);
    assert.equal(err.trim().split('\n').length, 1);
  };
  await refuses(/There is no key file at .+ Make one with "nachtslot init"/);
  await here.init();
  await refuses(/^nachtslot: NACHTSLOT_PUBLIC_URL must begin with https:/, {
    NACHTSLOT_PUBLIC_URL: 'http://login.example',
  });
  await refuses(/^nachtslot: NACHTSLOT_SMTP_URL must be an address like/, {
    NACHTSLOT_SMTP_URL: 'mail.example',
    NACHTSLOT_MAIL_FROM: 'login@vandam.example',
  });
  await refuses(/^nachtslot: NACHTSLOT_SMS must begin with one of/, { NACHTSLOT_SMS: 'pigeon://id:key@' });

  chmodSync(here.keyFile, 0o644);
  await refuses(/can be read by others \(mode 644\)\. Run: chmod 600/);
  chmodSync(here.keyFile, 0o600);

  renameSync(here.keyFile, `${here.keyFile}.right`);
  writeKeys(here.keyFile);
  await refuses(/The key file does not belong to this database/);
  rmSync(here.keyFile);
  renameSync(`${here.keyFile}.right`, here.keyFile);

  renameSync(here.database, `${here.database}.away`);
  await refuses(/There is no database at .+ Make one with "nachtslot init"/);
  renameSync(`${here.database}.away`, here.database);

  const empty = `sqlite:${here.folder}/empty.db`;
  await openDatabase(empty).close();
  await refuses(/The database is empty/, { NACHTSLOT_DATABASE_URL: empty });

  const database = openDatabase(`sqlite:${here.database}`);
  await database.transaction((on) =>
    on.execute('newer', `insert into kysely_migration (name, timestamp) values ('999-later', '2030-01-01')`, []),
  );
  await database.close();
  await refuses(/The database is newer than this program: .*999-later/);
});

test('a port that is taken is said, and nothing is left behind', async () => {
  const port = await freePort();
  const here = place({ PORT: String(port), NACHTSLOT_PUBLIC_URL: `http://localhost:${port}` });
  await here.init();
  const server = await here.start('serve');
  const second = await here.start('serve');
  assert.match(second.line, /Another program listens on 127\.0\.0\.1:\d+ already/);
  assert.equal(await second.ended, 1);
  server.kill('SIGINT');
  assert.equal(await server.ended, 0);
});

/** A form of our own page, without following where it leads. */
function send(url: string, form: Record<string, string>): Promise<Response> {
  const { origin } = new URL(url);
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), headers: { origin }, redirect: 'manual' });
}
