import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLEAR_ON_SIGN_OUT, securityHeaders } from './headers.ts';

const publicUrl = new URL('https://id.example.test');

test('a page can load nothing from elsewhere, be framed by nobody and run no inline script without the nonce', () => {
  const policy = securityHeaders({ publicUrl, nonce: 'abc' })['content-security-policy']?.split('; ') ?? [];
  for (const wanted of [
    "default-src 'none'",
    "script-src 'self' 'nonce-abc'",
    "style-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ])
    assert.ok(policy.includes(wanted), wanted);
  assert.doesNotMatch(policy.join(), /unsafe|\*|https?:/);
});

test('without a nonce no inline script runs at all', () => {
  assert.match(securityHeaders({ publicUrl })['content-security-policy'] ?? '', /script-src 'self';/);
});

test('the camera, a manifest and a service worker are for the authenticator app alone', () => {
  const [page, app] = (['page', 'app'] as const).map((kind) => securityHeaders({ publicUrl, kind }));
  assert.match(app?.['permissions-policy'] ?? '', /(^|, )camera=\(self\)(,|$)/);
  assert.match(page?.['permissions-policy'] ?? '', /(^|, )camera=\(\)(,|$)/);
  assert.match(app?.['content-security-policy'] ?? '', /worker-src 'self'; /);
  assert.doesNotMatch(page?.['content-security-policy'] ?? '', /worker-src|manifest-src/);
  assert.doesNotMatch(app?.['content-security-policy'] ?? '', /unsafe|\*|data:|blob:|https?:/);
});

test('an answer is kept nowhere, sniffed by nobody, and shares no window', () => {
  const headers = securityHeaders({ publicUrl });
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
});

test('a page whose address is a secret tells it to nobody, not even to us', () => {
  assert.equal(securityHeaders({ publicUrl })['referrer-policy'], 'same-origin');
  assert.equal(securityHeaders({ publicUrl, kind: 'link' })['referrer-policy'], 'no-referrer');
});

test('TLS is remembered for at least a year, and never demanded on plain http', () => {
  const [, seconds] = securityHeaders({ publicUrl })['strict-transport-security']?.match(/max-age=(\d+)/) ?? [];
  assert.ok(Number(seconds) >= 31_536_000);
  assert.ok(!('strict-transport-security' in securityHeaders({ publicUrl: new URL('http://localhost:3000') })));
});

test('signing out clears the cache and leaves other applications of the domain, and the app on the phone, alone', () => {
  assert.equal(CLEAR_ON_SIGN_OUT['clear-site-data'], '"cache"');
});
