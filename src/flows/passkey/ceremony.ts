import { randomBytes } from 'node:crypto';
import { rulesOf } from '#authenticators/passkey/index.ts';
import type { Authenticator, Ceremony } from '#core/authenticator.ts';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import type { PasskeyChallenge } from '#store/rows.ts';
import type { Deps } from '../deps.ts';
import type { Facts } from '../world.ts';

/** For whom and for what an answer is good. */
export type Holder = Pick<PasskeyChallenge, 'holder' | 'purpose'>;

/** Makes the random number for one ceremony and keeps it. What a browser is asked holds it, and no page does. */
export async function challengeFor({ store, clock }: Deps, holder: Holder): Promise<Uint8Array> {
  const challenge = Uint8Array.from(randomBytes(DEFAULT_POLICY.passkeyChallengeBytes));
  const expiresAt = clock.now().add(DEFAULT_POLICY.passkeyChallengeLives);
  await store.transaction((tx) => tx.passkeys.challenge({ ...holder, challenge, expiresAt }));
  return challenge;
}

/**
 * What an answer is held against. Every open challenge of this holder is spent first, in a transaction of its own: of
 * two answers at once one finds none, and a refused one cannot be mended and sent again.
 */
export async function ceremonyFor(
  { store, clock, publicUrl }: Deps,
  holder: Holder,
  its: Pick<Ceremony, 'account' | 'mustNameOwner' | 'mustVerifyUser'> & { policy: Facts['policy'] },
): Promise<Ceremony> {
  const { policy, ...ceremony } = its;
  const challenges = await store.transaction((tx) => tx.passkeys.spend(holder.holder, holder.purpose, clock.now()));
  return { ...ceremony, challenges, origin: publicUrl.origin, rpId: rpIdOf(publicUrl), accepts: rulesOf(policy) };
}

/** The name that passkeys are bound to: the host, without port, so that it outlives a move behind a proxy. */
export function rpIdOf(publicUrl: URL): string {
  return publicUrl.hostname;
}

export function passkeysOf(authenticators: readonly Authenticator[]): Authenticator[] {
  return authenticators.filter((one) => one.type === 'passkey');
}
