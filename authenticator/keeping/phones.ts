import type { KeptPhone } from './database.ts';
import { openText, sealText } from './seal.ts';

/** This phone as one account knows it. `key` signs, and cannot be read out. */
export type Phone = { id: string; key: CryptoKey; token: string };

export async function keptPhone({ id, key, token }: Phone, sealing: CryptoKey): Promise<KeptPhone> {
  return { id, key, box: await sealText(sealing, `phone:${id}`, token) };
}

export function openPhones(kept: readonly KeptPhone[], opening: CryptoKey): Promise<Phone[]> {
  return Promise.all(
    kept.map(async ({ id, key, box }) => ({ id, key, token: await openText(opening, `phone:${id}`, box) })),
  );
}
