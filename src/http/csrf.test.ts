import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnRequest } from './csrf.ts';

const OWN = 'https://id.example.test';
const may = (headers: Record<string, string>, method = 'POST') => isOwnRequest(method, new Headers(headers), OWN);

test('our own form passes, with either proof or both', () => {
  assert.ok(may({ origin: OWN, 'sec-fetch-site': 'same-origin' }));
  assert.ok(may({ origin: OWN }));
  assert.ok(may({ 'sec-fetch-site': 'same-origin' }));
  assert.ok(may({ 'sec-fetch-site': 'none' }));
});

test('another origin is refused, whatever else the request says', () => {
  const strangers = [
    'https://evil.test',
    'null',
    '',
    'http://id.example.test',
    'https://id.example.test:8443',
    'https://id.example.test.evil.test',
    'https://sub.id.example.test',
    'https://ID.example.test',
    'https://id.example.test/',
    `${OWN}, https://evil.test`,
  ];
  for (const origin of strangers) {
    assert.ok(!may({ origin }), origin);
    assert.ok(!may({ origin, 'sec-fetch-site': 'same-origin' }), `${origin} with a fine Sec-Fetch-Site`);
  }
});

test('a sibling host and another site are refused, even with a fine Origin', () => {
  for (const site of ['cross-site', 'same-site', '', 'SAME-ORIGIN', 'same-origin, cross-site'])
    assert.ok(!may({ origin: OWN, 'sec-fetch-site': site }), site);
});

test('a request that says nothing of where it comes from is refused', () => {
  assert.ok(!may({}));
  assert.ok(!may({ referer: `${OWN}/sign-in` }));
});

test('every unsafe method is checked, also those nobody has heard of; safe ones pass', () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND', 'TRACE'])
    assert.ok(!may({}, method), method);
  for (const method of ['GET', 'HEAD', 'OPTIONS']) assert.ok(may({ origin: 'https://evil.test' }, method), method);
});
