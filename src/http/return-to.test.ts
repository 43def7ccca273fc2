import assert from 'node:assert/strict';
import { test } from 'node:test';
import { returnTo } from './return-to.ts';

const EVIL = [
  'https://evil.test',
  'HTTPS://EVIL.TEST',
  'http://evil.test',
  '//evil.test',
  '///evil.test',
  '////evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '\\/evil.test',
  '/\\/evil.test',
  '\\evil',
  '/%2f%2fevil.test',
  '/%2fevil.test',
  '/%5cevil.test',
  '/%5c%5cevil.test',
  '/%252f%252fevil.test',
  '/%25%32%66evil.test',
  'https:evil.test',
  'https:/evil.test',
  'http://id.example.test@evil.test',
  'https://id.example.test.evil.test',
  'https://id.example.test%00.evil.test',
  'https://evil.test/id.example.test',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://id.example.test/1',
  'file:///etc/passwd',
  'ftp://evil.test',
  'ws://evil.test',
  'mailto:x@evil.test',
  '/..//evil.test',
  '/../evil.test',
  '/account/../..//evil.test',
  '/account//evil.test',
  '/./account',
  '/.evil.test',
  '/@evil.test',
  '/:80@evil.test',
  '@evil.test',
  '.evil.test',
  'evil.test',
  '/\tevil.test',
  '/\n/evil.test',
  '/\r/evil.test',
  '\t//evil.test',
  ' //evil.test',
  '/account\r\nSet-Cookie: a=b',
  '/account?x=%0d%0aSet-Cookie:a=b',
  '/account?x=%00',
  '/account?x=%',
  '/account%00',
  '/account\0',
  '/。evil.test',
  '/／evil.test',
  '／／evil.test',
  '//evil。test',
  '/\u202eevil',
  '/account#//evil.test',
  '#fragment',
  '?x=1',
  '',
  '["/account"]',
  '/account"><script>alert(1)</script>',
  "/account'onclick=alert(1)//",
  `/${'a'.repeat(2001)}`,
];

test(`${EVIL.length} ways to somewhere else all end on the default page`, () => {
  for (const wanted of EVIL) assert.equal(returnTo(wanted), '/', JSON.stringify(wanted));
});

test('whatever is given back stays on the own origin in the eyes of a browser', () => {
  const own = 'https://id.example.test';
  for (const wanted of [...EVIL, '/', '/account', '/account?tab=devices&next=//evil.test'])
    assert.equal(new URL(returnTo(wanted), own).origin, own, wanted);
});

test('places that are no pages, or undo what was just done, are not gone to', () => {
  for (const wanted of [
    '/sign-out',
    '/sign-in',
    '/sign-in?x=1',
    '/enrol',
    '/enrol/done?course=first',
    '/api/v1/people',
    '/api',
    '/language',
    '/oidc/token',
    '/health/live',
    '/metrics',
    '/static/main.css',
  ])
    assert.equal(returnTo(wanted), '/', wanted);
});

test('pages are gone to, with their questions', () => {
  for (const wanted of [
    '/',
    '/account',
    '/account?tab=devices',
    '/help/en/new-phone',
    '/oidc/auth/Ab-9_x?y=%2Fz',
    '/?lang=nl',
    '/apiary',
    '/sign-information',
  ])
    assert.equal(returnTo(wanted), wanted);
});

test('nothing wanted is the default, which may be named', () => {
  assert.equal(returnTo(null), '/');
  assert.equal(returnTo(undefined, '/account'), '/account');
  assert.equal(returnTo('//evil.test', '/account'), '/account');
});
