import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { decodeBase32, encodeBase32 } from '#authenticators/totp/base32.ts';
import { hotp, type OtpForm, stepAt } from '#authenticators/totp/otp.ts';
import { makeSecret } from '#authenticators/totp/secret.ts';

/** An independent witness: what `oathtool` computes, we compute too. */
function oathtool(...args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync('oathtool', args, { encoding: 'utf8' });
  if (error) assert.fail('oathtool is missing. Install it with: apt-get install -y oathtool');
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

describe('oathtool agrees', () => {
  for (const algorithm of ['sha1', 'sha256', 'sha512'] as const)
    for (const digits of [6, 7, 8] as const)
      for (const periodSeconds of [30, 60])
        test(`${algorithm}, ${digits} digits, ${periodSeconds} seconds`, () => {
          const form: OtpForm = { algorithm, digits, periodSeconds };
          const secret = makeSecret().reveal();
          const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(Math.random() * 4e12));
          const seconds = Math.floor(at.epochMilliseconds / 1000);
          const theirs = oathtool(
            `--totp=${algorithm}`,
            `--digits=${digits}`,
            `--time-step-size=${periodSeconds}s`,
            `--now=@${seconds}`,
            '--base32',
            encodeBase32(secret),
          );
          assert.equal(hotp(secret, stepAt(at, form), form), theirs);
        });

  test('on the counter', () => {
    const secret = makeSecret().reveal();
    const theirs = oathtool('--hotp', '--counter=41', '--window=20', Buffer.from(secret).toString('hex')).split('\n');
    assert.deepEqual(
      theirs,
      Array.from({ length: 21 }, (_, index) => hotp(secret, 41 + index)),
    );
  });

  test('on the code of this very moment, and on base 32', () => {
    const secret = makeSecret().reveal();
    const before = Temporal.Now.instant();
    const theirs = oathtool('--totp', '--base32', encodeBase32(secret));
    const ours = [before, Temporal.Now.instant()].map((at) => hotp(secret, stepAt(at)));
    assert.ok(ours.includes(theirs));
    const shown = /Base32 secret: (\S+)/.exec(oathtool('--verbose', '--totp', Buffer.from(secret).toString('hex')));
    assert.deepEqual(decodeBase32(shown?.[1] ?? ''), secret);
  });
});
