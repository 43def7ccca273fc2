import { randomUUID } from 'node:crypto';
import type { Authenticator } from '#core/authenticator.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { Secret } from '#core/secret.ts';
import type { Approval, Attempt } from '#store/rows.ts';
import { type Advanced, type Browser, inScene } from '../advance.ts';
import { budgetKey, chargeWithin } from '../budget.ts';
import type { Deps } from '../deps.ts';
import { auditEntry, type Scene } from '../scene.ts';
import { notifyPhones } from './notify.ts';

/** *Send a request*: one at a time, so many in ten minutes and a day, and none while the owner keeps saying no. */
export function requestApproval(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  /** The name of the application the person is going to, or empty. */
  application: string,
): Promise<Advanced> {
  return inScene(deps, attempt, browser, async (scene) => {
    const { tx, facts, now } = scene;
    const stay = (refused: Refused | null): Advanced => ({ state: scene.attempt.state, keep: {}, refused });
    if (scene.attempt.state.at !== 'verifying') return stay(refuse('out-of-order'));
    if (!facts.authenticators.some(isAlive)) return stay(refuse('method-not-available'));
    const last = await tx.approvals.latest(attempt.id);
    // Pressed twice: the request that waits is the one.
    if (last && isWaiting(last, now)) return stay(null);
    if (last?.answer === 'denied') return stay(refuse('approval-denied'));
    if (await isResting(scene)) return stay(refuse('approval-resting'));
    const refused = await ask(scene, {
      purpose: 'verify',
      device: null,
      digits: Number(facts.policy.approvalDigits),
      application,
      budget: budgetKey.approvals(facts.account.id),
    });
    return stay(refused);
  });
}

/** Puts the question. Paid for in the transaction that asks: fifty at once ask once. */
export async function ask(
  scene: Scene,
  what: Pick<Approval, 'purpose' | 'device' | 'application'> & { digits: number; budget: string },
): Promise<Refused | null> {
  const { tx, deps, facts, attempt, now } = scene;
  const { digits, budget, ...its } = what;
  const charged = await chargeWithin(tx, budget, facts.policy.approvalBudget, now);
  if (!charged.allowed) return refuse('approval-budget-spent', { retryAt: charged.retryAt });
  const id = randomUUID();
  const expiresAt = now.add(facts.policy.approvalLives);
  await tx.approvals.create({
    ...its,
    id,
    account: facts.account.id,
    holder: attempt.id,
    number: new Secret(deps.types.app.number(digits)),
    organisation: facts.memberships[0]?.organisation.name ?? 'Nachtslot',
    userAgent: scene.origin.userAgent,
    address: scene.origin.address,
    createdAt: now,
    expiresAt,
  });
  const mayAnswer = its.device === null ? facts.authenticators.filter(isAlive).map((one) => one.id) : [its.device];
  await notifyPhones(scene, mayAnswer, { id, expiresAt });
  scene.audit.push(auditEntry(scene, 'approval.asked', { purpose: what.purpose }));
  return null;
}

export function isWaiting({ answer, expiresAt }: Approval, now: Temporal.Instant): boolean {
  return answer === null && Temporal.Instant.compare(expiresAt, now) > 0;
}

/** A phone that may approve. */
export function isAlive(one: Authenticator): boolean {
  return one.type === 'app' && one.disabledAt === null;
}

/**
 * After so many denials nothing is asked until another authenticator was used: whoever has the password could otherwise
 * ask until somebody gives in.
 */
async function isResting({ tx, facts }: Scene): Promise<boolean> {
  const others = facts.authenticators.filter(({ type }) => type !== 'app' && type !== 'password');
  const since = others
    .map(({ boundAt, lastUsedAt }) => lastUsedAt ?? boundAt)
    .reduce((one, other) => (Temporal.Instant.compare(one, other) > 0 ? one : other), facts.account.createdAt);
  return (await tx.approvals.denials(facts.account.id, since)) >= facts.policy.approvalDenials;
}
