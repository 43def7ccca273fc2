import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { createGate } from '../gate.ts';
import { createPepperedHash } from '../peppered-hash.ts';
import { boundWith, cheapHashing, cheapTypes, contextWith, NOW, pepper, same } from '../testing.ts';
import { createBackupCode } from './index.ts';

const { backupCode } = cheapTypes();
const code = new Secret('7KQ2-4567-89AB-CDEF-GHJK');
const stored = await backupCode.toStored(code);
if ('refusal' in stored) assert.fail(stored.refusal);
const bound = boundWith({ type: 'backup-code', ...stored });

test('right: possession, and the authenticator itself is what is spent', async () => {
  const finding = await backupCode.verify(bound, '7kq2 4567 89ab cdef ghjk', contextWith());
  assert.ok(finding.ok);
  same(finding.evidence.factors, ['possession']);
  same(finding.evidence.at, NOW);
  same(finding.claim, { kind: 'spend', authenticator: bound.id });
});

test('another paper and a slip of the pen are answered alike', async () => {
  for (const typed of ['7KQ2-4567-89AB-CDEF-GHJM', '7KQ3-4567-89AB-CDEF-GHJK', '0000-4567-89AB-CDEF-GHJK'])
    same(await backupCode.verify(bound, typed, contextWith()), no('backup-code-wrong'));
});

test('what is no backup code is named by its shape', async () => {
  const rows = { '123 456': 'backup-code-is-six-digits', '7KQ2-4567': 'backup-code-malformed', ' ': 'code-missing' };
  for (const [typed, refusal] of Object.entries(rows))
    same(await backupCode.verify(bound, typed, contextWith()), no(refusal));
});

test('a disabled one is not compared', async () => {
  const finding = await backupCode.verify({ ...bound, disabledAt: NOW }, code.reveal(), contextWith());
  same(finding, no('authenticator-disabled'));
});

test('what is stored shows the locator and nothing else', () => {
  assert.equal(stored.hint, '7KQ2');
  const text = new TextDecoder().decode(stored.secret.reveal());
  assert.match(text, /^[0-9a-f]{8}:\$argon2id\$/);
  assert.doesNotMatch(text, /456789ABCDEFGHJK|7KQ2/i);
});

test('the locator is compared as people type it', () => {
  assert.ok(backupCode.isLocatorOf(code, ' 7kq2 '));
  assert.ok(backupCode.isLocatorOf(code, code.reveal()));
  for (const typed of ['', '7KQ', '7KQ3', '4567']) assert.equal(backupCode.isLocatorOf(code, typed), false, typed);
});

test('a wrong locator costs the same hashing as a right one', async () => {
  let hashed = 0;
  const hashes = createPepperedHash('backup-code', { pepper }, createGate({ atOnce: 1, waiting: 9 }), cheapHashing);
  const counting = createBackupCode({
    ...hashes,
    check: (kept, text) => {
      hashed += 1;
      return hashes.check(kept, text);
    },
  });
  await counting.verify(bound, '0000-4567-89AB-CDEF-GHJK', contextWith());
  await counting.verify(bound, code.reveal(), contextWith());
  assert.equal(hashed, 2);
});

test('busy is said, not taken for wrong', async () => {
  const full = createGate({ atOnce: 0, waiting: 0 });
  const busy = createBackupCode(createPepperedHash('backup-code', { pepper }, full, cheapHashing));
  same(await busy.verify(bound, code.reveal(), contextWith()), no('busy'));
  same(await busy.toStored(code), { refusal: 'busy' });
});

function no(refusal: string) {
  return { ok: false, refusal };
}
