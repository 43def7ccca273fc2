import type { LookupAddress } from 'node:dns';
import { kindOfNetwork } from '#http/networks.ts';
import { addressesOf, type Resolve } from '#http/outgoing.ts';
import { isLoopbackHttp } from '#http/public-url.ts';
import type { OidcSettings } from '#store/rows.ts';

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
  resolve?: Resolve,
): Promise<LookupAddress | null> {
  const found = await addressesOf(target, resolve);
  const isKnownHost = settings.redirectUris.some((uri) => URL.parse(uri)?.hostname === target.hostname);
  const isAllowed = ({ address }: LookupAddress) => {
    const network = kindOfNetwork(address);
    if (network === 'never') return false;
    if (network === 'here') return isKnownHost && isLoopbackHttp(new URL(`http://${publicUrl.hostname}`));
    return network === 'public' || isKnownHost;
  };
  return found.every(isAllowed) ? (found[0] ?? null) : null;
}
