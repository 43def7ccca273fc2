import { Secret } from '#core/secret.ts';

/** What is stored is the number itself in E.164, sealed by the store: a message must find its way. */
export function secretOf(e164: string): Secret<Uint8Array> {
  return new Secret(new TextEncoder().encode(e164));
}

export function numberOf(secret: Secret<Uint8Array>): Secret {
  return new Secret(new TextDecoder().decode(secret.reveal()));
}
