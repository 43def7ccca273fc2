import type { Evidence } from '#core/assurance.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Approval, Attempt } from '#store/rows.ts';
import { type Advanced, advance, type Browser } from '../advance.ts';
import type { Deps } from '../deps.ts';
import type { Scene } from '../scene.ts';
import { isAlive, isWaiting } from './request.ts';

/** The browser that asked goes on: what a phone has approved is spent here, once, and nowhere else. */
export async function claimApproval(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  input: { remember: boolean },
): Promise<Advanced> {
  const stay = (refused: Refused): Advanced => ({ state: attempt.state, keep: {}, refused });
  if (attempt.state.at !== 'verifying') return stay(refuse('out-of-order'));
  const before = await deps.store.read.approvals.latest(attempt.id);
  const refused = notYet(before, deps.clock.now());
  if (refused) return stay(refused);
  return advance(deps, attempt, browser, async (scene) => {
    const approval = await scene.tx.approvals.latest(attempt.id);
    const bound = scene.facts.authenticators.find((one) => one.id === approval?.answeredBy && isAlive(one));
    const evidence = bound && approval?.purpose === 'verify' && (await spend(scene, approval, bound.id));
    if (!bound || !evidence) return { type: 'disproved', refused: refuse('approval-over') };
    await scene.tx.authenticators.noteUse(bound.id, true, scene.now);
    return { type: 'proved', evidence, remember: input.remember };
  });
}

/** Spends it. Null: it is too old, or was spent before. */
export async function spend(scene: Scene, approval: Approval, authenticator: string): Promise<Evidence | null> {
  const { tx, deps, facts, now } = scene;
  const isOurs = await tx.approvals.claim(approval.id, now.subtract(facts.policy.approvalLives), now);
  return isOurs ? deps.types.app.evidence(authenticator, approval.number.reveal().length, now) : null;
}

/** Why there is nothing to go on with; null where there is. */
export function notYet(approval: Approval | null, now: Temporal.Instant): Refused | null {
  if (!approval) return refuse('approval-expired');
  if (isWaiting(approval, now)) return refuse('approval-waiting');
  switch (approval.answer) {
    case 'approved':
      return approval.claimedAt ? refuse('approval-over') : null;
    case 'denied':
      return refuse('approval-denied');
    case 'wrong':
      return refuse('approval-number-wrong');
    case 'superseded':
      return refuse('approval-elsewhere');
    case null:
      return refuse('approval-expired');
  }
  return approval.answer satisfies never;
}
