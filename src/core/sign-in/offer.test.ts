import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../assurance.ts';
import type { Authenticator, AuthenticatorType } from '../authenticator.ts';
import { Secret } from '../secret.ts';
import { PROOFS } from './everything.ts';
import { needsUserVerification, offer } from './offer.ts';

const now = Temporal.Instant.from('2026-06-15T09:00:00Z');
const policy = { restrictedIsSecondStep: true, comfortApprovalIsSecondStep: false, approvalDigits: '6' as const };
const RANKS: Record<string, [rank: number, Evidence]> = {
  passkey: [10, PROOFS.passkey],
  totp: [30, PROOFS.totp],
  'backup-code': [50, PROOFS.backupCode],
  password: [90, PROOFS.password],
};

function typeOf(type: string): AuthenticatorType | null {
  const found = RANKS[type];
  if (!found) return null;
  const [rank, { factors, phishingResistant, restricted }] = found;
  const verify = () => Promise.reject(new Error('nothing is checked here'));
  const facts = { guessable: false, sendsCode: false, enrollable: false, rank, verify };
  return { type, factors, phishingResistant, restricted, ...facts };
}

const bound = Object.keys(RANKS).map(
  (type): Authenticator => ({
    id: type,
    account: 'a',
    type,
    label: '',
    secret: new Secret(new Uint8Array(1)),
    hint: '',
    boundAt: now,
    lastUsedAt: null,
    counter: 0,
    failures: 0,
    disabledAt: null,
  }),
);
const offered = (evidence: Evidence[], goal: Parameters<typeof offer>[1], of = bound) =>
  offer(evidence, goal, of, typeOf, policy, now);

test('from nothing the passkey comes first, and the password that begins the longer road is there too', () => {
  assert.deepEqual(offered([], 'aal2'), ['passkey', 'password']);
  assert.deepEqual(offered([], 'aal2-phr'), ['passkey', 'password']);
  assert.deepEqual(
    offered(
      [],
      'aal2',
      bound.filter(({ type }) => type !== 'passkey'),
    ),
    ['password'],
  );
});

test('after the password everything that is enough is offered, best first, and nothing else', () => {
  assert.deepEqual(offered([PROOFS.password], 'aal2'), ['passkey', 'totp', 'backup-code']);
  assert.deepEqual(offered([PROOFS.password], 'aal2-phr'), ['passkey']);
});

test('a passkey has to check its owner where it stands alone, and where nothing was known before', () => {
  assert.equal(needsUserVerification([], 'aal2', policy), true);
  assert.equal(needsUserVerification([], 'aal1', policy), true);
  assert.equal(needsUserVerification([PROOFS.totp], 'aal2', policy), true);
  assert.equal(needsUserVerification([PROOFS.password], 'aal2', policy), false);
  assert.equal(needsUserVerification([PROOFS.password], 'aal2-phr', policy), false);
  assert.equal(needsUserVerification([PROOFS.password, PROOFS.totp], 'aal2-phr', policy), false);
});
