import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from './network.ts';

test('a household of IPv6 is one network, however many addresses it has; an address of IPv4 is its own', () => {
  assert.equal(networkOf('2001:db8:2:3:aaaa::1'), '2001:db8:2:3');
  assert.equal(networkOf('2001:db8:2:3:bbbb:1:2:3'), '2001:db8:2:3');
  assert.notEqual(networkOf('2001:db8:2:4::1'), networkOf('2001:db8:2:3::1'));
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0');
  assert.equal(networkOf('::1'), '0:0:0:0');
  assert.equal(networkOf('203.0.113.9'), '203.0.113.9');
  assert.equal(networkOf(''), '');
});
