import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACR, readAssurance, satisfies, type Strength, strengthOf } from '../src/index.ts';

const ALL: Strength[] = ['sfa', 'mfa', 'phr'];

test('each strength satisfies itself and those below it', () => {
  const table = ALL.map((has) => ALL.map((wanted) => satisfies(ACR[has], wanted)));
  assert.deepEqual(table, [
    [true, false, false],
    [true, true, false],
    [true, true, true],
  ]);
});

test('a name that is not ours, or none, satisfies nothing', () => {
  for (const acr of [undefined, null, '', 'mfa', 'toString', 'urn:mace:incommon:iap:silver', ['phr'], 2]) {
    assert.equal(strengthOf(acr), null);
    for (const wanted of ALL) assert.equal(satisfies(acr, wanted), false);
  }
});

test('without the scope nothing is known, which is not the same as never', () => {
  assert.equal(readAssurance({ sub: 'grace' }), null);
  assert.deepEqual(readAssurance({ device_remembered: true }), {
    authenticatorsChangedAt: null,
    recoveredAt: null,
    enrolmentDue: null,
    deviceRemembered: true,
  });
});

test('a shape that was never promised is not guessed at', () => {
  for (const odd of [
    { authenticators_changed_at: '2026-01-01' },
    { authenticators_changed_at: Number.NaN },
    { recovered_at: true },
    { enrolment_due: 1_700_000_000 },
    { enrolment_due: 'tomorrow' },
  ])
    assert.throws(() => readAssurance({ device_remembered: false, ...odd }), TypeError);
});
