import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { describe, test } from 'node:test';
import type { CodeForm } from './entry.ts';
import { codeKey, codeOf, grouped, secondsLeft, stepAt } from './totp.ts';

describe('oathtool agrees', () => {
  for (const algorithm of ['SHA-1', 'SHA-256', 'SHA-512'] as const)
    for (const digits of [6, 7, 8] as const)
      for (const periodSeconds of [30, 60])
        test(`${algorithm}, ${digits} digits, ${periodSeconds} seconds`, async () => {
          const form: CodeForm = { algorithm, digits, periodSeconds };
          const secret = new Uint8Array(randomBytes(randomInt(10, 65)));
          const seconds = randomInt(4_000_000_000);
          const key = await codeKey(secret, form);
          const step = stepAt(seconds * 1000, form);
          const ours = [await codeOf(key, step, form), await codeOf(key, step + 1, form)];
          assert.deepEqual(ours, theirs(secret, form, seconds));
        });
});

function theirs(secret: Uint8Array, { algorithm, digits, periodSeconds }: CodeForm, seconds: number): string[] {
  const args = [
    `--totp=${algorithm.replace('-', '').toLowerCase()}`,
    `--digits=${digits}`,
    `--time-step-size=${periodSeconds}s`,
    `--now=@${seconds}`,
    '--window=1',
    Buffer.from(secret).toString('hex'),
  ];
  const { error, status, stdout, stderr } = spawnSync('oathtool', args, { encoding: 'utf8' });
  if (error) assert.fail('oathtool is missing. Install it with: apt-get install -y oathtool');
  assert.equal(status, 0, stderr);
  return stdout.trim().split('\n');
}

test('a key computes and cannot be read out', async () => {
  const key = await codeKey(new Uint8Array(20), { algorithm: 'SHA-1', digits: 6, periodSeconds: 30 });
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey('raw', key));
});

test('the seconds run from the whole period down to one', () => {
  const form: CodeForm = { algorithm: 'SHA-1', digits: 6, periodSeconds: 30 };
  assert.deepEqual(
    [0, 999, 1000, 29_999, 30_000].map((at) => secondsLeft(at, form)),
    [30, 30, 29, 1, 30],
  );
});

test('codes are read out in halves', () => {
  assert.deepEqual(['123456', '1234567', '12345678'].map(grouped), ['123 456', '1234 567', '1234 5678']);
});
