import { createHmac, timingSafeEqual } from 'node:crypto';

export type OtpForm = {
  /** RFC 6238 §1.2 allows the three; SHA-1 is what every app can do. */
  algorithm: 'sha1' | 'sha256' | 'sha512';
  digits: 6 | 7 | 8;
  periodSeconds: number;
};

/** What every authenticator app understands without being told. */
export const COMMON_FORM: OtpForm = { algorithm: 'sha1', digits: 6, periodSeconds: 30 };

/** The one-time password at `counter` (RFC 4226 §5.3, with the hash functions of RFC 6238 §1.2). */
export function hotp(secret: Uint8Array, counter: number, form: OtpForm = COMMON_FORM): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac(form.algorithm, secret).update(moving).digest();
  // Dynamic truncation (§5.4): the last four bits say where the 31 bits are that count.
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const truncated = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(truncated % 10 ** form.digits).padStart(form.digits, '0');
}

/** The time step an instant falls into (RFC 6238 §4.2, with T0 = 0). */
export function stepAt(instant: Temporal.Instant, { periodSeconds }: OtpForm = COMMON_FORM): number {
  return Math.floor(instant.epochMilliseconds / 1000 / periodSeconds);
}

/** The instant a time step begins. */
export function startOf(step: number, { periodSeconds }: OtpForm = COMMON_FORM): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(step * periodSeconds * 1000);
}

/**
 * The first of `steps` whose code this is, or null. All of them are computed and compared in constant time, so the
 * duration says neither which digit nor which step was right.
 */
export function matchingStep(secret: Uint8Array, code: string, steps: readonly number[]): number | null {
  let found: number | null = null;
  for (const step of steps) {
    const right = step >= 0 && sameText(hotp(secret, step), code);
    found = right && found === null ? step : found;
  }
  return found;
}

function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
