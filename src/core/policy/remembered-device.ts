import type { Policy } from './policy.ts';

type Device = { securityEpoch: number; createdAt: Temporal.Instant; expiresAt: Temporal.Instant };

/**
 * Whether a remembered device stands in for the second step of an ordinary sign-in. Its end was fixed when it was made
 * (use does not lengthen it), and it dies with every change of what the account can be opened with. One from the future
 * was made while the clock was wrong: it would live too long.
 */
export function isAlive(device: Device, account: { securityEpoch: number }, now: Temporal.Instant): boolean {
  return (
    device.securityEpoch === account.securityEpoch &&
    Temporal.Instant.compare(device.createdAt, now) <= 0 &&
    Temporal.Instant.compare(now, device.expiresAt) < 0
  );
}

/**
 * Whether the box *Remember this device* is there and obeyed. Not after a backup code: whoever signs in with it has lost
 * the phone, or is not the owner. After a code card it is: that is how its owner signs in every day.
 */
export function mayBeRemembered(policy: Pick<Policy, 'rememberDeviceFor'>, usedTypes: readonly string[]): boolean {
  return !policy.rememberDeviceFor.blank && !usedTypes.includes('backup-code');
}
