import { BlockList, isIP } from 'node:net';

/** Addresses and networks; see {@link trustedProxies}. */
export type Trusted = BlockList;

/** The configured proxies whose word counts, as addresses or networks (`10.0.0.0/8`). */
export function trustedProxies(list: readonly string[]): BlockList {
  const trusted = new BlockList();
  for (const entry of list) {
    const [address = '', bits] = entry.trim().split('/');
    const family = isIP(address);
    if (!family) throw new Error(`Not an address or network: ${entry}`);
    const type = family === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) trusted.addAddress(address, type);
    else trusted.addSubnet(address, Number(bits), type);
  }
  return trusted;
}

/**
 * The address the request came from: the peer's own, unless the peer is one of our proxies. Then `X-Forwarded-For` is
 * read from the right, hop by hop, and the first address that is not a proxy of ours is the client: what stands left
 * of it was written by the client itself.
 */
export function clientAddress(peer: string, headers: Headers, trusted: BlockList): string {
  let client = normalise(peer) ?? '0.0.0.0';
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => normalise(hop.trim()));
  while (isTrusted(client, trusted) && hops.length > 0) {
    const next = hops.pop();
    if (!next) break; // "unknown", or something odd: the last proxy is what we know
    client = next;
  }
  return client;
}

/** Whether what this peer says about others counts: a configured proxy, or a program on this machine. */
export function isTrustedPeer(peer: string, trusted: BlockList): boolean {
  const address = normalise(peer);
  return address !== null && (isTrusted(address, LOOPBACK) || isTrusted(address, trusted));
}

const LOOPBACK = trustedProxies(['127.0.0.0/8', '::1']);

function isTrusted(address: string, trusted: BlockList): boolean {
  return trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** One spelling per address: no port, no zone, and IPv4 that came in IPv6 clothes is IPv4 (RFC 4291 §2.5.5.2). */
function normalise(text: string): string | null {
  const bare = text
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 4) return bare;
  if (family !== 6) return null;
  const groups = expand(bare);
  const [g6 = 0, g7 = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return [g6 >> 8, g6 & 255, g7 >> 8, g7 & 255].join('.');
  return new URL(`http://[${bare}]`).hostname.slice(1, -1);
}

/** The eight groups of an IPv6 address; the URL parser has turned any IPv4 tail into hexadecimal. */
function expand(address: string): number[] {
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = text.split('::');
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  const [left, right] = [parse(head), parse(tail ?? '')];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
