import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reached } from '#core/assurance.ts';
import { evidenceOf } from './proof.ts';
import { cheapTypes, NOW } from './testing.ts';

const types = cheapTypes();

test('each type is found by its name, and nothing else is', () => {
  for (const one of types.list) assert.equal(types.byType(one.type), one);
  for (const name of ['', 'none', 'TOTP', 'constructor', '__proto__']) assert.equal(types.byType(name), null);
});

test('second steps from best to weakest', () => {
  const ranked = [...types.list].sort((a, b) => a.rank - b.rank).map((one) => one.type);
  assert.deepEqual(ranked, ['passkey', 'app', 'totp', 'code-card', 'sms', 'backup-code', 'password']);
});

test('who sends a code first, who can be chosen, what is charged to the guess budget', () => {
  const named = (has: (one: (typeof types.list)[number]) => boolean) => types.list.filter(has).map((one) => one.type);
  assert.deepEqual(
    named((one) => one.sendsCode),
    ['sms'],
  );
  assert.deepEqual(
    named((one) => one.enrollable),
    ['app', 'totp', 'passkey', 'code-card'],
  );
  assert.deepEqual(
    named((one) => one.enrollable && 'begin' in one && 'prove' in one),
    ['app', 'totp', 'passkey', 'code-card'],
  );
  assert.deepEqual(
    named((one) => one.guessable),
    ['totp', 'code-card', 'sms', 'backup-code'],
  );
});

test('the password and any of the others are two steps; text messages only where they may be', () => {
  const { password, totp, passkey, sms, backupCode } = types;
  const level = (second: (typeof types.list)[number], restrictedIsSecondStep = true) =>
    reached([evidenceOf(password, 'p', NOW), evidenceOf(second, 's', NOW)], {
      restrictedIsSecondStep,
      comfortApprovalIsSecondStep: false,
    });
  assert.deepEqual([level(totp), level(sms), level(backupCode), level(password)], ['aal2', 'aal2', 'aal2', 'aal1']);
  assert.equal(level(sms, false), 'aal1');
  assert.equal(level(passkey), 'aal2-phr');
  const withoutPassword = [totp, backupCode].map((one) => evidenceOf(one, 's', NOW));
  assert.equal(reached(withoutPassword, { restrictedIsSecondStep: true, comfortApprovalIsSecondStep: false }), 'none');
});
