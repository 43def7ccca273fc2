import { Secret } from '#core/secret.ts';

/** What is kept of a paired phone. Sealed although it is public: a key that is put in its place does not open. */
export type Kept = { publicKey: string };

/** While it is being paired. */
export type Unpaired = {
  /** The id that the authenticator will have. */
  device: string;
  /** What the QR code holds, base64url. */
  code: string;
  /** The secret of the codes that come with it, base64url. */
  codes: string;
  /** The phone's, once there is one. */
  publicKey: string | null;
  /** What it is called on the account page. */
  name: string;
};

export const secretOf = (kept: Kept): Secret<Uint8Array> => sealed(kept);
export const unpairedSecret = (unpaired: Unpaired): Secret<Uint8Array> => sealed(unpaired);

export function keptIn(secret: Secret<Uint8Array>): Kept {
  return JSON.parse(new TextDecoder().decode(secret.reveal())) as Kept;
}

export function unpairedIn(secret: Secret<Uint8Array>): Unpaired {
  return JSON.parse(new TextDecoder().decode(secret.reveal())) as Unpaired;
}

function sealed(value: Kept | Unpaired): Secret<Uint8Array> {
  return new Secret(new TextEncoder().encode(JSON.stringify(value)));
}
