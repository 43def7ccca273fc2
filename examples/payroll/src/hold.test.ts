import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBankAccounts } from './bank-accounts.ts';
import { type Hold, holdOf } from './hold.ts';

const NOW = new Date('2026-06-10T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const QUIET = { authenticatorsChangedAt: null, recoveredAt: null, enrolmentDue: null, deviceRemembered: false };

test('a change waits three days after a recovery or a new authenticator', () => {
  assert.equal(holdOf(QUIET, NOW), null);
  assert.equal(holdOf({ ...QUIET, authenticatorsChangedAt: daysAgo(4) }, NOW), null);
  assert.equal(holdOf({ ...QUIET, recoveredAt: daysAgo(3) }, NOW), null);
  assert.deepEqual(holdOf({ ...QUIET, authenticatorsChangedAt: daysAgo(1) }, NOW), {
    because: 'new-authenticator',
    since: daysAgo(1),
    until: daysAgo(-2),
  });
  assert.equal(holdOf({ ...QUIET, recoveredAt: daysAgo(2.9) }, NOW)?.because, 'recovered');
});

test('of two reasons the one that lasts longer counts', () => {
  const recovered = { ...QUIET, recoveredAt: daysAgo(2), authenticatorsChangedAt: daysAgo(1) };
  assert.equal(holdOf(recovered, NOW)?.because, 'new-authenticator');
  const together = { ...QUIET, recoveredAt: daysAgo(1), authenticatorsChangedAt: daysAgo(1) };
  assert.equal(holdOf(together, NOW)?.because, 'recovered');
});

test('what we were not told is no reason to hurry', () => {
  assert.deepEqual(holdOf(null, NOW), { because: 'not-known', since: NOW, until: daysAgo(-3) });
});

test('a held change comes into force by itself, and can be taken back until then', () => {
  const hold: Hold = { because: 'recovered', since: daysAgo(1), until: daysAgo(-2) };
  const accounts = createBankAccounts(() => 'OLD');
  const grace = { subject: 'grace', employers: [] };
  accounts.change(grace, 'NEW', hold, NOW);
  assert.equal(accounts.of(grace, NOW).iban, 'OLD');
  assert.equal(accounts.of(grace, NOW).pending?.iban, 'NEW');
  assert.deepEqual(accounts.of(grace, hold.until), { iban: 'NEW', changedAt: hold.until, pending: null });
  accounts.cancel(grace, NOW);
  assert.deepEqual(accounts.of(grace, daysAgo(-9)), { iban: 'OLD', changedAt: null, pending: null });
  accounts.change(grace, 'NEWER', null, NOW);
  assert.deepEqual(accounts.of(grace, NOW), { iban: 'NEWER', changedAt: NOW, pending: null });
  assert.equal(accounts.of({ ...grace, subject: 'martin' }, NOW).iban, 'OLD');
});
