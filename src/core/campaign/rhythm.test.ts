import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instant, invited, person } from './duty.fixture.ts';
import { usualGapInDays } from './rhythm.ts';

const visits = (...days: string[]) => days.map((date) => instant(`${date}T09:00:00Z`)).reverse();
const payslips = visits('2026-03-25', '2026-04-25', '2026-05-25');

test('whoever opens a payslip once a month hears that this may be the last time before the date', () => {
  assert.equal(invited(person({ signIns: payslips }), '2026-06-25T09:00:00Z').lastChance, true);
  assert.equal(invited(person({ signIns: payslips }), '2026-05-26T09:00:00Z').lastChance, false);
});

test('whoever comes every day does not hear it until the last day', () => {
  const daily = visits('2026-06-22', '2026-06-23', '2026-06-24', '2026-06-25');
  assert.equal(invited(person({ signIns: daily }), '2026-06-29T09:00:00Z').lastChance, false);
  assert.equal(invited(person({ signIns: daily }), '2026-06-30T09:00:00Z').lastChance, true);
});

test('fewer than three visits are no habit', () => {
  assert.equal(usualGapInDays(visits('2026-04-25', '2026-05-25'), 'UTC'), null);
  assert.equal(usualGapInDays([], 'UTC'), null);
  assert.equal(invited(person({ signIns: payslips.slice(1) }), '2026-06-29T09:00:00Z').lastChance, false);
});

test('several sign-ins on one day are one visit', () => {
  const paydays = payslips.flatMap((at) => [at.add({ minutes: 40 }), at.add({ minutes: 5 }), at]);
  assert.equal(usualGapInDays(paydays, 'UTC'), 31);
  assert.equal(usualGapInDays(paydays.slice(0, 3), 'UTC'), null);
});

test('one holiday does not change a habit, whatever the order', () => {
  const weekly = visits('2026-04-06', '2026-04-13', '2026-04-20', '2026-05-25', '2026-06-01');
  assert.equal(usualGapInDays(weekly, 'UTC'), 7);
  assert.equal(usualGapInDays([...weekly].reverse(), 'UTC'), 7);
});
