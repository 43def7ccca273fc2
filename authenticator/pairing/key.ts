import { toBase64 } from '../keeping/base64.ts';

/** A key pair of this phone (P-256): the half that signs cannot be read out, not by us either. */
export async function makeSigningKey(): Promise<{ key: CryptoKey; publicKey: string }> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  return { key: pair.privateKey, publicKey: toBase64Url(new Uint8Array(raw)) };
}

export async function sign(key: CryptoKey, text: string): Promise<string> {
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(how, key, new TextEncoder().encode(text))));
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
