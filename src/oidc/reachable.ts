import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { isLoopbackHttp } from '#http/public-url.ts';
import type { OidcSettings } from '#store/store.ts';

/**
 * Where the program sends requests of its own to, at the wish of whoever registers an application:
 *
 * - never to link-local, unspecified or multicast addresses, where machines keep their own secrets;
 * - into a private network only to a host that people reach the application at as well (one of its redirect addresses);
 * - to this machine only where the program itself is tried out on this machine, and to such a host.
 *
 * Answers the address to connect to: a name that is looked up twice can answer differently the second time.
 */
export async function reachable(
  target: URL,
  settings: Pick<OidcSettings, 'redirectUris'>,
  publicUrl: URL,
  resolve: (host: string) => Promise<LookupAddress[]> = (host) => lookup(host, { all: true }),
): Promise<LookupAddress | null> {
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await resolve(host);
  const isKnownHost = settings.redirectUris.some((uri) => URL.parse(uri)?.hostname === target.hostname);
  const isAllowed = ({ address }: LookupAddress) => {
    if (is(NEVER, address)) return false;
    if (is(HERE, address)) return isKnownHost && isLoopbackHttp(new URL(`http://${publicUrl.hostname}`));
    return !is(PRIVATE, address) || isKnownHost;
  };
  return found.every(isAllowed) ? (found[0] ?? null) : null;
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
