import { BlockList, isIP } from 'node:net';

/**
 * What an address is to a program that sends requests of its own at somebody's wish. `never`: link-local, unspecified
 * and multicast, where machines keep their own secrets. `here`: this machine. `private`: a network of somebody's own.
 */
export type Network = 'never' | 'here' | 'private' | 'public';

export function networkOf(address: string): Network {
  if (is(NEVER, address)) return 'never';
  if (is(HERE, address)) return 'here';
  return is(PRIVATE, address) ? 'private' : 'public';
}

const NEVER = blocks(['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '::/128', 'fe80::/10', 'ff00::/8', '64:ff9b::/96']);
const HERE = blocks(['127.0.0.0/8', '::1/128']);
const PRIVATE = blocks(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7']);

function is(list: BlockList, address: string): boolean {
  // IPv4 in IPv6 clothes is IPv4, also in hexadecimal.
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function blocks(networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
