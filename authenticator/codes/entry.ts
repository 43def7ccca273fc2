/** How codes are computed (RFC 6238 §1.2): what every app can do is SHA-1, 6 digits, 30 s. */
export type CodeForm = {
  algorithm: 'SHA-1' | 'SHA-256' | 'SHA-512';
  digits: 6 | 7 | 8;
  periodSeconds: number;
};

export const COMMON_FORM: CodeForm = { algorithm: 'SHA-1', digits: 6, periodSeconds: 30 };

/** Who asks for the codes, and for whom. `issuer` may be empty: some services name only the account. */
export type Names = { issuer: string; account: string };

/** One account as it is read or carried: with its secret. Nothing keeps this longer than it needs. */
export type Entry = Names & CodeForm & { secret: Uint8Array<ArrayBuffer> };

/** Codes that nobody could wait for, or that never end, are a mistake in the QR code. */
export const PERIOD_SECONDS = { least: 10, most: 300 };

/** Longer names are cut: they would only be in the way on the screen. */
export const NAME_MOST = 120;

/** The digest of 80 bits is the least that is found in the wild (RFC 4226 §4 asks for 128); below, it is a mistake. */
export const SECRET_BYTES = { least: 10, most: 256 };
