import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Secret } from '#core/secret.ts';
import { locatorOf, makeBackupCode, readBackupCode, readLocator } from './code.ts';

describe('making', () => {
  test('five groups of four of the alphabet without I, L, O and U', () => {
    for (let n = 0; n < 50; n += 1)
      assert.match(makeBackupCode().reveal(), /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
  });

  test('every symbol carries five bits of its own: 80 secret ones', () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, index) => index);
    assert.equal(makeBackupCode(() => bytes).reveal(), '0123-4567-89AB-CDEF-GHJK');
    const high = bytes.map((byte) => 0xe0 | (31 - byte));
    assert.equal(makeBackupCode(() => high).reveal(), 'ZYXW-VTSR-QPNM-KJHG-FEDC');
  });
});

describe('reading', () => {
  const read = (typed: string) => {
    const parts = readBackupCode(typed);
    return parts && [parts.locator, parts.secret.reveal()];
  };
  const right = ['0123', '456789ABCDEFGHJK'];

  test('case, blanks, dashes and look-alikes are forgiven', () => {
    for (const typed of [
      '0123-4567-89AB-CDEF-GHJK',
      '0123456789abcdefghjk',
      ' 0123 4567 89ab\u00A0cdef–ghjk \n',
      'O123-4567-89AB-CDEF-GHJK',
      'oi23-4567-89AB-CDEF-GHJK',
      'oL23 4567 89AB CDEF GHJK',
    ])
      assert.deepEqual(read(typed), right, typed);
  });

  test('what is too short, too long or of other letters is no backup code', () => {
    const typed = ['', '123456', '0123-4567-89AB-CDEF-GHJ', '0123-4567-89AB-CDEF-GHJKM', '0123-4567-89AB-CDEF-GHJU'];
    for (const one of [...typed, 'ı123-4567-89AB-CDEF-GHJK', '０123-4567-89AB-CDEF-GHJK', '0123_4567_89AB_CDEF_GHJK'])
      assert.equal(read(one), null, one);
  });

  test('the locator alone, or the whole code pasted', () => {
    for (const typed of ['0123', ' oi23', '0123-4567-89AB-CDEF-GHJK']) assert.equal(readLocator(typed), '0123', typed);
    for (const typed of ['', '012', '01234', 'U123', '012345678']) assert.equal(readLocator(typed), null, typed);
    assert.equal(locatorOf(new Secret('0123-4567-89AB-CDEF-GHJK')), '0123');
  });
});
