import type { Ceremony, Made } from '#core/authenticator.ts';
import { type Answer, bytesOf } from './answer.ts';
import { expected, isGivenInFrame } from './client-data.ts';
import { hintOf, makeOf } from './makes.ts';
import { ALGORITHMS, soundAlgorithm } from './public-key.ts';
import { isAccepted } from './rules.ts';
import { secretOf } from './secret.ts';

export type Registered = { made: Made; verified: boolean; synced: boolean };

/**
 * A new passkey (WebAuthn L3 §7.1). Null for an answer that is not right in every respect; `not-accepted` for a right
 * one that the organisation's rules shut out, which its owner may know.
 */
export async function register(answer: Answer, ceremony: Ceremony): Promise<Registered | 'not-accepted' | null> {
  const { attestationObject } = answer;
  if (!attestationObject || isGivenInFrame(answer.clientDataJSON)) return null;
  // Loaded when first needed: it is large, and most sign-ins never touch it.
  const [{ verifyRegistrationResponse }, helpers] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  const attested = attestedBy(helpers.decodeAttestationObject(bytesForLibrary(attestationObject)));
  if (attested === null) return null;
  const { verified, registrationInfo: info } = await verifyRegistrationResponse({
    ...expected(ceremony),
    response: {
      id: answer.id,
      rawId: answer.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: answer.clientDataJSON, attestationObject },
    },
    requireUserVerification: ceremony.mustVerifyUser,
    supportedAlgorithmIDs: ALGORITHMS,
  });
  if (!verified || info?.credential.id !== answer.id) return null;
  const alg = soundAlgorithm(helpers.decodeCredentialPublicKey(info.credential.publicKey));
  // §8.2: a key that attests itself does so with its own algorithm, which the library takes from the key alone.
  if (alg === null || (attested !== 'nobody' && attested !== alg)) return null;

  const kept = {
    publicKey: Buffer.from(info.credential.publicKey).toString('base64url'),
    alg,
    aaguid: info.aaguid,
    synced: info.credentialDeviceType === 'multiDevice',
    transports: answer.transports,
  };
  if (!isAccepted(kept, ceremony.accepts)) return 'not-accepted';
  const { counter } = info.credential;
  const label = makeOf(kept.aaguid) ?? '';
  const made = { secret: secretOf(kept), label, hint: hintOf(kept), handle: answer.id, counter };
  return { made, verified: info.userVerified, synced: kept.synced };
}

/**
 * Who vouches for the new key: nobody, or the key itself, by its algorithm. Null for everybody else: we ask for nobody,
 * and a browser that obeys sends nothing else. With certificates the library would follow the addresses in them
 * (revocation lists): a stranger could make the server call whom they like.
 */
function attestedBy(attestation: unknown): 'nobody' | number | null {
  if (!(attestation instanceof Map)) return null;
  const statement: unknown = attestation.get('attStmt');
  const format: unknown = attestation.get('fmt');
  if (!(statement instanceof Map)) return null;
  if (format === 'none') return 'nobody';
  const alg: unknown = statement.get('alg');
  const isSelf = format === 'packed' && !statement.has('x5c') && !statement.has('ecdaaKeyId');
  return isSelf && typeof alg === 'number' ? alg : null;
}

function bytesForLibrary(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytesOf(text));
}
