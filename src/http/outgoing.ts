import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { isIP } from 'node:net';

export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** A name server that never answers must hold up nobody who comes after it. */
const LOOK_UP_MS = 5_000;

/** Every address of the host a request would go to: of a name, all that it has now. */
export async function addressesOf(
  { hostname }: URL,
  resolve: Resolve = (host) => lookup(host, { all: true }),
  patienceMs = LOOK_UP_MS,
): Promise<LookupAddress[]> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family) return [{ address: host, family }];
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(Object.assign(new Error('No address in time'), { code: 'ETIMEOUT' })),
    patienceMs,
  );
  return Promise.race([resolve(host), late]).finally(() => clearTimeout(timer));
}

/**
 * A POST to the address that was looked at: a name that is looked up twice can answer differently the second time. No
 * redirect is followed, no more than the status is read, and no cookie or name of ours goes along.
 */
export function postTo(
  target: URL,
  { address, family }: LookupAddress,
  { headers, body, patienceMs }: { headers: Record<string, string>; body: string | Uint8Array; patienceMs: number },
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const open = target.protocol === 'https:' ? https : http;
  const request = open(target, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    signal: AbortSignal.timeout(patienceMs),
    agent: false,
    lookup: (_host, { all }, answer) => (all ? answer(null, [{ address, family }]) : answer(null, address, family)),
  });
  request.on('response', (response) => {
    resolve(response.statusCode ?? 0);
    response.destroy();
  });
  request.on('error', reject);
  // One that answers with an upgrade nobody asked for is hung up on, without an error, and nothing would ever come.
  request.on('close', () => reject(Object.assign(new Error('No answer'), { code: 'NO_ANSWER' })));
  request.end(body);
  return promise;
}
