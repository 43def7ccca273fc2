import type { Sealed } from './seal.ts';

/** The id of a passkey. */
type CredentialId = Uint8Array<ArrayBuffer>;

/**
 * `sealed`: the passkey computes what the key is wrapped with; without it nobody opens anything, we included.
 * `screen`: the passkey only says that its owner is here; the key itself lies in this browser as before.
 */
export type Lock =
  | { kind: 'sealed'; credential: CredentialId; salt: Uint8Array<ArrayBuffer>; wrapped: Sealed }
  | { kind: 'screen'; credential: CredentialId };

/** The passkey was refused, cancelled, or took too long: browsers do not say which (WebAuthn §14.5). */
export class NotShown extends Error {}

export function canLock(): Promise<boolean> {
  const has = typeof PublicKeyCredential === 'function';
  return has ? PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable() : Promise.resolve(false);
}

/** A new passkey, and what it computes (32 bytes), or null where it computes nothing (WebAuthn level 3 §10.1.4, prf). */
export async function makePasskey(
  name: string,
): Promise<{ credential: CredentialId; salt: Uint8Array<ArrayBuffer>; output: ArrayBuffer | null }> {
  const salt = random(32);
  const made = await shown(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name },
        // Not one to sign in with: it names nobody, and is asked for by its id alone.
        user: { id: random(16), name, displayName: name },
        challenge: random(32),
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'discouraged',
          userVerification: 'required',
        },
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const credential = new Uint8Array(made.rawId);
  const { prf } = made.getClientExtensionResults();
  const now = prf?.results?.first;
  // Many say "enabled" at birth and compute only when they are shown.
  const output = now ? bufferOf(now) : prf?.enabled ? await showPasskey(credential, salt) : null;
  return { credential, salt, output };
}

/** Asks for the passkey; answers what it computes from the salt, where it does. Throws `NotShown`. */
export async function showPasskey(
  credential: CredentialId,
  salt?: Uint8Array<ArrayBuffer>,
): Promise<ArrayBuffer | null> {
  const answer = await shown(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: 'public-key', id: credential, transports: ['internal'] }],
        userVerification: 'required',
        ...(salt && { extensions: { prf: { eval: { first: salt } } } }),
      },
    }),
  );
  if (!(answer.response instanceof AuthenticatorAssertionResponse) || !isVerified(answer.response))
    throw new NotShown('not verified');
  const first = answer.getClientExtensionResults().prf?.results?.first;
  return first ? bufferOf(first) : null;
}

/** The flag UV of the authenticator data (WebAuthn §6.1): a finger, a face or the device's code, and not a mere tap. */
function isVerified({ authenticatorData }: AuthenticatorAssertionResponse): boolean {
  return (new DataView(authenticatorData).getUint8(32) & 0x04) !== 0;
}

async function shown(ask: () => Promise<Shown | null>): Promise<PublicKeyCredential> {
  let answer: Shown | null;
  try {
    answer = await ask();
  } catch (error) {
    if (error instanceof DOMException) throw new NotShown(error.name);
    throw error;
  }
  if (!(answer instanceof PublicKeyCredential)) throw new NotShown('none');
  return answer;
}

type Shown = Awaited<ReturnType<CredentialsContainer['get']>>;

/** The key that wraps, from what the passkey computes (HKDF, RFC 5869). */
export async function wrappingKey(output: ArrayBuffer): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', output, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('nachtslot-authenticator lock 1');
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  );
}

/** A new key, wrapped; what comes back to work with cannot be read out. */
export async function wrapNewKey(wrapper: CryptoKey): Promise<{ key: CryptoKey; wrapped: Sealed }> {
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  const iv = random(12);
  const data = await crypto.subtle.wrapKey('raw', fresh, wrapper, { name: 'AES-GCM', iv });
  return { key: await unwrapKey(wrapper, { iv, data }), wrapped: { iv, data } };
}

export function unwrapKey(wrapper: CryptoKey, { iv, data }: Sealed): Promise<CryptoKey> {
  const how = { name: 'AES-GCM', iv };
  return crypto.subtle.unwrapKey('raw', data, wrapper, how, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function bufferOf(source: BufferSource): ArrayBuffer {
  const view = ArrayBuffer.isView(source) ? source : new Uint8Array(source);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice().buffer;
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
