import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIELDS } from './fields.ts';
import { DEFAULT_POLICY, POLICY_FIELDS, readPolicy, strictest } from './policy.ts';

const iso = (length: Temporal.Duration) => length.total('minutes');

test('the defaults are the numbers of the rules', () => {
  assert.equal(DEFAULT_POLICY.deferralReturnsAfterSignIns, 3);
  assert.equal(iso(DEFAULT_POLICY.deferralReturnsAfter), 7 * 24 * 60);
  assert.equal(DEFAULT_POLICY.deferralsAllowed, 3);
  assert.equal(iso(DEFAULT_POLICY.lateJoinerGrace), 14 * 24 * 60);
  assert.equal(DEFAULT_POLICY.lateEnrolmentGuard, 'mailed-code');
  assert.deepEqual(DEFAULT_POLICY.reminderDaysBefore, [45, 14, 7, 2, 0]);
  assert.deepEqual(
    DEFAULT_POLICY.guessBudget.map(({ limit, within }) => [limit, within.total('hours')]),
    [
      [5, 0.25],
      [20, 24],
      [60, 720],
    ],
  );
  assert.equal(DEFAULT_POLICY.disableAfterFailures, 100);
  assert.equal(DEFAULT_POLICY.passwordMinLengthAlone, 15);
  assert.equal(DEFAULT_POLICY.passwordMinLengthWithSecondStep, 10);
  assert.ok(DEFAULT_POLICY.passwordMaxLength >= 128);
  assert.equal(DEFAULT_POLICY.argon2MemoryKiB, 19_456);
  assert.equal(iso(DEFAULT_POLICY.rememberDeviceFor), 30 * 24 * 60);
  assert.equal(iso(DEFAULT_POLICY.freshFor), 5);
  assert.equal(iso(DEFAULT_POLICY.sessionIdle), 60);
  assert.equal(iso(DEFAULT_POLICY.attemptLives), 10);
  assert.equal(DEFAULT_POLICY.attemptFailures, 5);
});

test('every field says in one sentence what it is', () => {
  for (const name of POLICY_FIELDS) {
    assert.match(FIELDS[name].sentence, /^[A-Z“].*\.$/s, name);
    assert.ok(FIELDS[name].sentence.length < 120, `${name}: ${FIELDS[name].sentence.length}`);
  }
});

test('an instant takes every duration as it is, also one of thirty days', () => {
  const now = Temporal.Instant.from('2026-03-01T00:00:00Z');
  for (const name of POLICY_FIELDS) {
    const value = DEFAULT_POLICY[name];
    if (value instanceof Temporal.Duration) assert.doesNotThrow(() => now.add(value), name);
  }
});

test('an organisation may change what is its own, within the range', () => {
  const { policy, problems } = readPolicy({
    deferralsAllowed: 0,
    deferralReturnsAfter: 'P10D',
    lateEnrolmentGuard: 'none',
    reminderDaysBefore: [2, 30, 2],
    smsCountries: ['NL', 'BE'],
    restrictedIsSecondStep: false,
    rememberDeviceFor: 'P0D',
  });
  assert.deepEqual(problems, []);
  assert.equal(policy.deferralsAllowed, 0);
  assert.equal(policy.deferralReturnsAfter.total('days'), 10);
  assert.equal(policy.lateEnrolmentGuard, 'none');
  assert.deepEqual(policy.reminderDaysBefore, [30, 2]);
  assert.deepEqual(policy.smsCountries, ['BE', 'NL']);
  assert.equal(policy.restrictedIsSecondStep, false);
  assert.ok(policy.rememberDeviceFor.blank);
});

const refused: [string, unknown][] = [
  ['deferralsAllowed', 11],
  ['deferralsAllowed', -1],
  ['deferralsAllowed', 1.5],
  ['deferralsAllowed', '3'],
  ['deferralsAllowed', null],
  ['deferralsAllowed', [3]],
  ['deferralReturnsAfter', 'P15D'],
  ['deferralReturnsAfter', 'P1M'],
  ['deferralReturnsAfter', 'soon'],
  ['deferralReturnsAfter', 7],
  ['lateEnrolmentGuard', 'voucher'],
  ['reminderDaysBefore', [7, -1]],
  ['reminderDaysBefore', 7],
  ['smsCountries', ['nl']],
  ['restrictedIsSecondStep', 'false'],
  // the same for everybody
  ['guessBudget', [{ limit: 1000, within: 'PT1M' }]],
  ['disableAfterFailures', 99],
  ['freshFor', 'PT4M'],
  // only in the stricter direction
  ['passwordMinLengthAlone', 14],
  ['passwordMinLengthWithSecondStep', 8],
  ['sessionIdle', 'PT2H'],
  ['sessionAbsolute', 'P2D'],
  // not fields at all
  ['deferralAllowed', 3],
  ['constructor', 3],
  ['toString', 3],
];

for (const [field, value] of refused) {
  test(`${field} = ${JSON.stringify(value)} is named and changes nothing`, () => {
    const { policy, problems } = readPolicy({ [field]: value });
    assert.deepEqual(
      problems.map((problem) => problem.field),
      [field],
    );
    assert.match(problems[0]?.sentence ?? '', /^(must|may|is) /);
    assert.deepEqual(policy, DEFAULT_POLICY);
  });
}

test('an override named __proto__ is a problem, not a prototype', () => {
  const { policy, problems } = readPolicy(JSON.parse('{"__proto__": {"deferralsAllowed": 9}}'));
  assert.equal(problems.length, 1);
  assert.equal(policy.deferralsAllowed, 3);
});

test('what may go in the stricter direction only, may', () => {
  const { policy, problems } = readPolicy({ passwordMinLengthAlone: 20, sessionIdle: 'PT15M' });
  assert.deepEqual(problems, []);
  assert.equal(policy.passwordMinLengthAlone, 20);
  assert.equal(policy.sessionIdle.total('minutes'), 15);
});

test('of several organisations the strictest value of each field holds, in whatever order they come', () => {
  const one = readPolicy({
    deferralsAllowed: 1,
    rememberDeviceFor: 'P0D',
    smsCountries: ['NL', 'BE'],
    passwordMinLengthAlone: 20,
    lateEnrolmentGuard: 'none',
    smsResendAfter: 'PT2M',
  }).policy;
  const other = readPolicy({
    deferralsAllowed: 5,
    deferralReturnsAfter: 'P2D',
    smsCountries: ['DE', 'NL'],
    restrictedIsSecondStep: false,
    reminderDaysBefore: [30],
  }).policy;
  for (const both of [strictest([one, other]), strictest([other, one])]) {
    assert.equal(both.deferralsAllowed, 1);
    assert.equal(both.deferralReturnsAfter.total('days'), 2);
    assert.ok(both.rememberDeviceFor.blank);
    assert.deepEqual(both.smsCountries, ['NL']);
    assert.equal(both.passwordMinLengthAlone, 20);
    assert.equal(both.lateEnrolmentGuard, 'mailed-code');
    assert.equal(both.restrictedIsSecondStep, false);
    assert.equal(both.smsResendAfter.total('seconds'), 120);
    assert.deepEqual(both.reminderDaysBefore, [45, 30, 14, 7, 2, 0]);
    assert.equal(both.guessBudget.length, 3);
  }
});

test('whoever belongs to no organisation has the defaults', () => {
  assert.deepEqual(strictest([]), DEFAULT_POLICY);
});

test('makes of passkeys: any, or a list; of two lists what is on both, which may be none at all', () => {
  const [one, other] = ['2fc0579f-8113-47ea-b116-bb5a8db9202a', 'd8522d9f-575b-4866-88a9-ba99fa02f35b'];
  assert.equal(DEFAULT_POLICY.passkeyMakes, 'any');
  const listed = readPolicy({ passkeyMakes: [other, one, other] });
  assert.deepEqual([listed.policy.passkeyMakes, listed.problems], [[one, other], []]);
  for (const wrong of [[], 'none', [one.toUpperCase()], ['x'], [7], {}]) {
    const { policy, problems } = readPolicy({ passkeyMakes: wrong });
    assert.deepEqual([policy.passkeyMakes, problems.length], ['any', 1]);
  }
  const withMakes = (passkeyMakes: readonly string[] | 'any') => ({ ...DEFAULT_POLICY, passkeyMakes });
  assert.deepEqual(strictest([withMakes('any'), withMakes([one])]).passkeyMakes, [one]);
  assert.deepEqual(strictest([withMakes([one]), withMakes('any')]).passkeyMakes, [one]);
  assert.deepEqual(strictest([withMakes([one, other]), withMakes([other])]).passkeyMakes, [other]);
  assert.deepEqual(strictest([withMakes([one]), withMakes([other])]).passkeyMakes, []);
});
