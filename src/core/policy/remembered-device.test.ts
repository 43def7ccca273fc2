import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY, readPolicy } from './policy.ts';
import { isAlive, mayBeRemembered } from './remembered-device.ts';

const made = Temporal.Instant.from('2026-06-01T08:00:00Z');
const device = { securityEpoch: 4, createdAt: made, expiresAt: made.add(DEFAULT_POLICY.rememberDeviceFor) };
const account = { securityEpoch: 4 };
const day = (days: number) => made.add({ hours: 24 * days });

test('thirty days, to the second', () => {
  assert.equal(isAlive(device, account, day(29)), true);
  assert.equal(isAlive(device, account, day(30).subtract({ seconds: 1 })), true);
  assert.equal(isAlive(device, account, day(30)), false);
  assert.equal(isAlive(device, account, day(31)), false);
});

test('it dies with any change of what the account can be opened with', () => {
  assert.equal(isAlive(device, { securityEpoch: 5 }, day(1)), false);
  assert.equal(isAlive(device, { securityEpoch: 3 }, day(1)), false);
});

test('one that was made in the future does not count', () => {
  assert.equal(isAlive(device, account, made.subtract({ seconds: 1 })), false);
});

test('not after a backup code, and not where an organisation remembers nothing', () => {
  assert.equal(mayBeRemembered(DEFAULT_POLICY, ['password', 'totp']), true);
  assert.equal(mayBeRemembered(DEFAULT_POLICY, ['password', 'backup-code']), false);
  assert.equal(mayBeRemembered(readPolicy({ rememberDeviceFor: 'P0D' }).policy, ['password', 'totp']), false);
});
