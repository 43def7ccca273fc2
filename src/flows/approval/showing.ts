import { unpairedIn } from '#authenticators/app/index.ts';
import type { Pending } from '#core/authenticator.ts';

/** What the wizard's page shows of a phone that is being paired. */
export function pairingShown(pending: Pending): { device: string; code: string; paired: { name: string } | null } {
  const { device, code, publicKey, name } = unpairedIn(pending.secret);
  return { device, code, paired: publicKey === null ? null : { name } };
}
