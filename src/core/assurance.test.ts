import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { atLeast, type Evidence, fresh, LEVELS, provedAt, reached } from './assurance.ts';

const START = Temporal.Instant.from('2026-06-01T08:00:00Z');
const FIVE_MINUTES = Temporal.Duration.from('PT5M');
const at = (minutes: number) => START.add({ minutes });

function proof(type: string, factors: Evidence['factors'], minutes = 0, differently: Partial<Evidence> = {}): Evidence {
  return {
    type,
    authenticator: type,
    factors,
    phishingResistant: false,
    restricted: false,
    at: at(minutes),
    ...differently,
  };
}

const password = (minutes = 0) => proof('password', ['knowledge'], minutes);
const totp = (minutes = 0) => proof('totp', ['possession'], minutes);
const sms = (minutes = 0) => proof('sms', ['possession'], minutes, { restricted: true });
const key = (minutes = 0) => proof('passkey', ['possession'], minutes, { phishingResistant: true });
const passkey = (minutes = 0) => proof('passkey', ['possession', 'inherence'], minutes, { phishingResistant: true });

const levels: [string, Evidence[], string, string][] = [
  // what was shown, with text messages as a second step, without
  ['nothing', [], 'none', 'none'],
  ['a password', [password()], 'aal1', 'aal1'],
  ['the same password twice', [password(), password(1)], 'aal1', 'aal1'],
  ['a code alone: whoever finds a phone is nobody yet', [totp()], 'none', 'none'],
  ['two codes of two phones', [totp(), sms()], 'none', 'none'],
  ['password and code', [password(), totp()], 'aal2', 'aal2'],
  ['password and text message', [password(), sms()], 'aal2', 'aal1'],
  ['password, text message and code', [password(), sms(), totp()], 'aal2', 'aal2'],
  ['a passkey with user verification', [passkey()], 'aal2-phr', 'aal2-phr'],
  ['a security key without', [key()], 'none', 'none'],
  ['password and security key', [password(), key()], 'aal2-phr', 'aal2-phr'],
];

for (const [shown, evidence, withSms, withoutSms] of levels) {
  test(`${shown}: ${withSms}`, () => {
    assert.equal(reached(evidence, { restrictedIsSecondStep: true, comfortApprovalIsSecondStep: false }), withSms);
    assert.equal(reached(evidence, { restrictedIsSecondStep: false, comfortApprovalIsSecondStep: false }), withoutSms);
  });
}

const anything = fc.array(
  fc
    .tuple(fc.constantFrom(password, totp, sms, key, passkey), fc.integer({ min: 0, max: 30 }))
    .map(([make, m]) => make(m)),
  { maxLength: 5 },
);
const policy = fc.record({ restrictedIsSecondStep: fc.boolean(), comfortApprovalIsSecondStep: fc.boolean() });

test('one proof more never lowers the level, and the order says nothing', () => {
  fc.assert(
    fc.property(anything, anything, policy, (some, more, rules) => {
      assert.ok(atLeast(reached([...some, ...more], rules), reached(some, rules)));
      assert.equal(reached([...some, ...more], rules), reached([...more, ...some].reverse(), rules));
    }),
  );
});

test('the levels are ordered as they are listed', () => {
  for (const [index, level] of LEVELS.entries())
    for (const [other, wanted] of LEVELS.entries()) assert.equal(atLeast(level, wanted), index >= other);
});

test('a proof is fresh for five minutes, to the second', () => {
  const young = (seconds: number) => fresh([totp()], FIVE_MINUTES, START.add({ seconds }), true).length;
  assert.deepEqual([young(299), young(300), young(301)], [1, 1, 0]);
});

test('with a second step it is the second step that has to be fresh', () => {
  const shown = [password(0), totp(0)];
  assert.deepEqual(
    fresh(shown, FIVE_MINUTES, at(60), true).map(({ type }) => type),
    ['password'],
  );
  assert.equal(
    reached(fresh([password(0), totp(58)], FIVE_MINUTES, at(60), true), {
      restrictedIsSecondStep: true,
      comfortApprovalIsSecondStep: false,
    }),
    'aal2',
  );
});

test('without a second step the password itself has to be fresh', () => {
  assert.deepEqual(fresh([password(0)], FIVE_MINUTES, at(60), false), []);
  assert.equal(fresh([password(57)], FIVE_MINUTES, at(60), false).length, 1);
});

test('a passkey that grows old is not kept as if it were a password', () => {
  const card = proof('smart-card', ['knowledge', 'possession']);
  assert.deepEqual(fresh([passkey(0), card], FIVE_MINUTES, at(60), true), []);
});

test('auth_time is the moment of the last proof that gives the level', () => {
  assert.equal(provedAt([]), null);
  assert.ok(provedAt([password(3)])?.equals(at(3)));
  assert.ok(provedAt([password(0), totp(1)])?.equals(at(1)));
  // A password given again proves no second step again.
  assert.ok(provedAt([password(0), totp(1), password(9)])?.equals(at(1)));
  assert.ok(provedAt([password(0), totp(7), totp(2)])?.equals(at(7)));
});
