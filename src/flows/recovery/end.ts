import { isOpen } from '#core/recovery/decide.ts';
import type { CancelledBy } from '#core/recovery/state.ts';
import type { ChangeScene } from '../security-change.ts';
import { put, stateOf } from './case.ts';

type Around = Pick<ChangeScene, 'deps' | 'tx' | 'facts' | 'origin' | 'now' | 'audit'>;

/**
 * A request that is open while its account is opened with two steps, or changed, was not needed any more. The owner
 * reads so, and learns in passing that somebody had asked.
 */
export async function endRequest(scene: Around, by: CancelledBy): Promise<void> {
  const open = await scene.tx.recovery.openOf(scene.facts.account.id);
  const row = open && (await scene.tx.recovery.lock(open.id));
  if (row) await put({ ...scene, row, actor: scene.facts.account.id }, { type: 'cancelled', by });
}

/** The wizard that a pass opened has proved its authenticator: the request is done. */
export async function redeemRequest(scene: Around): Promise<void> {
  const open = await scene.tx.recovery.openOf(scene.facts.account.id);
  const row = open && (await scene.tx.recovery.lock(open.id));
  if (!row) throw new Error('a wizard was opened by a pass, and there is no request');
  const refused = await put({ ...scene, row, actor: scene.facts.account.id }, { type: 'redeemed' });
  if (refused) throw new Error(`a request that is ${row.state.at} cannot be redeemed`);
  await scene.tx.accounts.setRecovered(scene.facts.account.id, scene.now);
}

/** Whether the wizard that a pass opened may still bind: the owner may have stopped the request meanwhile. */
export async function mayStillBind(scene: Around, wizardSince: Temporal.Instant): Promise<boolean> {
  const { deps, tx, facts } = scene;
  const open = await tx.recovery.openOf(facts.account.id);
  if (open) {
    const state = stateOf(open, facts, deps.clock);
    return isOpen(state) && state.at === 'ready';
  }
  const last = await tx.recovery.lastEndedOf(facts.account.id);
  const isOwn = last?.endedAt && Temporal.Instant.compare(last.endedAt, wizardSince) >= 0;
  return last?.state.at === 'redeemed' && isOwn === true;
}
