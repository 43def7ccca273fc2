import type { Authenticator } from '../authenticator.ts';

/**
 * Until when text messages rest: mailbox and telephone number together are what a thief gets from one careless shop, so
 * after a password out of the mailbox a text message opens nothing for a day. Only where something else does: nobody is
 * locked out for having nothing but a telephone. Null: they do not rest.
 */
export function smsRestsUntil(
  bound: readonly Authenticator[],
  policy: { smsRestsAfterReset: Temporal.Duration },
  now: Temporal.Instant,
): Temporal.Instant | null {
  const password = bound.find(({ type }) => type === 'password');
  const hasAnother = bound.some(({ type, disabledAt }) => type !== 'password' && type !== 'sms' && !disabledAt);
  if (password?.boundBy !== 'mail' || !hasAnother) return null;
  const until = password.boundAt.add(policy.smsRestsAfterReset);
  return Temporal.Instant.compare(until, now) > 0 ? until : null;
}
