import { Secret } from '#core/secret.ts';

/** What is stored of a passkey. Nothing in it is secret (the private key never leaves the device); it is sealed as all are. */
export type Kept = {
  /** COSE key (RFC 9052 §7), base64url. */
  publicKey: string;
  aaguid: string;
  /** COSE algorithm. */
  alg: number;
  /** May be copied between devices (BE); said once, when it was made, and never otherwise after. */
  synced: boolean;
  transports: readonly string[];
};

export function secretOf(kept: Kept): Secret<Uint8Array> {
  return new Secret(new TextEncoder().encode(JSON.stringify(kept)));
}

export function keptIn(secret: Secret<Uint8Array>): Kept {
  return JSON.parse(new TextDecoder().decode(secret.reveal())) as Kept;
}
