import type { LookupAddress } from 'node:dns';
import { kindOfNetwork } from '#http/networks.ts';
import { addressesOf, type Resolve } from '#http/outgoing.ts';
import { isLoopbackHttp } from '#http/public-url.ts';

/** Where the browsers of today have their notifications sent to. */
const BROWSER_MAKERS = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
] as const;

const ADDRESS_MOST_CHARACTERS = 1024;

export type PushServices = {
  /** Whether an address that a phone names may be sent to at all. */
  accepts(endpoint: string): boolean;
  /** The same once more when it is sent, and to which address of the network; null where nothing may go there. */
  reach(endpoint: string): Promise<{ target: URL; address: LookupAddress } | null>;
};

/**
 * The address comes from a stranger's browser, and we call it: only services on this list are called, by https, at the
 * port that belongs to it, and in no network of somebody's own. `named`, by the operator: a host, `*.` and a host for
 * everything below it, or the http address of a service on this machine, to try things out. A host that is named in full
 * may be in a network of their own. Throws a sentence for the operator.
 */
export function pushServices(named: readonly string[], resolve?: Resolve): PushServices {
  const tryOuts = named.filter((one) => one.includes('://')).map(tryOutOf);
  const hosts = named.filter((one) => !one.includes('://')).map(hostOf);
  const accepted = (endpoint: string): { target: URL; mayBe: readonly string[] } | null => {
    const target = endpoint.length <= ADDRESS_MOST_CHARACTERS ? URL.parse(endpoint) : null;
    if (!target || target.username !== '' || target.password !== '' || target.hash !== '') return null;
    if (tryOuts.includes(target.origin)) return { target, mayBe: ['here'] };
    if (target.protocol !== 'https:' || target.port !== '') return null;
    if (hosts.includes(target.hostname)) return { target, mayBe: ['public', 'private'] };
    return [...BROWSER_MAKERS, ...hosts].some((one) => fits(one, target.hostname))
      ? { target, mayBe: ['public'] }
      : null;
  };
  return {
    accepts: (endpoint) => accepted(endpoint) !== null,
    async reach(endpoint) {
      const known = accepted(endpoint);
      if (!known) return null;
      const found = await addressesOf(known.target, resolve);
      const [address] = found;
      const isAllowed = address && found.every((one) => known.mayBe.includes(kindOfNetwork(one.address)));
      return isAllowed ? { target: known.target, address } : null;
    },
  };
}

function fits(service: string, host: string): boolean {
  return service.startsWith('*.')
    ? host.endsWith(service.slice(1)) && host.length > service.length - 1
    : host === service;
}

const HOST = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

function hostOf(named: string): string {
  const host = named.toLowerCase();
  if (HOST.test(host)) return host;
  throw new Error('NACHTSLOT_PUSH_SERVICES must list hosts like push.example.org or *.push.example.org, or be none');
}

function tryOutOf(named: string): string {
  const url = URL.parse(named);
  if (url && isLoopbackHttp(url) && url.href === `${url.origin}/`) return url.origin;
  throw new Error('NACHTSLOT_PUSH_SERVICES takes a whole address only of this machine, like http://127.0.0.1:8080');
}
