import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopbackHttp, publicUrl } from './public-url.ts';

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
