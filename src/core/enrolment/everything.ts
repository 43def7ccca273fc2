import type { Evidence } from '../assurance.ts';
import type { Decision } from '../sign-in/state.ts';
import type { Walkable } from '../walk.ts';
import { begin, decide } from './decide.ts';
import type { Course, Enrolment, EnrolmentEffect, EnrolmentEvent, EnrolmentWorld } from './state.ts';

/** All that can happen in the wizard, in all circumstances: what its tests walk and its drawing is made of. */
export type EnrolmentWalk = Walkable<Enrolment, EnrolmentEvent, EnrolmentWorld, Decision<Enrolment, EnrolmentEffect>>;

const now = Temporal.Instant.from('2026-06-15T09:00:00Z');

const firstCode: Evidence = {
  type: 'totp',
  authenticator: 'new',
  factors: ['possession'],
  phishingResistant: false,
  restricted: false,
  at: now,
};

/** Two factors at once. */
const passkey: Evidence = {
  ...firstCode,
  type: 'passkey',
  factors: ['possession', 'inherence'],
  phishingResistant: true,
  key: 'hardware',
};

export const EVENTS: readonly EnrolmentEvent[] = [
  { type: 'guard-passed' },
  { type: 'chosen', authenticator: 'totp' },
  { type: 'chosen', authenticator: 'passkey' },
  { type: 'chosen', authenticator: 'carrier-pigeon' },
  { type: 'scanned' },
  { type: 'back' },
  { type: 'proved', evidence: firstCode },
  { type: 'proved', evidence: passkey },
  { type: 'sms-sent' },
  { type: 'sms-proved' },
  { type: 'sms-skipped' },
  { type: 'code-kept' },
  { type: 'left' },
];

const booleans = [false, true];

const oneStep = ['passkey'];

export const WORLDS: readonly EnrolmentWorld[] = [['totp'], ['totp', 'passkey'], ['passkey']].flatMap((offered) =>
  booleans.flatMap((smsOffered) =>
    booleans.map((hasBackupCode) => ({ now, offered, oneStep, smsOffered, hasBackupCode })),
  ),
);

export const BEGINNINGS = (['first', 'move', 'backup-code'] satisfies Course[]).flatMap((course) =>
  booleans.map((guarded) => ({ course, guarded, ...begin(course, guarded) })),
);

export function enrolments(): EnrolmentWalk {
  return { starts: BEGINNINGS.map(({ state }) => state), events: EVENTS, worlds: WORLDS, decide, key };
}

/** Everything that later steps can depend on. */
export function key(state: Enrolment): string {
  return Object.entries(state)
    .map(([name, value]) => (name === 'evidence' ? '' : String(value)))
    .join(' ');
}
