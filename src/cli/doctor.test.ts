import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { openDatabase } from '#store/database.ts';
import { type Place, freePort, place } from './testing.ts';

test('doctor: a fresh server is well, and what is not configured is a note', async () => {
  const here = await ready();
  const { code, out } = await here.run('doctor');
  assert.equal(code, 0);
  for (const line of [/^note +mail: No mail server/m, /^note +text messages: No provider/m, /^ok +database: /m])
    assert.match(out, line);
  assert.match(out, /^note +people: 1 administrator\(s\) have not used their first link yet/m);
  assert.match(out, /^ok +outbox: 1 message\(s\) wait/m);
});

test('doctor: a variable that is mistyped is told apart from one that is read', async () => {
  const here = await ready({ NACHTSLOT_PUBLIC_URI: 'https://login.example' });
  assert.match((await here.run('doctor')).out, /NACHTSLOT_PUBLIC_URI is no setting of this program/);
});

test('doctor: a mail server is asked whether it answers', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const mail = { NACHTSLOT_SMTP_URL: `smtp://127.0.0.1:${port}`, NACHTSLOT_MAIL_FROM: 'login@vandam.example' };
  const here = await ready(mail);
  assert.match((await here.run('doctor')).out, /^ok +mail: 127\.0\.0\.1:\d+ answers/m);
  server.close();
  here.env['NACHTSLOT_SMTP_URL'] = `smtp://user:swordfish@127.0.0.1:${await freePort()}`;
  const { code, out } = await here.run('doctor');
  assert.equal(code, 1);
  assert.match(out, /^WRONG mail: .* does not answer/m);
  assert.doesNotMatch(out, /swordfish/);
});

test('doctor: what is wrong is wrong, and the rest is still looked at', async () => {
  const here = await ready();
  chmodSync(here.keyFile, 0o640);
  const readable = await here.run('doctor');
  assert.equal(readable.code, 1);
  assert.match(readable.out, /^WRONG keys: .*chmod 600/m);
  assert.match(readable.out, /^note +mail/m);
  chmodSync(here.keyFile, 0o600);

  await meddle(here, `update audit set at = at + ${1000 * 3600}`);
  assert.match((await here.run('doctor')).out, /^WRONG clock: It is behind/m);
  await meddle(here, `update accounts set status = 'disabled'`);
  assert.match((await here.run('doctor')).out, /^WRONG people: There is no administrator/m);
  writeFileSync(here.keyFile, '{}');
  assert.match((await here.run('doctor')).out, /^WRONG keys: .* is not a key file/m);
});

test('verify finds what must never be, each in a sentence', async () => {
  const cases: [string, RegExp][] = [
    [add('password', 'a') + ',' + row('password', 'b'), /has more than one password/],
    [add('backup-code', 'a') + ',' + row('backup-code', 'b'), /has more than one backup code/],
    [add('totp', 'a'), /Authenticator a is in use and has no secret/],
    [
      `update outbox set sealed_payload = cast(x'01' || sealed_payload as blob)`,
      /outbox\.sealed_payload of .* cannot be/,
    ],
    [`update outbox set sealed_payload = 'text'`, /outbox\.sealed_payload of .* holds no sealed value/],
    [
      `insert into applications (id, owner, name, kind, audience, status, home_url, policy, settings, created_at, changed_at)
        select 'payroll', id, 'Payroll', 'oidc', '[]', 'active', '', '{}', '{"authMethod":"client_secret_basic"}', 1, 1
        from organisations limit 1`,
      /Application payroll has no secret, though it proves itself with one/,
    ],
    [
      `insert into api_tokens (id, organisation, name, token_hash, scope, made_by, created_at, expires_at)
        select 't', o.id, 'T', x'01', 'read', a.id, 1, 1 from organisations o, accounts a limit 1;
        delete from memberships`,
      /Token t was made by somebody who does not belong to its organisation/,
    ],
    [`update addresses set is_primary = 0`, /does not have exactly one primary address/],
    [`update audit set event = 'nothing.happened' where sequence = 1`, /cannot be trusted from line 1 on/],
    [`delete from audit where sequence = 2`, /cannot be trusted from line 2 on/],
  ];
  for (const [sql, expected] of cases) {
    const here = await ready();
    await meddle(here, sql);
    const { code, out } = await here.run('verify');
    assert.deepEqual([sql, code], [sql, 1]);
    assert.match(out, expected);
  }
});

test('verify looks and changes nothing: an older database is left as it is', async () => {
  const here = await ready();
  await meddle(here, 'delete from kysely_migration');
  const { code, err } = await here.run('verify');
  assert.equal(code, 1);
  assert.match(err, /The database is empty/);
});

function add(type: string, id: string): string {
  return `insert into authenticators
    (id, account, type, label, sealed_secret, hint, bound_at, bound_by, counter, failures) values ${row(type, id)}`;
}

function row(type: string, id: string): string {
  return `('${id}', (select id from accounts), '${type}', '', x'', '', 0, '', -1, 0)`;
}

async function ready(env: Record<string, string> = {}): Promise<Place> {
  const here = place(env);
  assert.equal((await here.init()).code, 0);
  return here;
}

async function meddle(here: Place, sql: string): Promise<void> {
  const database = openDatabase(`sqlite:${here.database}`);
  for (const one of sql.split(';')) await database.transaction((on) => on.execute(one.slice(0, 50), one, []));
  await database.close();
}
