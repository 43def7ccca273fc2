import type { Challenge } from '#core/authenticator.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import { queueMail } from '#outbox/queue.ts';
import { addressee } from './notice.ts';
import type { Scene } from './scene.ts';

/**
 * The guard of a late enrolment: after the deadline a password alone must not be enough to bind the first
 * authenticator, so a code goes to the confirmed address. It is no evidence and raises no level (NIST SP 800-63B-4
 * §3.1.3: mail is no out-of-band authenticator). Refused when enough mail went to this address; an earlier code then stays.
 */
export async function sendGuardCode(scene: Scene): Promise<Refused | null> {
  const { tx, deps, facts, attempt, now } = scene;
  const addresses = await tx.accounts.addresses(facts.account.id);
  const primary = addresses.find((one) => one.primary && one.confirmedAt) ?? addresses.find((one) => one.confirmedAt);
  if (!primary) return null; // nothing confirmed: only a voucher from an administrator helps, and the page says so
  const { challenge, code } = deps.types.challenges.make({
    account: facts.account.id,
    authenticator: null,
    holder: attempt.id,
    purpose: 'guard',
    destination: new Secret(primary.address),
    now,
    lives: facts.policy.smsCodeLives,
  });
  const earlier = await tx.challenges.open(attempt.id, 'guard');
  const mail = await queueMail(tx, {
    ...addressee(facts),
    template: 'guard-code',
    to: primary.address,
    values: { code },
    idempotencyKey: challenge.id,
    now,
    expiresAt: challenge.expiresAt,
  });
  // The code that is on its way stays good: making a new one would end it, and nobody would be sent the new one.
  if (earlier && !mail.queued && mail.because === 'budget') return refuse('sms-too-soon', { retryAt: mail.retryAt });
  await tx.challenges.create(challenge);
  deps.wake();
  return null;
}

/** A new code may be asked for after a minute. */
export function mayResend(challenge: Challenge | null, after: Temporal.Duration, now: Temporal.Instant): boolean {
  return !challenge || Temporal.Instant.compare(challenge.createdAt.add(after), now) <= 0;
}
