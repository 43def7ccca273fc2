import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit } from './admit.ts';
import { type ApplicationPolicy, NOTHING_ASKED, OPEN_TO_MEMBERS } from './policy.ts';

const payroll = (policy: Partial<ApplicationPolicy> = {}, status: 'active' | 'disabled' = 'active') => ({
  status,
  audience: ['bakery', 'harbour'],
  policy: { ...OPEN_TO_MEMBERS, ...policy },
});
const baker = [{ organisation: 'bakery', groups: ['night shift'] }];
const clerk = [{ organisation: 'harbour', groups: ['finance'] }];
const stranger = [{ organisation: 'elsewhere', groups: ['finance', 'night shift'] }];

test('members of the audience come in with what their organisation asks', () => {
  const admitted = { admitted: true, level: 'aal1', freshWithinSeconds: null, proveAgain: false };
  assert.deepEqual(admit(payroll(), baker, NOTHING_ASKED), admitted);
  assert.deepEqual(admit(payroll(), [...stranger, ...clerk], NOTHING_ASKED), admitted);
});

test('nobody else comes in, whatever groups they have elsewhere', () => {
  assert.deepEqual(admit(payroll(), stranger, NOTHING_ASKED), { admitted: false, because: 'not-for-you' });
  assert.deepEqual(admit(payroll(), [], NOTHING_ASKED), { admitted: false, because: 'not-for-you' });
  const forFinance = payroll({ groups: ['finance'] });
  assert.equal(admit(forFinance, clerk, NOTHING_ASKED).admitted, true);
  assert.equal(admit(forFinance, baker, NOTHING_ASKED).admitted, false);
  // Finance elsewhere is not finance here.
  assert.equal(admit(forFinance, [...stranger, ...baker], NOTHING_ASKED).admitted, false);
});

test('an application that was switched off is closed for everybody', () => {
  assert.deepEqual(admit(payroll({}, 'disabled'), clerk, NOTHING_ASKED), {
    admitted: false,
    because: 'application-disabled',
  });
});

test('two steps are asked of everybody, or of some', () => {
  const level = (policy: Partial<ApplicationPolicy>, who: typeof baker) => {
    const admission = admit(payroll(policy), who, NOTHING_ASKED);
    return admission.admitted && admission.level;
  };
  assert.equal(level({ strength: 'two-steps' }, baker), 'aal2');
  assert.equal(level({ strength: 'two-steps', strengthFor: ['finance'] }, clerk), 'aal2');
  assert.equal(level({ strength: 'two-steps', strengthFor: ['finance'] }, baker), 'aal1');
  assert.equal(level({ strength: 'phishing-resistant' }, baker), 'aal2-phr');
});

test('a request raises what the policy asks and never lowers it', () => {
  const strict = payroll({ strength: 'two-steps', freshWithinSeconds: 300 });
  const asked = (level: 'aal1' | 'aal2-phr', freshWithinSeconds: number | null, proveAgain = false) =>
    admit(strict, clerk, { level, freshWithinSeconds, proveAgain });
  assert.deepEqual(asked('aal1', 3600), { admitted: true, level: 'aal2', freshWithinSeconds: 300, proveAgain: false });
  assert.deepEqual(asked('aal2-phr', 60, true), {
    admitted: true,
    level: 'aal2-phr',
    freshWithinSeconds: 60,
    proveAgain: true,
  });
  assert.deepEqual(admit(payroll(), clerk, { ...NOTHING_ASKED, freshWithinSeconds: 0 }), {
    admitted: true,
    level: 'aal1',
    freshWithinSeconds: 0,
    proveAgain: false,
  });
});
