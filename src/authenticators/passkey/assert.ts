import type { Authenticator, Ceremony } from '#core/authenticator.ts';
import { type Answer, bytesOf } from './answer.ts';
import { expected, isGivenInFrame } from './client-data.ts';
import { isWellFormed } from './public-key.ts';
import { keptIn } from './secret.ts';

export type Asserted = {
  /** The device has checked its owner. */
  verified: boolean;
  synced: boolean;
  counter: number;
};

/** A passkey that is used (WebAuthn L3 §7.2). Null for an answer that is not right in every respect. */
export async function assertion(bound: Authenticator, answer: Answer, ceremony: Ceremony): Promise<Asserted | null> {
  const { authenticatorData, signature, userHandle } = answer;
  if (!authenticatorData || !signature || answer.id !== bound.handle) return null;
  if (userHandle === undefined ? ceremony.mustNameOwner : userHandle !== handleOf(bound.account)) return null;
  if (isGivenInFrame(answer.clientDataJSON)) return null;
  const kept = keptIn(bound.secret);
  if (!isWellFormed(bytesOf(signature), kept.alg)) return null;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { verified, authenticationInfo: info } = await verifyAuthenticationResponse({
    ...expected(ceremony),
    response: {
      id: answer.id,
      rawId: answer.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: answer.clientDataJSON, authenticatorData, signature },
    },
    // Zero: the counter is ours to judge, and only once the signature has shown that it is the authenticator's own word.
    credential: { id: answer.id, publicKey: new Uint8Array(bytesOf(kept.publicKey)), counter: 0 },
    requireUserVerification: ceremony.mustVerifyUser,
  });
  const synced = info.credentialDeviceType === 'multiDevice';
  // Whether a key can be copied is fixed when it is made (§6.1.3): one that says otherwise now is another key, or a lie.
  if (!verified || synced !== kept.synced) return null;
  return { verified: info.userVerified, synced, counter: info.newCounter };
}

/** How the account is named to authenticators: its random identifier, which says nothing about the person. */
export function handleOf(account: string): string {
  return Buffer.from(account).toString('base64url');
}
