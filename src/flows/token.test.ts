import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookiesFor } from '#http/cookies.ts';
import { hashToken, newToken } from './token.ts';

test('a token carries 256 bits, fits a cookie as it is, and is never made twice', () => {
  const made = Array.from({ length: 200 }, newToken);
  assert.equal(new Set(made.map(({ token }) => token.reveal())).size, 200);
  const cookies = cookiesFor(new URL('https://id.example.test'));
  for (const { token, tokenHash } of made) {
    assert.equal(Buffer.from(token.reveal(), 'base64url').length, 32);
    assert.deepEqual(tokenHash, hashToken(token.reveal()));
    cookies.write('session', token.reveal());
  }
});

test('what is stored of a token is its SHA-256', () => {
  // FIPS 180-4, the example "abc"
  assert.equal(
    Buffer.from(hashToken('abc')).toString('hex'),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
