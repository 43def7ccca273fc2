import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsAt, raisesEpoch, type SecurityChange } from './ends.ts';

/** The rules, written out a second time and in another form: who survives which change. */
const survivors: Record<SecurityChange, string[]> = {
  'password-changed': ['tokens', 'recovery'],
  'password-reset': ['tokens', 'recovery'],
  'authenticator-added': ['sessions', 'grants', 'tokens', 'links'],
  'authenticator-removed': ['tokens', 'recovery'],
  'backup-code-renewed': ['sessions', 'rememberedDevices', 'grants', 'tokens', 'links', 'enrolments', 'recovery'],
  'address-changed': ['grants', 'tokens'],
  'recovery-redeemed': ['tokens'],
  'enrolment-forced': ['tokens'],
  'account-disabled': [],
  'signed-out-everywhere': ['tokens', 'links', 'recovery'],
};

const changes = Object.keys(endsAt).filter((change): change is SecurityChange => change in survivors);

for (const change of changes) {
  test(`${change}: what stays is what the rules say`, () => {
    const stays = Object.entries(endsAt[change]).filter(([, fate]) => fate === 'stay');
    assert.deepEqual(
      stays.map(([what]) => what),
      survivors[change],
    );
  });
}

test('the table and the rules know the same changes', () => {
  assert.deepEqual(Object.keys(endsAt).sort(), Object.keys(survivors).sort());
});

test('the epoch rises with everything that changes what the account can be opened with', () => {
  const stays = changes.filter((change) => !raisesEpoch(change));
  assert.deepEqual(stays, ['backup-code-renewed', 'signed-out-everywhere']);
});

test('where the epoch rises, nothing that carries it is said to stay', () => {
  for (const change of changes.filter(raisesEpoch)) {
    const { attempts, rememberedDevices, enrolments } = endsAt[change];
    assert.deepEqual([attempts, rememberedDevices, enrolments], ['end', 'end', 'end'], change);
  }
});

test('no sign-in that is under way survives any change', () => {
  for (const change of changes) assert.equal(endsAt[change].attempts, 'end', change);
});
