import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endsAt } from '#core/policy/ends.ts';
import { speak } from '#words/index.ts';
import { activityLine, isShown } from './activity-line.ts';

const en = speak('en');
const nl = speak('nl');

describe('a line of the audit', () => {
  it('has words in both languages for every change of what opens an account', () => {
    for (const change of Object.keys(endsAt)) {
      const line = { event: `account.${change}`, detail: { type: 'totp', label: 'Work phone' } };
      assert.ok(isShown(line), change);
      assert.notEqual(activityLine(line, en), activityLine(line, nl), change);
    }
  });

  it('says how somebody came in', () => {
    const said = (detail: Record<string, string | boolean>) => activityLine({ event: 'sign-in.complete', detail }, en);
    assert.equal(said({ entrance: 'sign-in', level: 'aal1' }), 'Signed in with the password');
    assert.equal(said({ entrance: 'sign-in', level: 'aal2' }), 'Signed in with two steps');
    assert.equal(said({ entrance: 'sign-in', level: 'aal2-phr' }), 'Signed in with two steps');
    assert.match(said({ entrance: 'sign-in', level: 'aal1', viaRememberedDevice: true }) ?? '', /remembered device/);
    assert.match(said({ entrance: 'step-up', level: 'aal2' }) ?? '', /Confirmed once more/);
  });

  it('names what was added by what tells it from the others', () => {
    const added = (detail: Record<string, string>) =>
      activityLine({ event: 'account.authenticator-added', detail }, en);
    assert.equal(added({ type: 'totp', label: 'Work phone' }), 'Added: Authenticator app “Work phone”');
    assert.equal(added({ lastDigits: '123' }), 'Added: Text messages to the number that ends in 123');
    assert.equal(added({ type: 'some-new-type', label: '' }), 'Added: Second step');
  });

  it('without meaning for a person is left out, and nothing strange breaks the page', () => {
    for (const event of [
      'enrolment.chosen',
      'sign-in.out-of-order',
      'from.a.later.version',
      'constructor',
      '__proto__',
      '',
    ])
      assert.deepEqual([isShown({ event, detail: {} }), activityLine({ event, detail: {} }, en)], [false, null], event);
    for (const event of ['sign-in.complete', 'sign-in.refused', 'account.authenticator-removed', 'sms.sent'])
      assert.ok(activityLine({ event, detail: { level: 7, type: null, lastDigits: true, label: 3 } }, nl), event);
  });
});
