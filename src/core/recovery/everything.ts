import type { Walkable } from '../walk.ts';
import { decide, open } from './decide.ts';
import type { CheckKind, Recovery, RecoveryDecision, RecoveryEvent, RecoveryWorld } from './state.ts';

/** All that can happen to a request, in all circumstances: what its tests walk and its drawing is made of. */
export type RecoveryWalk = Walkable<Recovery, RecoveryEvent, RecoveryWorld, RecoveryDecision>;

export const FRIDAY = Temporal.Instant.from('2026-06-12T09:00:00Z');
const LIVES = Temporal.Duration.from({ hours: 14 * 24 });
export const WANTED: readonly CheckKind[] = ['same-number', 'called-back'];

export const EVENTS: readonly RecoveryEvent[] = [
  { type: 'mailbox-confirmed' },
  { type: 'password-proved' },
  { type: 'vouched', by: 'hilda' },
  { type: 'vouched', by: 'victor' },
  { type: 'claimed', by: 'arthur' },
  { type: 'claimed', by: 'saskia' },
  ...WANTED.flatMap((kind) =>
    [true, false].map(
      (passed): RecoveryEvent => ({ type: 'check-recorded', check: { kind, passed, seen: 'x', by: 'arthur' } }),
    ),
  ),
  { type: 'approved', by: 'arthur', digest: 'seen' },
  { type: 'approved', by: 'saskia', digest: 'seen' },
  { type: 'approved', by: 'saskia', digest: 'an older page' },
  { type: 'rejected', by: 'arthur', reason: 'x' },
  { type: 'cancelled', by: 'link' },
  { type: 'redeemed' },
];

/** On the day, a day later, and when everything is long over; for everybody, and for administrators. */
export const WORLDS: readonly RecoveryWorld[] = [0, 23, 48, 15 * 24].flatMap((hours) =>
  [false, true].map((inPersonOnly) => ({
    now: FRIDAY.add({ hours }),
    digest: 'seen',
    checks: WANTED,
    delay: Temporal.Duration.from({ hours: 24 }),
    livedMs: hours * 3_600_000,
    lives: LIVES,
    inPersonOnly,
  })),
);

/** The walk does not depend on the delay of a policy, so one is enough; who was seen by two people waits for nothing. */
export function recoveries(): RecoveryWalk {
  return {
    starts: [open([], FRIDAY), open([{ kind: 'password', at: FRIDAY }], FRIDAY)],
    events: EVENTS,
    worlds: WORLDS,
    decide: (state, event, world) => decide(state, event, delayed(state, world)),
    key,
  };
}

function delayed({ facts }: Recovery, world: RecoveryWorld): RecoveryWorld {
  const seen = new Set(facts.proofs.flatMap((one) => (one.kind === 'vouched' ? [one.by] : [])));
  return seen.size >= 2 ? { ...world, delay: Temporal.Duration.from({ hours: 0 }) } : world;
}

/** Everything that later steps can depend on: of checks, the newest of each kind. */
export function key(state: Recovery): string {
  const { proofs, checks } = state.facts;
  const proved = proofs.map((one) => (one.kind === 'vouched' ? one.by : one.kind)).sort();
  const seen = WANTED.map((kind) => checks.findLast((one) => one.kind === kind)?.passed ?? '-');
  const rest = [
    'agent' in state ? state.agent : '',
    'first' in state ? state.first.by : '',
    'readyAt' in state ? state.readyAt.toString() : '',
  ];
  return [state.at, proved.join('+'), seen.join('/'), ...rest].join(' ');
}
