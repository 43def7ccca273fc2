import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstInstantAfter } from './deadline.ts';
import { campaign, day, duty, employer, instant, invited, person, required } from './duty.fixture.ts';

const inZone = (timeZone: string, deadline = '2026-06-30') =>
  person({
    memberships: [employer('Bakery', timeZone, [campaign({ startsOn: day('2026-01-01'), deadline: day(deadline) })])],
  });

/** Zone, last day, and the first instant at which "later" is gone. */
const lastMoments: [string, string, string][] = [
  ['Europe/Amsterdam', '2026-06-30', '2026-06-30T22:00:00Z'],
  ['Pacific/Kiritimati', '2026-06-30', '2026-06-30T10:00:00Z'],
  ['Pacific/Pago_Pago', '2026-06-30', '2026-07-01T11:00:00Z'],
  // The day on which the clocks go forward has 23 hours, the one on which they go back 25.
  ['Europe/Amsterdam', '2026-03-28', '2026-03-28T23:00:00Z'],
  ['Europe/Amsterdam', '2026-03-29', '2026-03-29T22:00:00Z'],
  ['Europe/Amsterdam', '2026-10-25', '2026-10-25T23:00:00Z'],
  // In Beirut the clocks go forward at midnight: the day after begins at one o'clock.
  ['Asia/Beirut', '2026-03-28', '2026-03-28T22:00:00Z'],
];

for (const [timeZone, lastDay, gone] of lastMoments) {
  test(`until and including ${lastDay} in ${timeZone}: a second before, at, and a second after`, () => {
    const someone = inZone(timeZone, lastDay);
    const at = instant(gone);
    assert.equal(duty(someone, at.subtract({ seconds: 1 }).toString()).kind, 'invited');
    assert.equal(duty(someone, at.toString()).kind, 'required');
    assert.equal(duty(someone, at.add({ seconds: 1 }).toString()).kind, 'required');
    assert.ok(firstInstantAfter(day(lastDay), timeZone).equals(at));
  });
}

test('the zone is the organisation’s: the same instant is the last day in one and too late in another', () => {
  assert.equal(duty(inZone('Pacific/Pago_Pago'), '2026-06-30T23:00:00Z').kind, 'invited');
  assert.equal(duty(inZone('Pacific/Kiritimati'), '2026-06-30T23:00:00Z').kind, 'required');
});

test('a clock that is set back two days gives two days and no more; set right again, the door is closed again', () => {
  assert.equal(duty(person(), '2026-07-01T08:00:00Z').kind, 'required');
  assert.equal(duty(person(), '2026-06-29T08:00:00Z').kind, 'invited');
  assert.equal(duty(person(), '2026-07-01T08:00:00Z').kind, 'required');
});

const joinedAt = (firstSignInAt: string | null, overrides: Record<string, unknown> = {}) =>
  person({
    account: {
      firstSignInAt: firstSignInAt ? instant(firstSignInAt) : null,
      createdAt: instant('2026-06-01T00:00:00Z'),
      enrolled: false,
    },
    memberships: [employer('Bakery', 'Europe/Amsterdam', [campaign()], overrides)],
  });

test('somebody who signs in for the first time after the date is not locked out from minute one (roll-outs 4.19)', () => {
  const asked = invited(joinedAt(null), '2026-09-01T08:00:00Z');
  assert.equal(asked.lastDay?.toString(), '2026-09-15');
  assert.equal(asked.promptDue, true);
});

test('their clock starts with their own first sign-in and then stands (roll-outs 4.20)', () => {
  const late = joinedAt('2026-09-01T08:00:00Z');
  assert.equal(invited(late, '2026-09-15T21:59:59Z').lastDay?.toString(), '2026-09-15');
  assert.equal(required(late, '2026-09-15T22:00:00Z').because.reason, 'deadline-passed');
  const colleague = joinedAt('2026-09-10T08:00:00Z');
  assert.equal(invited(colleague, '2026-09-20T08:00:00Z').lastDay?.toString(), '2026-09-24');
});

test('of the campaign’s date and the late joiner’s the later one counts', () => {
  assert.equal(invited(joinedAt('2026-06-20T08:00:00Z'), '2026-06-21T08:00:00Z').lastDay?.toString(), '2026-07-04');
  assert.equal(invited(joinedAt('2026-06-02T08:00:00Z'), '2026-06-21T08:00:00Z').lastDay?.toString(), '2026-06-30');
});

test('an organisation that gives late joiners nothing asks them at once', () => {
  assert.equal(duty(joinedAt(null, { lateJoinerGrace: 'P0D' }), '2026-09-01T08:00:00Z').kind, 'required');
  assert.equal(duty(joinedAt(null, { lateJoinerGrace: 'P1D' }), '2026-09-01T08:00:00Z').kind, 'invited');
});
