import { BlockList, isIP } from 'node:net';

/**
 * What an address is to a program that sends requests of its own at somebody's wish. `never`: where machines keep their
 * own secrets (link-local, and what clouds use instead), unspecified, multicast, and what hides another address. `here`:
 * this machine. `private`: a network of somebody's own.
 */
export type Network = 'never' | 'here' | 'private' | 'public';

export function kindOfNetwork(address: string): Network {
  if (is(HERE, address)) return 'here';
  if (is(NEVER, address)) return 'never';
  return is(PRIVATE, address) ? 'private' : 'public';
}

/** Of the machines in a cloud, outside the link-local networks: Alibaba, Oracle, Amazon, Google. */
const CLOUDS = ['100.100.100.200/32', '192.0.0.0/24', 'fd00:ec2::/32', 'fd20:ce::254/128'];
/** An IPv4 address in them, which somebody on the way may take out: compatible, translated, NAT64, 6to4, Teredo. */
const WRAPPED = ['::/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'];
const NOWHERE = ['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', 'fe80::/10', 'ff00::/8'];
const NEVER = blocks([...NOWHERE, ...CLOUDS, ...WRAPPED]);
const HERE = blocks(['127.0.0.0/8', '::1/128']);
const OWN = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'];
const OWN_IPV6 = ['fc00::/7', 'fec0::/10'];
const PRIVATE = blocks([...OWN, ...OWN_IPV6]);

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
