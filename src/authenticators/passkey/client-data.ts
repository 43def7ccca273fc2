import type { Ceremony } from '#core/authenticator.ts';
import { bytesOf } from './answer.ts';

/**
 * What the library leaves to us of the client data (WebAuthn L3 §7.1 and §7.2): a page of ours is never in a frame, so
 * an answer given in one was asked for by somebody else. The rest (type, challenge, origin) is checked by the library.
 */
export function isGivenInFrame(clientDataJSON: string): boolean {
  const data: unknown = JSON.parse(new TextDecoder().decode(bytesOf(clientDataJSON)));
  if (typeof data !== 'object' || data === null) return true;
  const crossOrigin = 'crossOrigin' in data ? data.crossOrigin : false;
  return (crossOrigin !== false && crossOrigin !== undefined) || 'topOrigin' in data;
}

/** What every check of the library is told. */
export function expected({ challenges, origin, rpId }: Ceremony) {
  const open = challenges.map((one) => Buffer.from(one).toString('base64url'));
  return {
    expectedChallenge: (challenge: string) => open.includes(challenge),
    expectedOrigin: origin,
    expectedRPID: rpId,
  };
}
