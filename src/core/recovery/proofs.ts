import type { Authenticator } from '../authenticator.ts';
import type { Proof } from './state.ts';

/** People who have seen the owner in person; the same one twice is one. */
export function vouchers(proofs: readonly Proof[]): number {
  return new Set(proofs.flatMap((one) => (one.kind === 'vouched' ? [one.by] : []))).size;
}

/**
 * Two proofs by different ways (NIST SP 800-63B-4 §4.2): the mailbox with the password, the mailbox with somebody who
 * has seen the person, or two who have. Whoever came without the password still needs it in the end, with the pass.
 */
export function isProved(proofs: readonly Proof[], inPersonOnly: boolean): boolean {
  const seen = vouchers(proofs);
  if (seen >= 2) return true;
  return !inPersonOnly && has(proofs, 'mailbox') && (has(proofs, 'password') || seen === 1);
}

export function has(proofs: readonly Proof[], kind: Proof['kind']): boolean {
  return proofs.some((one) => one.kind === kind);
}

/**
 * Whether the password is a proof of its own. One that was set after the last use of a second step may have come out of
 * the mailbox (a reset link), and then mailbox and password are one proof and not two.
 */
export function passwordProves(bound: readonly Authenticator[]): boolean {
  const password = bound.find((one) => one.type === 'password');
  if (!password) return false;
  return bound.some(
    (one) =>
      one.type !== 'password' &&
      [one.boundAt, one.lastUsedAt].some((at) => at && Temporal.Instant.compare(at, password.boundAt) >= 0),
  );
}

/** Whether an address is known long enough: one that a thief added an hour ago proves nothing. */
export function isSettled(
  address: { confirmedAt: Temporal.Instant | null },
  age: Temporal.Duration,
  now: Temporal.Instant,
): boolean {
  return address.confirmedAt !== null && Temporal.Instant.compare(address.confirmedAt.add(age), now) <= 0;
}
