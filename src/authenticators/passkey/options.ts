import { handleOf } from './assert.ts';
import { ALGORITHMS } from './public-key.ts';
import { keptIn } from './secret.ts';
import type { Authenticator } from '#core/authenticator.ts';

const TIMEOUT_MS = 300_000;

type Common = { challenge: Uint8Array; rpId: string };

/** For `PublicKeyCredential.parseCreationOptionsFromJSON` (WebAuthn L3 §5.1.9). */
export function makeOptions(
  its: Common & {
    rpName: string;
    account: string;
    address: string;
    name: string;
    /** What this person has already: the same device is not to be set up twice. */
    existing: readonly Authenticator[];
  },
) {
  return {
    rp: { id: its.rpId, name: its.rpName },
    user: { id: handleOf(its.account), name: its.address, displayName: its.name },
    challenge: text(its.challenge),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: TIMEOUT_MS,
    excludeCredentials: its.existing.flatMap(descriptor),
    // Preferred, both: an old security key without a number still makes a good second step.
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    attestation: 'none',
    extensions: { credProps: true },
  };
}

/** For `PublicKeyCredential.parseRequestOptionsFromJSON`. Without `allowed` the device shows what it has for us. */
export function useOptions(its: Common & { mustVerifyUser: boolean; allowed: readonly Authenticator[] }) {
  return {
    rpId: its.rpId,
    challenge: text(its.challenge),
    timeout: TIMEOUT_MS,
    allowCredentials: its.allowed.flatMap(descriptor),
    userVerification: its.mustVerifyUser ? 'required' : 'preferred',
  };
}

function descriptor({ handle, secret }: Authenticator) {
  if (!handle) return [];
  const { transports } = keptIn(secret);
  return [{ type: 'public-key', id: handle, ...(transports.length > 0 && { transports }) }];
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
