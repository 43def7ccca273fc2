import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaign, day, duty, employer, instant, invited, later, person, required } from './duty.fixture.ts';

const bakery = (overrides: Record<string, unknown>, deadline = '2026-06-30') => [
  employer('Bakery', 'Europe/Amsterdam', [campaign({ deadline: day(deadline) })], overrides),
];

test('after "later" the prompt stays away for seven days', () => {
  const put = person({ deferrals: later('2026-05-04T08:00:00Z'), signIns: [instant('2026-05-04T08:00:00Z')] });
  const quiet = invited(put, '2026-05-11T07:59:59Z');
  assert.deepEqual([quiet.promptDue, quiet.deferralsLeft, quiet.returnsAfterSignIns], [false, 2, 3]);
  assert.equal(quiet.returnsAt.toString(), '2026-05-11T08:00:00Z');
  assert.equal(invited(put, '2026-05-11T08:00:00Z').promptDue, true);
});

test('or for three sign-ins, if they come first: the fourth asks again', () => {
  const days = ['04', '05', '06', '07'].map((date) => instant(`2026-05-${date}T08:00:00Z`));
  const after = (signIns: number) =>
    invited(
      person({ deferrals: later('2026-05-04T08:00:00Z'), signIns: days.slice(0, signIns + 1).reverse() }),
      '2026-05-08T08:00:00Z',
    );
  assert.deepEqual(
    [0, 1, 2, 3].map((signIns) => after(signIns).promptDue),
    [false, false, false, true],
  );
  assert.deepEqual(
    [0, 1, 2].map((signIns) => after(signIns).returnsAfterSignIns),
    [3, 2, 1],
  );
});

test('three times in all; then, when the prompt comes back, two steps are required', () => {
  const thrice = person({ deferrals: later('2026-05-04T08:00:00Z', '2026-05-12T08:00:00Z', '2026-05-20T08:00:00Z') });
  const quiet = invited(thrice, '2026-05-21T08:00:00Z');
  assert.deepEqual([quiet.promptDue, quiet.deferralsLeft], [false, 0], 'the third one holds like the others');
  const asked = required(thrice, '2026-05-27T08:00:00Z');
  assert.equal(asked.because.reason, 'deferrals-spent');
  assert.equal(asked.lastDay.toString(), '2026-06-30');
  assert.equal(asked.guard, null, 'nothing is late before the deadline');
});

test('an organisation without any "later" requires two steps from the first day on', () => {
  const none = person({ memberships: bakery({ deferralsAllowed: 0 }) });
  assert.equal(required(none, '2026-05-01T08:00:00Z').because.reason, 'deferrals-spent');
});

test('"later" never reaches beyond the deadline', () => {
  const asked = invited(person(), '2026-06-28T08:00:00Z');
  assert.equal(asked.returnsAt.toString(), '2026-06-30T22:00:00Z');
  const put = person({ deferrals: later('2026-06-28T08:00:00Z') });
  assert.equal(invited(put, '2026-06-30T21:59:59Z').returnsAt.toString(), '2026-06-30T22:00:00Z');
  assert.equal(duty(put, '2026-06-30T22:00:00Z').kind, 'required');
});

test('"later" for a campaign that is over is none for the next one', () => {
  const next = employer('Bakery', 'Europe/Amsterdam', [
    campaign({ status: 'paused' }),
    campaign({ id: 'autumn', startsOn: day('2026-09-01'), deadline: day('2026-10-31') }),
  ]);
  const again = person({ memberships: [next], deferrals: later('2026-05-04T08:00:00Z', '2026-06-04T08:00:00Z') });
  const asked = invited(again, '2026-09-02T08:00:00Z');
  assert.deepEqual([asked.because.campaign, asked.deferralsLeft, asked.promptDue], ['autumn', 3, true]);
});

test('a clock that is set back two days gives no further "later"', () => {
  const put = person({ deferrals: later('2026-05-04T08:00:00Z', '2026-05-12T08:00:00Z') });
  const back = invited(put, '2026-05-10T08:00:00Z');
  assert.equal(back.deferralsLeft, 1);
  assert.equal(back.promptDue, false);
});

// The four faults of a famous product's grace period (roll-outs 4.18).

test('GitLab 1: a deadline that is moved forward bites those who chose "later" before', () => {
  const deferrals = later('2026-05-20T08:00:00Z');
  assert.equal(duty(person({ deferrals }), '2026-05-22T08:00:00Z').kind, 'invited');
  const moved = person({ deferrals, memberships: bakery({}, '2026-05-21') });
  assert.equal(duty(moved, '2026-05-22T08:00:00Z').kind, 'required');
});

test('GitLab 1: so does a shorter pause, and a smaller number', () => {
  const deferrals = later('2026-05-12T08:00:00Z', '2026-05-20T08:00:00Z');
  const shorter = person({ deferrals, memberships: bakery({ deferralReturnsAfter: 'P1D' }) });
  assert.equal(invited(person({ deferrals }), '2026-05-21T08:00:00Z').promptDue, false);
  assert.equal(invited(shorter, '2026-05-21T08:00:00Z').promptDue, true);
  const fewer = person({ deferrals, memberships: bakery({ deferralsAllowed: 1, deferralReturnsAfter: 'P1D' }) });
  assert.equal(required(fewer, '2026-05-21T08:00:00Z').because.reason, 'deferrals-spent');
});

test('GitLab 2: 240 hours are not 0', () => {
  const put = person({
    deferrals: later('2026-05-04T08:00:00Z'),
    memberships: bakery({ deferralReturnsAfter: 'PT240H' }),
  });
  assert.equal(invited(put, '2026-05-14T07:59:59Z').promptDue, false);
  assert.equal(invited(put, '2026-05-14T08:00:00Z').promptDue, true);
});

test('GitLab 3: 384 hours of grace are 16 days, and not cut to 48 hours', () => {
  const joiner = person({
    account: {
      firstSignInAt: instant('2026-07-10T08:00:00Z'),
      createdAt: instant('2026-07-01T08:00:00Z'),
      enrolled: false,
    },
    memberships: bakery({ lateJoinerGrace: 'PT384H' }),
  });
  assert.equal(invited(joiner, '2026-07-13T08:00:00Z').lastDay?.toString(), '2026-07-26');
});

test('GitLab 4: whoever is asked before the deadline, and has a "later" left, can choose it', () => {
  for (const deferrals of [
    later(),
    later('2026-05-02T08:00:00Z'),
    later('2026-05-02T08:00:00Z', '2026-05-12T08:00:00Z'),
  ]) {
    const asked = invited(person({ deferrals }), '2026-06-30T21:59:59Z');
    assert.equal(asked.promptDue, true);
    assert.equal(asked.deferralsLeft, 3 - deferrals.length);
  }
});
