import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckUp, checkUpVerdict, hasShownSecondStep } from './check-up.ts';
import { DEFAULT_POLICY } from './policy.ts';

const ENROLLED = Temporal.Instant.from('2026-06-01T09:00:00Z');
const day = (days: number) => ENROLLED.add({ minutes: Math.round(24 * 60 * days) });
const bound = (type: string, on = 0, disabledAt: Temporal.Instant | null = null) => ({
  type,
  boundAt: day(on),
  disabledAt,
});
const BOTH = [bound('password', -300), bound('totp'), bound('backup-code')];
const at = (on: number, before: CheckUp[] = [], what = BOTH, isEnrolled = true) =>
  checkUpVerdict({ bound: what, isEnrolled, before }, DEFAULT_POLICY, day(on));
const came = (on: number, outcome: CheckUp['outcome']): CheckUp => ({ at: day(on), outcome });

test('on day 28, not a moment before, and only of whoever has both', () => {
  assert.deepEqual(at(27.99), { due: false });
  assert.deepEqual(at(28), { due: true, skipsLeft: 2 });
  assert.deepEqual(at(28, [], BOTH, false), { due: false });
  assert.deepEqual(at(28, [], [bound('password', -300)]), { due: false });
});

test('put off twice, a week each, and then not any more', () => {
  const once = [came(28, 'skipped')];
  assert.deepEqual(at(34, once), { due: false });
  assert.deepEqual(at(35, once), { due: true, skipsLeft: 1 });
  const twice = [...once, came(35, 'skipped')];
  assert.deepEqual(at(41, twice), { due: false });
  assert.deepEqual(at(42, twice), { due: true, skipsLeft: 0 });
});

test('passed is passed, failed is not', () => {
  assert.deepEqual(at(400, [came(28, 'passed')]), { due: false });
  assert.deepEqual(at(28.1, [came(28, 'failed')]), { due: true, skipsLeft: 2 });
});

test('a new phone or a new paper is asked about anew, after its own time', () => {
  const passed = [came(28, 'passed')];
  const moved = [...BOTH.slice(0, 1), bound('totp', 50), bound('backup-code')];
  assert.deepEqual(at(77, passed, moved), { due: false });
  assert.deepEqual(at(78, passed, moved), { due: true, skipsLeft: 2 });
  assert.deepEqual(at(78, [], [...BOTH, bound('sms', 60)]), { due: true, skipsLeft: 2 });
});

test('what this session has seen need not be shown again, unless it is switched off', () => {
  const app = { id: 'app', disabledAt: null };
  assert.equal(hasShownSecondStep([{ authenticator: 'password' }, { authenticator: 'app' }], [app]), true);
  assert.equal(hasShownSecondStep([{ authenticator: 'password' }], [app]), false);
  assert.equal(hasShownSecondStep([{ authenticator: 'app' }], [{ ...app, disabledAt: ENROLLED }]), false);
});
