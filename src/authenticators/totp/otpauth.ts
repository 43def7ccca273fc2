import type { Secret } from '#core/secret.ts';
import { encodeBase32 } from './base32.ts';

/**
 * The address behind the QR code (the *Key URI Format* that authenticator apps share): label `Issuer:account`, and the
 * issuer again as a parameter, since apps read the one or the other. Algorithm, digits and period are the format's
 * defaults and left out: some apps ignore them, and a shorter address is a coarser QR code that scans from further away.
 */
export function otpauthUri(entry: { issuer: string; account: string; secret: Secret<Uint8Array> }): string {
  // A colon ends the issuer, also a percent-encoded one: it would move part of the name to the account.
  const issuer = encode(entry.issuer.replaceAll(':', ' ').replace(/\s+/gu, ' ').trim());
  const account = encode(entry.account.trim());
  const label = issuer === '' ? account : `${issuer}:${account}`;
  const parameters = [`secret=${encodeBase32(entry.secret.reveal())}`, ...(issuer === '' ? [] : [`issuer=${issuer}`])];
  return `otpauth://totp/${label}?${parameters.join('&')}`;
}

/** Percent-encodes all but RFC 3986's unreserved characters. A blank is %20: several apps show a `+` as it stands. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
