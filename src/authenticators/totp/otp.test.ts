import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { COMMON_FORM, hotp, matchingStep, type OtpForm, startOf, stepAt } from './otp.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

test('RFC 4226 appendix D: the ten values', () => {
  const secret = ascii('12345678901234567890');
  const values = Array.from({ length: 10 }, (_, counter) => hotp(secret, counter));
  assert.deepEqual(values, [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]);
});

describe('RFC 6238 appendix B (seeds as in erratum 2866)', () => {
  const seeds = {
    sha1: ascii('12345678901234567890'),
    sha256: ascii('12345678901234567890123456789012'),
    sha512: ascii('1234567890123456789012345678901234567890123456789012345678901234'),
  };
  const rows: [number, string, string, string][] = [
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ];
  for (const [seconds, sha1, sha256, sha512] of rows)
    test(`T = ${seconds}`, () => {
      const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
      const value = (algorithm: OtpForm['algorithm']) => {
        const form: OtpForm = { algorithm, digits: 8, periodSeconds: 30 };
        return hotp(seeds[algorithm], stepAt(at, form), form);
      };
      assert.deepEqual([value('sha1'), value('sha256'), value('sha512')], [sha1, sha256, sha512]);
    });
});

test('a step lasts thirty seconds and begins where it says', () => {
  const at = Temporal.Instant.from('2026-06-30T12:00:29.999Z');
  assert.equal(stepAt(at), stepAt(startOf(stepAt(at))));
  assert.equal(stepAt(at.add({ milliseconds: 1 })), stepAt(at) + 1);
  assert.equal(startOf(stepAt(at)).toString(), '2026-06-30T12:00:00Z');
  assert.equal(stepAt(at, { ...COMMON_FORM, periodSeconds: 60 }), Math.floor(stepAt(at) / 2));
});

test('the first step that fits is answered, and nothing where none does', () => {
  const secret = ascii('12345678901234567890');
  assert.equal(matchingStep(secret, '287082', [3, 2, 1, 0]), 1);
  assert.equal(matchingStep(secret, '287082', [3, 2]), null);
  assert.equal(matchingStep(secret, '28708', [1]), null);
  assert.equal(matchingStep(secret, '287082', []), null);
  assert.equal(matchingStep(secret, '287082', [-1, -30]), null, 'before 1970 there are no steps, and no fault');
});
