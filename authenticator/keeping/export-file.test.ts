import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeBase32 } from '#authenticators/totp/base32.ts';
import { COMMON_FORM, type Entry } from '../codes/entry.ts';
import { exportFile, importFile, looksLikeExport } from './export-file.ts';

const PASSPHRASE = 'quiet harbour lamp café';
const ENTRIES: Entry[] = [
  { ...COMMON_FORM, issuer: 'Harbour Freight', account: 'ann', secret: new Uint8Array(20).fill(7) },
  {
    issuer: '',
    account: 'Ünï 🔑',
    secret: new Uint8Array(64).fill(9),
    algorithm: 'SHA-512',
    digits: 8,
    periodSeconds: 60,
  },
];
const file = await exportFile(ENTRIES, PASSPHRASE);

test('what was exported comes back, with the accent typed either way', async () => {
  for (const passphrase of [PASSPHRASE, PASSPHRASE.normalize('NFD')])
    assert.deepEqual(await importFile(file, passphrase), { entries: ENTRIES });
});

test('nothing of an account stands in the file, and no two files are alike', async () => {
  for (const { issuer, account, secret } of ENTRIES)
    for (const text of [issuer, account, encodeBase32(secret)]) assert.ok(text === '' || !file.includes(text), text);
  const other = JSON.parse(await exportFile(ENTRIES, PASSPHRASE)) as Record<string, string>;
  const one = JSON.parse(file) as Record<string, string>;
  for (const member of ['salt', 'iv', 'data']) assert.notEqual(one[member], other[member], member);
});

test('the program in the reference opens it, with nothing of ours', () => {
  const [, program = ''] =
    /```js\n(.*?)```/s.exec(readFileSync('docs/reference/authenticator-export.md', 'utf8')) ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  writeFileSync(join(folder, 'open.mjs'), program);
  writeFileSync(join(folder, 'file.json'), file);
  const env = { ...process.env, PASSPHRASE };
  const said = execFileSync(process.execPath, ['open.mjs', 'file.json'], { cwd: folder, env, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const { accounts } = JSON.parse(said) as { accounts: { account: string; secret: string; period: number }[] };
  assert.deepEqual(
    accounts.map(({ account, secret, period }) => [account, secret, period]),
    ENTRIES.map(({ account, secret, periodSeconds }) => [account, encodeBase32(secret), periodSeconds]),
  );
});

test('a wrong passphrase, and every member that was changed, is found out', async () => {
  const failed = { failed: 'damaged-or-wrong-passphrase' };
  assert.deepEqual(await importFile(file, `${PASSPHRASE}x`), failed);
  const whole = JSON.parse(file) as Record<string, unknown>;
  const changes: Record<string, unknown>[] = [
    { iterations: 999_999 },
    { iterations: 599_999 },
    { iterations: 1e9 },
    { iterations: '1000000' },
    { salt: 'AAAAAAAAAAAAAAAAAAAAAA==' },
    { salt: '' },
    { iv: 'AAAAAAAAAAAAAAAA' },
    { iv: '?' },
    { data: String(whole['data']).replace(/^../, 'AA') },
    { data: 7 },
  ];
  for (const change of changes)
    assert.deepEqual(
      await importFile(JSON.stringify({ ...whole, ...change }), PASSPHRASE),
      failed,
      JSON.stringify(change).slice(0, 60),
    );
});

test('what is no export is known before a passphrase is asked for', () => {
  assert.equal(looksLikeExport(file), null);
  for (const text of ['', '{', '[]', 'null', '"text"', '{"format":"other"}'])
    assert.equal(looksLikeExport(text), 'not-an-export');
  assert.equal(looksLikeExport(JSON.stringify({ ...JSON.parse(file), version: 2 })), 'newer-export');
});
