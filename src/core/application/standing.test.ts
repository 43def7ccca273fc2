import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence, Level } from '../assurance.ts';
import type { Admission } from './admit.ts';
import { standing } from './standing.ts';

const NOW = Temporal.Instant.from('2026-06-01T08:00:00Z');
const ago = (seconds: number) => NOW.subtract({ seconds });
const proof = (type: 'password' | 'totp', seconds: number): Evidence => ({
  type,
  authenticator: type,
  factors: [type === 'password' ? 'knowledge' : 'possession'],
  phishingResistant: false,
  restricted: false,
  at: ago(seconds),
});
type Wanted = Partial<Admission & { admitted: true }>;

function at(
  wanted: Wanted,
  evidence: Evidence[],
  more: { since?: number; attainable?: Level; remembered?: boolean } = {},
) {
  const admission = { admitted: true, level: 'aal1', freshWithinSeconds: null, proveAgain: false, ...wanted } as const;
  const shown = { evidence, viaRememberedDevice: more.remembered ?? false };
  const found = standing(admission, shown, {
    policy: { restrictedIsSecondStep: false, comfortApprovalIsSecondStep: false },
    attainable: more.attainable ?? 'aal2',
    now: NOW,
    since: more.since === undefined ? null : ago(more.since),
  });
  return found.kind === 'refused' ? found.because : found.kind;
}

const both = [proof('password', 400), proof('totp', 390)];

test('what was shown is enough, or more is asked', () => {
  assert.equal(at({}, [proof('password', 400)]), 'enough');
  assert.equal(at({ level: 'aal2' }, both), 'enough');
  assert.equal(at({ level: 'aal2' }, [proof('password', 1)]), 'prove');
  assert.equal(at({ level: 'aal2' }, both, { remembered: true }), 'prove');
  assert.equal(at({}, []), 'prove');
});

test('freshness counts the proof that gives the level', () => {
  assert.equal(at({ freshWithinSeconds: 390 }, both), 'enough');
  assert.equal(at({ freshWithinSeconds: 389 }, both), 'prove');
  assert.equal(at({ freshWithinSeconds: 300 }, [...both, proof('password', 5)]), 'prove');
  assert.equal(at({ freshWithinSeconds: 0 }, both), 'prove');
  assert.equal(at({ freshWithinSeconds: 300 }, [proof('password', -3600)]), 'prove', 'from the future');
});

test('to prove again is to prove everything after the request began', () => {
  assert.equal(at({ proveAgain: true }, both), 'prove');
  assert.equal(at({ proveAgain: true }, both, { since: 500 }), 'enough');
  assert.equal(at({ proveAgain: true }, both, { since: 395 }), 'prove', 'the code alone is not everything');
});

test('nobody is sent to prove what they cannot', () => {
  assert.equal(at({ level: 'aal2-phr' }, both), 'passkey-needed');
  assert.equal(at({ level: 'aal2-phr' }, both, { attainable: 'aal2-phr' }), 'prove');
});
