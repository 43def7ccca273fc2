import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { ConfigRefused, readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'nachtslot-config-'));
after(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'nachtslot.config.json');
const none = join(folder, 'no-such-file.json');

test('nothing needs to be said: every setting has a default or may be missing', () => {
  const config = readConfig({ env: {}, file: none });
  assert.deepEqual(
    [config.publicUrl.href, config.databaseUrl.reveal(), config.keyFile, config.port, config.host, config.workers],
    ['http://localhost:3000/', 'sqlite:./data/nachtslot.db', './data/keys.json', 3000, '127.0.0.1', undefined],
  );
  assert.deepEqual(
    [config.smtpUrl, config.sms, config.trustedProxies, config.logLevel],
    [undefined, undefined, [], 'info'],
  );
});

test('the environment wins over the file, and an empty variable is none', () => {
  writeFileSync(file, JSON.stringify({ $schema: './x.json', port: 4000, host: '::1', trustedProxies: ['10.0.0.0/8'] }));
  const config = readConfig({ env: { PORT: '5000', HOST: ' ' }, file });
  assert.deepEqual([config.port, config.host, config.trustedProxies], [5000, '::1', ['10.0.0.0/8']]);
  const listed = readConfig({ env: { NACHTSLOT_TRUSTED_PROXIES: '127.0.0.1, fd00::/8' }, file });
  assert.deepEqual(listed.trustedProxies, ['127.0.0.1', 'fd00::/8']);
});

test('without an address, people on this machine are led to the port on which it listens', () => {
  assert.equal(readConfig({ env: { PORT: '4000' }, file: none }).publicUrl.origin, 'http://localhost:4000');
  const named = { PORT: '4000', NACHTSLOT_PUBLIC_URL: 'https://login.example' };
  assert.equal(readConfig({ env: named, file: none }).publicUrl.origin, 'https://login.example');
});

test('what carries a password is never printed', () => {
  const env = {
    NACHTSLOT_SMTP_URL: 'smtps://mailer:swordfish@mail.example',
    NACHTSLOT_MAIL_FROM: 'login@example.test',
    NACHTSLOT_SMS: 'twilio://id:swordfish@+447700900123',
    NACHTSLOT_DATABASE_URL: 'postgres://app:swordfish@db.example/app',
  };
  const config = readConfig({ env, file: none });
  assert.doesNotMatch(inspect(config, { depth: 9 }) + JSON.stringify(config), /swordfish/);
  assert.match(config.smtpUrl?.reveal() ?? '', /swordfish/);
});

describe('a wrong value is named, and said what is wrong with it', () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ NACHTSLOT_PUBLIC_URL: 'login.example' }, /^NACHTSLOT_PUBLIC_URL must be an origin like /],
    [{ NACHTSLOT_PUBLIC_URL: 'https://login.example/app' }, /^NACHTSLOT_PUBLIC_URL must be an origin like /],
    [{ NACHTSLOT_PUBLIC_URL: 'http://login.example' }, /^NACHTSLOT_PUBLIC_URL must begin with https:\/\//],
    [{ NACHTSLOT_DATABASE_URL: 'mysql://db' }, /^NACHTSLOT_DATABASE_URL must begin with sqlite: /],
    [{ NACHTSLOT_DATABASE_URL: 'sqlite::memory:' }, /^NACHTSLOT_DATABASE_URL must begin with sqlite: /],
    [{ PORT: '80a' }, /^PORT must be a whole number from 0 to 65535\.$/],
    [{ PORT: '70000' }, /^PORT must be a whole number from 0 to 65535\.$/],
    [{ NACHTSLOT_WORKERS: '0' }, /^NACHTSLOT_WORKERS must be a whole number from 1 to 256\.$/],
    [{ NACHTSLOT_WORKERS: '2' }, /^NACHTSLOT_WORKERS must be 1 with SQLite/],
    [{ NACHTSLOT_TRUSTED_PROXIES: '10.0.0.0/99' }, /^NACHTSLOT_TRUSTED_PROXIES must list addresses or networks/],
    [{ NACHTSLOT_LOG_LEVEL: 'loud' }, /^NACHTSLOT_LOG_LEVEL must be debug, info, warn, error or silent\.$/],
    [{ NACHTSLOT_SMTP_URL: 'smtp://mail.example' }, /^NACHTSLOT_MAIL_FROM is missing/],
    [{ NACHTSLOT_MAIL_FROM: 'login@example.test' }, /^NACHTSLOT_SMTP_URL is missing/],
  ];
  for (const [env, expected] of cases)
    test(JSON.stringify(env), () => assert.match(refused(() => readConfig({ env, file: none })).join('|'), expected));
});

test('one process is enough for SQLite, and PostgreSQL may have many', () => {
  assert.equal(readConfig({ env: { NACHTSLOT_WORKERS: '1' }, file: none }).workers, 1);
  const env = { NACHTSLOT_WORKERS: '8', NACHTSLOT_DATABASE_URL: 'postgres://localhost/app' };
  assert.equal(readConfig({ env, file: none }).workers, 8);
});

test('a name that never leaves this machine may be plain http', () => {
  for (const url of ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000', 'http://login.localhost'])
    assert.equal(readConfig({ env: { NACHTSLOT_PUBLIC_URL: url }, file: none }).publicUrl.origin, new URL(url).origin);
});

test('a file that is wrong says where, and a setting that does not exist is not passed over', () => {
  writeFileSync(file, JSON.stringify({ port: '3000', publicURL: 'https://login.example' }));
  const sentences = refused(() => readConfig({ env: {}, file }));
  assert.deepEqual(sentences.sort(), [
    '"port" in nachtslot.config.json must be a whole number from 0 to 65535.',
    'nachtslot.config.json has settings that do not exist: publicURL.',
  ]);
  for (const text of ['{ "port": ', '[]', '"text"']) {
    writeFileSync(file, text);
    assert.match(refused(() => readConfig({ env: {}, file })).join(), /must be one JSON object/);
  }
});

function refused(read: () => unknown): string[] {
  try {
    read();
  } catch (fault) {
    if (fault instanceof ConfigRefused) return fault.sentences;
    throw fault;
  }
  return assert.fail('it was accepted');
}
