import { queuePush } from '#outbox/queue.ts';
import type { Scene } from '../scene.ts';

/** Tells every phone that may answer, and wants to be told. Written with the request; nobody waits for it. */
export async function notifyPhones(
  { tx, deps, facts, now }: Scene,
  mayAnswer: readonly string[],
  request: { id: string; expiresAt: Temporal.Instant },
): Promise<void> {
  if (!deps.push) return;
  const { id, expiresAt } = request;
  const account = facts.account.id;
  const willing = (await tx.pairings.withPush(account)).filter((one) => mayAnswer.includes(one));
  for (const device of willing) await queuePush(tx, { account, device, request: id, now, expiresAt });
  if (willing.length > 0) deps.wake();
}
