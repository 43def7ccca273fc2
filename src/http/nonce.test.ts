import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNonce } from './nonce.ts';

test('a nonce needs no quoting in a header or an attribute', () => {
  assert.match(newNonce(), /^[\w-]{22}$/);
});
