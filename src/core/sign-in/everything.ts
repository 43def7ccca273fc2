import type { Evidence } from '../assurance.ts';
import type { Because, Duty } from '../campaign/duty.ts';
import { refuse } from '../refusal.ts';
import type { Walkable } from '../walk.ts';
import { decide, recover } from './decide.ts';
import type { Decision, Demand, SignIn, SignInEffect, SignInEvent, SignInWorld } from './state.ts';

/** All that can happen in a sign-in, in all circumstances: what its tests walk and its drawing is made of. */
export type SignInWalk = Walkable<SignIn, SignInEvent, SignInWorld, Decision<SignIn, SignInEffect>>;

const now = Temporal.Instant.from('2026-06-15T09:00:00Z');
const deadline = Temporal.Instant.from('2026-06-30T22:00:00Z');
const lastDay = Temporal.PlainDate.from('2026-06-30');
const timeZone = 'Europe/Amsterdam';

function proof(type: string, factors: Evidence['factors'], differently: Partial<Evidence> = {}): Evidence {
  return { type, authenticator: type, factors, phishingResistant: false, restricted: false, at: now, ...differently };
}

export const PROOFS = {
  password: proof('password', ['knowledge']),
  totp: proof('totp', ['possession']),
  backupCode: proof('backup-code', ['possession']),
  codeCard: proof('code-card', ['possession']),
  sms: proof('sms', ['possession'], { restricted: true }),
  app: proof('app', ['possession'], { key: 'software' }),
  /** Two digits. */
  appInComfort: proof('app', ['possession'], { key: 'software', comfort: true }),
  passkey: proof('passkey', ['possession', 'inherence'], { phishingResistant: true, key: 'software' }),
  /** Touched by whoever holds it: the device did not check who that is. */
  passkeyTouched: proof('passkey', ['possession'], { phishingResistant: true, key: 'hardware' }),
};

const because: Because = {
  reason: 'campaign',
  organisation: 'bakery',
  organisationName: 'Bakery',
  campaign: 'summer',
  since: now,
};
const invited: Duty & { kind: 'invited' } = {
  kind: 'invited',
  because,
  deadline,
  lastDay,
  timeZone,
  deferralsLeft: 2,
  promptDue: true,
  returnsAfterSignIns: 3,
  returnsAt: deadline,
  lastChance: false,
};
const duties: Duty[] = [
  { kind: 'none', because: 'no-campaign' },
  invited,
  { ...invited, promptDue: false },
  { kind: 'required', because, deadline, lastDay, timeZone, guard: 'mailed-code' },
];

const booleans = [false, true];
const enrolments: [SignInWorld['enrolment'], Duty[]][] = [
  ['none', duties],
  ['without-backup-code', [{ kind: 'none', because: 'enrolled' }]],
  ['without-authenticator', [{ kind: 'none', because: 'enrolled' }]],
  // An invitation to somebody who is enrolled can only be an old one; it must do no harm.
  ['enrolled', [{ kind: 'none', because: 'enrolled' }, invited]],
];

export const WORLDS: readonly SignInWorld[] = enrolments.flatMap(([enrolment, asked]) =>
  asked.flatMap((duty) => {
    const canHavePhone = enrolment === 'enrolled' || enrolment === 'without-backup-code';
    const world = { now, accountActive: true, enrolment, duty, hasPhone: canHavePhone, attemptFailures: 3 };
    const active = booleans.flatMap((deviceRemembered) =>
      booleans.flatMap((restrictedIsSecondStep) =>
        booleans.map((mayRemember) => {
          // What one organisation says of text messages, another says of short numbers: the two are told apart below.
          const comfortApprovalIsSecondStep = !restrictedIsSecondStep;
          return { ...world, deviceRemembered, restrictedIsSecondStep, comfortApprovalIsSecondStep, mayRemember };
        }),
      ),
    );
    const withoutPhone = canHavePhone ? active.slice(-1).map((one) => ({ ...one, hasPhone: false })) : [];
    return [...active, ...withoutPhone, ...active.slice(-1).map((one) => ({ ...one, accountActive: false }))];
  }),
);

export const EVENTS: readonly SignInEvent[] = [
  ...Object.values(PROOFS).map((evidence) => ({ type: 'proved', evidence, remember: false }) as const),
  { type: 'proved', evidence: PROOFS.password, remember: true },
  { type: 'proved', evidence: PROOFS.totp, remember: true },
  { type: 'proved', evidence: PROOFS.passkey, remember: true },
  { type: 'disproved', refused: refuse('code-wrong') },
  { type: 'limited' },
  { type: 'deferred' },
  { type: 'accepted' },
  { type: 'reconsidered' },
  { type: 'told-about-phone', phone: 'here' },
  { type: 'told-about-phone', phone: 'new' },
  { type: 'told-about-phone', phone: 'lost' },
  { type: 'enrolled', evidence: [PROOFS.totp] },
  { type: 'enrolled', evidence: [] },
];

export const DEMANDS: readonly Demand[] = (['sign-in', 'step-up'] as const)
  .flatMap((entrance) =>
    (['aal1', 'aal2', 'aal2-phr'] as const).flatMap((level) =>
      ([null, 'first', 'backup-code'] as const).map((course): Demand => ({ entrance, level, course })),
    ),
  )
  .concat({ entrance: 'step-up', level: 'aal2', course: null, withoutText: true });

export function signIns(demands: readonly Demand[] = DEMANDS): SignInWalk {
  return {
    starts: [
      ...demands.map((demand) => ({ at: 'identifying', demand }) as const),
      ...WORLDS.slice(0, 1).map((world) => recover(PROOFS.password, world).state),
    ],
    events: EVENTS,
    worlds: WORLDS,
    decide,
    key,
  };
}

/** Everything that later steps can depend on. Giving the same proof twice adds nothing, so one is enough. */
export function key(state: SignIn): string {
  switch (state.at) {
    case 'complete':
    case 'refused':
      return state.at;
    case 'identifying':
      return `${state.at} ${keyOf(state.demand)}`;
    case 'verifying':
    case 'inviting':
      return `${state.at} ${keyOf(state.demand)} ${typesOf(state.evidence)} ${state.goal} ${state.failures}`;
    case 'asking-about-phone':
      return `${state.at} ${keyOf(state.demand)} ${typesOf(state.evidence)} ${state.remember} ${state.failures}`;
    case 'enrolling':
      return `${state.at} ${keyOf(state.demand)} ${typesOf(state.evidence)} ${state.optional} ${state.because}`;
  }
}

function keyOf({ entrance, level, course, withoutText }: Demand): string {
  return `${entrance}/${level}/${course}${withoutText ? '/without text' : ''}`;
}

function typesOf(evidence: readonly Evidence[]): string {
  return [
    ...new Set(
      evidence.map(({ type, factors, comfort }) => `${type}${factors.length > 1 ? '!' : ''}${comfort ? '~' : ''}`),
    ),
  ]
    .sort()
    .join('+');
}
