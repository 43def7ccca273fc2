import { generateKeyPairSync } from 'node:crypto';
import { Secret } from '#core/secret.ts';
import type { Store } from '#store/store.ts';

/** By which push services know this server (RFC 8292): two numbers of P-256, base64url. */
export type VapidKey = { publicKey: string; privateKey: string };

/** The public half, for phones. Made where there is none: two processes that need it at once end up with the same. */
export async function vapidPublicKey(store: Store): Promise<string> {
  const kept = (await store.read.vapid.key()) ?? (await make(store));
  return vapidIn(kept).publicKey;
}

export function vapidIn(kept: Secret): VapidKey {
  return JSON.parse(kept.reveal()) as VapidKey;
}

async function make(store: Store): Promise<Secret> {
  const made = new Secret(JSON.stringify(newKey()));
  return store.transaction(async (tx) => {
    await tx.vapid.keep(made);
    return (await tx.vapid.key()) ?? made;
  });
}

function newKey(): VapidKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { publicKey: point.toString('base64url'), privateKey: d };
}
