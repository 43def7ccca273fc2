import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Network, kindOfNetwork } from './networks.ts';

const OF: Record<Network, readonly string[]> = {
  public: ['203.0.113.7', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2a00:1450::1', '2606:4700::1111'],
  here: ['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'],
  private: ['10.0.0.8', '172.16.0.1', '192.168.1.1', '100.64.0.1', '198.18.0.1', 'fd00::1', 'fc12::1', '::ffff:a00:8'],
  never: ['0.0.0.0', '169.254.169.254', '224.0.0.1', '255.255.255.255', '::', 'fe80::1', 'ff02::1', '::ffff:a9fe:a9fe'],
};

for (const [network, addresses] of Object.entries(OF))
  test(`to a program that is sent about, this is ${network}`, () => {
    for (const address of addresses) assert.equal(kindOfNetwork(address), network, address);
  });

test('an address that another one is wrapped in goes nowhere: somebody on the way may unwrap it', () => {
  for (const [what, address] of [
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64 of one’s own', '64:ff9b:1::a00:8'],
    ['6to4', '2002:7f00:1::'],
    ['6to4, link-local', '2002:a9fe:a9fe::1'],
    ['Teredo', '2001:0:7f00:1::'],
    ['IPv4-compatible', '::7f00:1'],
    ['IPv4-compatible, link-local', '::169.254.169.254'],
    ['IPv4-translated', '::ffff:0:7f00:1'],
  ] as const)
    assert.equal(kindOfNetwork(address), 'never', `${what}: ${address}`);
});

test('where clouds keep the secrets of their machines is never, also where the network is private', () => {
  for (const address of ['100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254'])
    assert.equal(kindOfNetwork(address), 'never', address);
  assert.equal(kindOfNetwork('fec0::1'), 'private', 'site-local, as it was before fc00::/7');
});
