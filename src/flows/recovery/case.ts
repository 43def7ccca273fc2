import { createHash } from 'node:crypto';
import { recoveryDelay } from '#core/policy/recovery-delay.ts';
import { asOf, decide, isOpen } from '#core/recovery/decide.ts';
import type { Recovery, RecoveryEvent, RecoveryWorld } from '#core/recovery/state.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { RecoveryCase } from '#store/recovery.ts';
import type { AuditEntry } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import type { Clock, Deps, Origin } from '../deps.ts';
import { type Facts, loadFacts } from '../world.ts';
import { tellOfCase } from './tell.ts';

/** In what one step of a request takes place. `facts`: of the account that is asked for. */
export type CaseScene = {
  deps: Deps;
  tx: Writer;
  facts: Facts;
  row: RecoveryCase;
  origin: Origin;
  now: Temporal.Instant;
  /** Who takes the step: somebody at the desk, or null for whoever holds a link. */
  actor: string | null;
  audit: AuditEntry[];
};

/** One step in one transaction: lock the account, then its request; decide; save; tell the owner; write it down. */
export function stepCase(
  deps: Deps,
  around: { id: string; origin: Origin; actor: string | null },
  work: (scene: CaseScene) => Promise<Refused | null>,
): Promise<Refused | null> {
  return deps.store.transaction(async (tx) => {
    const known = await tx.recovery.byId(around.id);
    // The account always before its request: everybody locks in this order.
    if (!known || !(await tx.accounts.lock(known.account))) return refuse('not-found');
    const row = await tx.recovery.lock(known.id);
    const now = deps.clock.now();
    const facts = row && (await loadFacts(tx, row.account, now));
    if (!row || !facts) return refuse('not-found');
    const scene: CaseScene = { deps, tx, facts, row, origin: around.origin, now, actor: around.actor, audit: [] };
    const refused = await work(scene);
    for (const entry of scene.audit) await tx.audit.append(entry);
    deps.wake();
    return refused;
  });
}

/** Puts one event to the machine and carries out what follows. The row of the scene is changed in place. */
export async function put(scene: CaseScene, event: RecoveryEvent): Promise<Refused | null> {
  const { deps, tx, row, facts, now } = scene;
  const { state, news, refused } = decide(row.state, event, worldOf(row, facts, now, deps.clock.livedMs()));
  const detail = { case: row.id, at: state.at };
  if (refused)
    scene.audit.push(lineOf(scene, `recovery.refused`, { ...detail, event: event.type, refusal: refused.refusal }));
  else scene.audit.push(lineOf(scene, `recovery.${event.type}`, { ...detail, ...worthWriting(event) }));
  if (state === row.state) return refused;
  row.state = state;
  row.claimedAt = event.type === 'claimed' && !refused ? (row.claimedAt ?? now) : row.claimedAt;
  row.endedAt = isOpen(state) ? null : now;
  await tx.recovery.save(row.id, row);
  if (row.endedAt) await tx.outbox.withdraw(`recovery:${row.id}:later:`, now);
  if (news) await tellOfCase(scene, event.type === 'cancelled' && event.by === 'signed-in' ? 'signed-in' : news);
  return refused;
}

/** The hands of the clock that nobody turns back. */
export type Steady = Pick<Clock, 'now' | 'livedMs'>;

/** What a request is now: as stored, and as time has made it. */
export function stateOf(row: RecoveryCase, { policy }: Pick<Facts, 'policy'>, clock: Steady): Recovery {
  return asOf(row.state, { now: clock.now(), livedMs: clock.livedMs(), lives: policy.recoveryCaseLives });
}

export function worldOf(row: RecoveryCase, facts: Facts, now: Temporal.Instant, livedMs: number): RecoveryWorld {
  const { policy } = facts;
  return {
    now,
    livedMs,
    digest: digestOf(row, facts),
    checks: policy.recoveryChecks,
    delay: recoveryDelay(row.state.facts.proofs, policy),
    lives: policy.recoveryCaseLives,
    inPersonOnly: hasDesk(facts),
  };
}

/**
 * Of exactly what is approved: whose account, as it stands now, with every proof and every check. Anything added or
 * changed since (a password that was reset, too) makes it another.
 */
export function digestOf(row: RecoveryCase, { account }: Pick<Facts, 'account'>): string {
  const { id, number, started, state } = row;
  const seen = [id, number, started, account.id, account.securityEpoch, state.facts];
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url');
}

/** Whoever works at a desk or administers, wherever: their account opens the accounts of others. */
export function hasDesk({ memberships }: Pick<Facts, 'memberships'>): boolean {
  return memberships.some(({ role }) => role !== 'member');
}

export function lineOf(
  scene: Pick<CaseScene, 'facts' | 'origin' | 'now' | 'actor'>,
  event: string,
  detail: AuditEntry['detail'],
): AuditEntry {
  return { at: scene.now, event, actor: scene.actor, account: scene.facts.account.id, ...scene.origin, detail };
}

function worthWriting(event: RecoveryEvent): AuditEntry['detail'] {
  switch (event.type) {
    case 'check-recorded':
      return { check: event.check.kind, passed: event.check.passed, seen: event.check.seen };
    case 'approved':
      return { digest: event.digest };
    case 'rejected':
      return { reason: event.reason };
    case 'cancelled':
      return { by: event.by };
    default:
      return {};
  }
}
