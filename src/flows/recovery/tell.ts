import { randomUUID } from 'node:crypto';
import { isSettled } from '#core/recovery/proofs.ts';
import { queueRecoveryMail, type RecoveryMail } from '#outbox/queue.ts';
import type { Address } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import { addressee, notMeLink } from '../notice.ts';
import type { CaseScene } from './case.ts';
import { linkOf } from './links.ts';

/** What a mail about a request is made in; `put` has one, and whoever opens a request. */
export type Telling = Pick<CaseScene, 'deps' | 'tx' | 'facts' | 'row' | 'origin' | 'now' | 'actor'>;

/**
 * Tells the owner at every confirmed address, with a link that stops it (NIST SP 800-63B-4 §4.6). The way on goes only to
 * addresses that are known long enough. An approval also queues what is to be said at half-time and at the end.
 */
export async function tellOfCase(scene: Telling, what: RecoveryMail): Promise<void> {
  const { row, now } = scene;
  for (const to of await confirmedOf(scene)) await tellAt(scene, to, what, now);
  if (what !== 'waiting' || row.state.at !== 'waiting') return;
  const { since, readyAt } = row.state;
  const half = since.add({ milliseconds: Math.round(readyAt.since(since).total('milliseconds') / 2) });
  for (const to of await confirmedOf(scene)) {
    await tellAt(scene, to, 'half-time', half);
    await tellAt(scene, to, 'ready', readyAt);
  }
}

/** True when it was queued: what a stranger may cause has its budget. */
export async function tellAt(
  scene: Telling,
  to: Address,
  what: RecoveryMail,
  runAt: Temporal.Instant,
  way: { link: string | null; byStranger: boolean } = { link: null, byStranger: false },
): Promise<boolean> {
  const { tx, facts, row, now } = scene;
  const { state } = row;
  const isLater = Temporal.Instant.compare(runAt, now) > 0;
  const isOver = what === 'cancelled' || what === 'rejected' || what === 'signed-in';
  // What was done in the account itself, from where: whether that was the owner, only the owner knows.
  const isDesk = scene.actor !== null && scene.actor !== facts.account.id;
  const isOurs = isDesk || isLater || what === 'ready';
  const queued = await queueRecoveryMail(tx, {
    ...addressee(facts),
    to: to.address,
    values: {
      what,
      number: row.number,
      at: runAt.toString(),
      address: isOurs ? '' : scene.origin.address,
      userAgent: isOurs ? '' : scene.origin.userAgent,
      link: (await wayOnFrom(scene, to, what)) ?? way.link,
      cancelLink: isOver ? null : await linkOf(scene, 'recovery-cancel'),
      readyAt: state.at === 'waiting' ? state.readyAt.toString() : null,
      reason: what === 'rejected' && state.at === 'rejected' ? state.reason : null,
    },
    byStranger: way.byStranger,
    idempotencyKey: `recovery:${row.id}:${isLater ? 'later:' : ''}${what}:${randomUUID()}`,
    now,
    runAt,
  });
  return queued.queued;
}

async function wayOnFrom(scene: Telling, to: Address, what: RecoveryMail): Promise<string | null> {
  const { facts, now } = scene;
  if (what === 'signed-in') return notMeLink(scene, 'recovery-signed-in');
  const isPage = what === 'ready' && isSettled(to, facts.policy.recoveryContactAge, now);
  return isPage ? linkOf(scene, 'recovery-page') : null;
}

/** The primary one first. */
export async function confirmedOf({ tx, facts }: { tx: Reader; facts: Telling['facts'] }): Promise<Address[]> {
  const all = await tx.accounts.addresses(facts.account.id);
  return all.filter((one) => one.confirmedAt).sort((a, b) => Number(b.primary) - Number(a.primary));
}

export async function settledOf(scene: Pick<Telling, 'tx' | 'facts' | 'now'>): Promise<Address[]> {
  const { facts, now } = scene;
  return (await confirmedOf(scene)).filter((one) => isSettled(one, facts.policy.recoveryContactAge, now));
}
