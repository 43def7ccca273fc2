import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookiesFor } from './cookies.ts';
import { isLoopbackHttp, publicUrl } from './public-url.ts';
import { newNonce, newToken, tokenHash } from './token.ts';

test('a token carries 256 bits, fits a cookie as it is, and is never made twice', () => {
  const tokens = Array.from({ length: 200 }, newToken);
  assert.equal(new Set(tokens).size, 200);
  const cookies = cookiesFor(new URL('https://id.example.test'));
  for (const token of tokens) {
    assert.equal(Buffer.from(token, 'base64url').length, 32);
    cookies.write('session', token);
  }
});

test('what is stored of a token is its SHA-256', () => {
  // FIPS 180-4, the example "abc"
  assert.equal(
    Buffer.from(tokenHash('abc')).toString('hex'),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('a nonce needs no quoting in a header or an attribute', () => {
  assert.match(newNonce(), /^[\w-]{22}$/);
});

test('the public URL is an origin and nothing more', () => {
  assert.equal(publicUrl('https://id.example.test').origin, 'https://id.example.test');
  for (const wrong of [
    'id.example.test',
    'ftp://x.test',
    'https://x.test/app',
    'https://u:p@x.test',
    'https://x.test/?a',
    '',
  ])
    assert.throws(() => publicUrl(wrong), wrong);
});

test('only this machine counts as loopback', () => {
  for (const url of ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000', 'http://nacht.localhost'])
    assert.ok(isLoopbackHttp(new URL(url)), url);
  for (const url of [
    'https://localhost',
    'http://localhost.evil.test',
    'http://127.0.0.1.evil.test',
    'http://10.0.0.1',
  ])
    assert.ok(!isLoopbackHttp(new URL(url)), url);
});
