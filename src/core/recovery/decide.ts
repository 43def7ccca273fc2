import { type Refused, refuse } from '../refusal.ts';
import { has, isProved } from './proofs.ts';
import type {
  Approval,
  Check,
  CheckKind,
  OpenRecovery,
  Proof,
  Recovery,
  RecoveryDecision,
  RecoveryEvent,
  RecoveryFacts,
  RecoveryNews,
  RecoveryWaiting,
  RecoveryWorld,
} from './state.ts';

/** Where a request begins: with the password, which was just given, or with nothing. */
export function open(proofs: Proof[], now: Temporal.Instant): Recovery & { at: 'opened' } {
  return { at: 'opened', facts: { openedAt: now, proofs, checks: [] } };
}

/** The operator of the server has seen the owner in person, and there may be nobody else who could: a beginning of its own. */
export function vouchedByOperator(now: Temporal.Instant): Recovery & { at: 'ready' } {
  const proofs: Proof[] = [{ kind: 'vouched', at: now, by: OPERATOR }];
  return { at: 'ready', facts: { openedAt: now, proofs, checks: [] }, approvals: [], since: now };
}

/** Nobody's account. */
const OPERATOR = 'operator';

/** What time alone has made of a request. Stored states are read through this, and nobody has to wake up for them. */
export function asOf(
  state: Recovery,
  { now, livedMs, lives }: Pick<RecoveryWorld, 'now' | 'livedMs' | 'lives'>,
): Recovery {
  if (!isOpen(state)) return state;
  if (isPast(state.facts.openedAt.add(lives), now)) return { at: 'expired', facts: state.facts };
  if (state.at === 'waiting' && isPast(state.readyAt, now) && hasWaited(state, livedMs))
    return { at: 'ready', facts: state.facts, approvals: state.approvals, since: state.since };
  return state;
}

/**
 * One step of a request: synchronous, total, without a clock of its own. What is not listed changes nothing. Who may
 * take a step at all is the question of `who-may.ts`.
 */
export function decide(stored: Recovery, event: RecoveryEvent, world: RecoveryWorld): RecoveryDecision {
  const state = asOf(stored, world);
  if (!isOpen(state)) return refusal(state, refuse('recovery-over'));

  switch (event.type) {
    case 'mailbox-confirmed':
      if (has(state.facts.proofs, 'mailbox')) return step(state, null);
      return proved(state, { kind: 'mailbox', at: world.now }, world);

    case 'password-proved':
      if (has(state.facts.proofs, 'password')) return step(state, null);
      return proved(state, { kind: 'password', at: world.now }, world);

    case 'vouched':
      if (state.facts.proofs.some((one) => one.kind === 'vouched' && one.by === event.by))
        return refusal(state, refuse('vouched-already'));
      return { ...proved(state, { kind: 'vouched', at: world.now, by: event.by }, world), news: 'vouched' };

    case 'claimed':
      // Also out of a colleague's hands: whoever claimed it may have gone home.
      if (state.at !== 'second-proof' && state.at !== 'claimed') return outOfOrder(state);
      return step({ at: 'claimed', facts: state.facts, agent: event.by }, 'claimed');

    case 'check-recorded':
      if (state.at !== 'claimed' && state.at !== 'checked' && state.at !== 'approved') return outOfOrder(state);
      return checked(state, { ...event.check, at: world.now }, world);

    case 'approved':
      if (state.at !== 'checked' && state.at !== 'approved') return outOfOrder(state);
      return approved(state, { by: event.by, digest: event.digest, at: world.now }, world);

    case 'rejected':
      if (state.at === 'opened' || state.at === 'mailbox-confirmed') return outOfOrder(state);
      return step({ at: 'rejected', facts: state.facts, by: event.by, reason: event.reason }, 'rejected');

    case 'cancelled':
      return step({ at: 'cancelled', facts: state.facts, by: event.by }, 'cancelled');

    case 'redeemed':
      if (state.at !== 'ready') return outOfOrder(state);
      return step({ at: 'redeemed', facts: state.facts, approvals: state.approvals }, null);
  }
  event satisfies never;
}

export function isOpen(state: Recovery): state is OpenRecovery {
  return !['redeemed', 'rejected', 'cancelled', 'expired'].includes(state.at);
}

/** Whether everything on the list was seen; the newest word on each counts. */
export function allSeen(checks: readonly Check[], wanted: readonly CheckKind[]): boolean {
  return wanted.every((kind) => checks.findLast((one) => one.kind === kind)?.passed);
}

function proved(state: OpenRecovery, proof: Proof, world: RecoveryWorld): RecoveryDecision {
  const facts = { ...state.facts, proofs: [...state.facts.proofs, proof] };
  // Once approved, what was approved stays what it was: a late proof neither weakens nor hastens it.
  if (state.at === 'waiting' || state.at === 'ready') return outOfOrder(state);
  if (state.at === 'approved') return step({ at: 'checked', facts, agent: state.agent }, null);
  if (state.at !== 'opened' && state.at !== 'mailbox-confirmed') return step({ ...state, facts }, null);
  if (isProved(facts.proofs, world.inPersonOnly)) return step({ at: 'second-proof', facts }, null);
  return step({ at: has(facts.proofs, 'mailbox') ? 'mailbox-confirmed' : 'opened', facts }, null);
}

/** Whatever is recorded after an approval was not in it: the approval falls. */
function checked(state: OpenRecovery & { agent: string }, check: Check, world: RecoveryWorld): RecoveryDecision {
  const facts: RecoveryFacts = { ...state.facts, checks: [...state.facts.checks, check] };
  const isDone = allSeen(facts.checks, world.checks);
  return step({ at: isDone ? 'checked' : 'claimed', facts, agent: state.agent }, isDone ? 'checked' : null);
}

function approved(
  state: OpenRecovery & { at: 'checked' | 'approved' },
  approval: Approval,
  world: RecoveryWorld,
): RecoveryDecision {
  // The page was drawn before something was added: nobody approves what they have not seen.
  if (approval.digest !== world.digest) return refusal(state, refuse('recovery-changed'));
  if (!isProved(state.facts.proofs, world.inPersonOnly)) return refusal(state, refuse('recovery-needs-vouching'));
  if (!allSeen(state.facts.checks, world.checks)) return refusal(state, refuse('recovery-unchecked'));
  if (state.at === 'checked') return step({ ...state, at: 'approved', first: approval }, null);
  // What the first one saw is not what is there now: this approval is the first of two again.
  if (state.first.digest !== world.digest) return step({ ...state, first: approval }, null);
  if (state.first.by === approval.by) return refusal(state, refuse('second-person-needed'));

  const { facts, first } = state;
  const approvals = [first, approval];
  const readyAt = world.now.add(world.delay);
  if (isPast(readyAt, world.now)) return step({ at: 'ready', facts, approvals, since: world.now }, 'ready');
  const since = { since: world.now, sinceLivedMs: world.livedMs };
  return step({ at: 'waiting', facts, approvals, ...since, readyAt }, 'waiting');
}

/** A clock that is set forward makes nobody wait less. */
function hasWaited({ since, readyAt, sinceLivedMs = 0 }: RecoveryWaiting, livedMs: number): boolean {
  return livedMs - sinceLivedMs >= readyAt.since(since).total('milliseconds');
}

function isPast(end: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(end, now) <= 0;
}

function step(state: Recovery, news: RecoveryNews | null): RecoveryDecision {
  return { state, news, refused: null };
}

function outOfOrder(state: Recovery): RecoveryDecision {
  return refusal(state, refuse('out-of-order'));
}

function refusal(state: Recovery, refused: Refused): RecoveryDecision {
  return { state, news: null, refused };
}
