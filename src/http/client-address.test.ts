import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientAddress, trustedProxies } from './client-address.ts';

const nobody = trustedProxies([]);
const proxies = trustedProxies(['10.0.0.0/8', '127.0.0.1', '2001:db8:1::/48']);
const from = (peer: string, forwarded?: string, trusted = proxies) =>
  clientAddress(peer, new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }), trusted);

test('without a proxy of ours, what the client writes about itself is nothing', () => {
  assert.equal(from('203.0.113.9', '1.2.3.4'), '203.0.113.9');
  assert.equal(from('10.0.0.1', '1.2.3.4', nobody), '10.0.0.1');
});

test('behind a proxy, the rightmost address that is not a proxy counts', () => {
  assert.equal(from('10.0.0.1', '203.0.113.9'), '203.0.113.9');
  assert.equal(from('10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2'), '203.0.113.9');
  assert.equal(from('2001:db8:1::5', 'fe80::1, 2001:db8:2::7'), '2001:db8:2::7');
});

test('a chain that is only proxies ends at the first of them', () => {
  assert.equal(from('10.0.0.1', '10.0.0.3, 10.0.0.2'), '10.0.0.3');
});

test('what cannot be read stops the walk: nothing to its left is believed', () => {
  assert.equal(from('10.0.0.1', '1.2.3.4, unknown'), '10.0.0.1');
  assert.equal(from('10.0.0.1', '1.2.3.4, <script>, 10.0.0.2'), '10.0.0.2');
  assert.equal(from('10.0.0.1', ''), '10.0.0.1');
  assert.equal(from('10.0.0.1'), '10.0.0.1');
});

test('one address has one spelling', () => {
  assert.equal(from('::ffff:203.0.113.9'), '203.0.113.9');
  assert.equal(from('::ffff:10.0.0.1', '203.0.113.9'), '203.0.113.9');
  assert.equal(from('10.0.0.1', '203.0.113.9:4711'), '203.0.113.9');
  assert.equal(from('10.0.0.1', '[2001:DB8:2:0::7]:443'), '2001:db8:2::7');
  assert.equal(from('fe80::1%eth0'), 'fe80::1');
});

test('a wrong entry in the configuration stops the start, rather than trusting nobody or everybody', () => {
  for (const entry of ['proxy.internal', '10.0.0.0/99', '*', '']) assert.throws(() => trustedProxies([entry]), entry);
});
