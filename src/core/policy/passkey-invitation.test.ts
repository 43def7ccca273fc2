import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isInvitationDue } from './passkey-invitation.ts';
import { DEFAULT_POLICY } from './policy.ts';

const START = Temporal.Instant.from('2026-01-01T00:00:00Z');
const day = (count: number) => START.add({ hours: 24 * count });
const yes = { before: [], couldDoBetter: true, isAskedSomethingElse: false };

test('whoever could do better is invited, unless somebody asks something else or none are offered', () => {
  assert.equal(isInvitationDue(yes, DEFAULT_POLICY, day(0)), true);
  assert.equal(isInvitationDue({ ...yes, couldDoBetter: false }, DEFAULT_POLICY, day(0)), false);
  assert.equal(isInvitationDue({ ...yes, isAskedSomethingElse: true }, DEFAULT_POLICY, day(0)), false);
  assert.equal(isInvitationDue(yes, { ...DEFAULT_POLICY, passkeysOffered: false }, day(0)), false);
});

test('a no holds for a year, to the day', () => {
  const declined = { ...yes, before: [{ at: day(0), declinedAt: day(1) }] };
  assert.equal(isInvitationDue(declined, DEFAULT_POLICY, day(365)), false);
  assert.equal(isInvitationDue(declined, DEFAULT_POLICY, day(366)), true);
});

test('however often somebody signs in, a year holds two invitations at most, and half a year one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 200, maxLength: 400 }), (gaps) => {
      const before: { at: Temporal.Instant; declinedAt: null }[] = [];
      let today = 0;
      for (const gap of gaps) {
        today += gap;
        if (isInvitationDue({ ...yes, before }, DEFAULT_POLICY, day(today)))
          before.push({ at: day(today), declinedAt: null });
      }
      const days = before.map(({ at }) => at.since(START).total('hours') / 24);
      for (const one of days) assert.ok(days.filter((other) => other >= one && other < one + 365).length <= 2);
      for (const [at, one] of days.entries()) assert.ok((days[at + 1] ?? Infinity) - one >= 182);
      assert.ok(days.length >= 1);
    }),
  );
});
