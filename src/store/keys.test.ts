import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { addSealingKey, KeyFileRefused, makeKeys, readKeys, replaceKeys, writeKeys } from './keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'nachtslot-keys-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const fresh = () => join(folder, `${++files}.json`);

test('keys come back as they were written, in a file for the owner alone', () => {
  const path = fresh();
  const keys = addSealingKey(makeKeys());
  writeKeys(path, keys);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const read = readKeys(path);
  assert.deepEqual(read.pepper.reveal(), keys.pepper.reveal());
  assert.deepEqual(read.cookie.reveal(), keys.cookie.reveal());
  assert.deepEqual(
    read.sealing.map(({ version, key }) => [version, key.reveal()]),
    keys.sealing.map(({ version, key }) => [version, key.reveal()]),
  );
});

test('an existing key file is never written over', () => {
  const path = fresh();
  writeKeys(path);
  const before = readFileSync(path, 'utf8');
  assert.throws(() => writeKeys(path), /There is a key file already/);
  assert.equal(readFileSync(path, 'utf8'), before);
});

test('a key file that others can read is refused, with the command that helps', () => {
  const path = fresh();
  writeKeys(path);
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(path, mode);
    assert.throws(() => readKeys(path), new RegExp(`chmod 600 ${path}`));
  }
});

test('a missing file is said to be missing', () => {
  assert.throws(() => readKeys(fresh()), /There is no key file at .* Make one with "nachtslot init"/);
});

test('what is no key file is refused without quoting it', () => {
  const secret = Buffer.alloc(32, 7).toString('base64');
  const good = { format: 'nachtslot-keys-1', sealing: [{ version: 1, key: secret }], pepper: secret, cookie: secret };
  const bad = [
    `{"pepper": "${secret}"`,
    JSON.stringify({ ...good, format: 'else' }),
    JSON.stringify({ ...good, sealing: [] }),
    JSON.stringify({ ...good, sealing: [...good.sealing, ...good.sealing] }),
    JSON.stringify({ ...good, cookie: Buffer.alloc(31).toString('base64') }),
    JSON.stringify({ ...good, more: 1 }),
  ];
  for (const text of bad) {
    const path = fresh();
    writeFileSync(path, text, { mode: 0o600 });
    assert.throws(
      () => readKeys(path),
      (fault: unknown) => {
        assert.ok(fault instanceof KeyFileRefused);
        assert.equal(inspect(fault).includes(secret), false);
        return true;
      },
    );
  }
});

test('replacing keeps the old file until the new one is whole, and needs an old one', () => {
  const path = fresh();
  assert.throws(() => replaceKeys(path, makeKeys()), KeyFileRefused);
  const keys = makeKeys();
  writeKeys(path, keys);
  replaceKeys(path, addSealingKey(keys));
  assert.deepEqual(
    readKeys(path).sealing.map((one) => one.version),
    [1, 2],
  );
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('keys do not print', () => {
  const keys = makeKeys();
  assert.match(inspect(keys, { depth: 9 }), /pepper: \[secret\]/);
  assert.equal(JSON.stringify(keys).includes(Buffer.from(keys.pepper.reveal()).toString('base64')), false);
});
