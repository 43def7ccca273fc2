import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBase32, encodeBase32 } from './base32.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

test('RFC 4648 section 10, without the padding', () => {
  const values = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => encodeBase32(ascii(text)));
  assert.deepEqual(values, ['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
});

test('whatever is written is read again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      assert.deepEqual(decodeBase32(encodeBase32(bytes)), Uint8Array.from(bytes));
    }),
  );
});

test('lower case, groups and padding are forgiven', () => {
  for (const text of ['mzxw6ytboi======', 'MZXW 6YTB OI', 'mzxw-6ytb-oi', ' MZXW\u00A06YTB\tOI\n'])
    assert.deepEqual(decodeBase32(text), ascii('foobar'), text);
});

test('what is no base 32 is not guessed at', () => {
  const broken = ['MZXW6YTB0I', 'MZXW6YTB1', 'MZXW6!', 'M', 'MZX', 'MZXW6Y', 'MZ=XW6', 'ſſſſ', 'ＭＹ', 'MZ'];
  for (const text of broken) assert.equal(decodeBase32(text), null, text);
});
