import { randomUUID } from 'node:crypto';
import { type Addressee, type NoticeEvent, queueNotice } from '#outbox/queue.ts';
import type { Scene } from './scene.ts';
import { newToken } from './token.ts';
import type { Facts } from './world.ts';

/** A link by which the owner says that it was somebody else stays good for a week: people read mail late. */
const NOT_ME_LIVES = Temporal.Duration.from({ hours: 7 * 24 });

/** Tells the owner of a change at every confirmed address, with a link that says "This wasn't me". */
export async function tellOwner(
  scene: Pick<Scene, 'tx' | 'facts' | 'deps' | 'origin' | 'now'>,
  event: NoticeEvent,
): Promise<void> {
  const { tx, facts, deps, origin, now } = scene;
  const confirmed = (await tx.accounts.addresses(facts.account.id)).filter((one) => one.confirmedAt);
  const link = await notMeLink(scene, event.kind);
  await queueNotice(tx, {
    ...addressee(facts),
    ...event,
    addresses: confirmed.map((one) => one.address),
    origin,
    now,
    wasntMeLink: hasNothingToEnd(event) ? null : link,
  });
  deps.wake();
}

/** "This wasn't me": ends everything that is open. `subject`: what it was about. */
export async function notMeLink(
  { tx, facts: { account }, deps, now }: Pick<Scene, 'tx' | 'facts' | 'deps' | 'now'>,
  subject: string,
): Promise<string> {
  const { token, tokenHash } = newToken();
  await tx.links.create({
    id: randomUUID(),
    tokenHash,
    kind: 'not-me',
    account: account.id,
    securityEpoch: account.securityEpoch,
    subject,
    createdAt: now,
    expiresAt: now.add(NOT_ME_LIVES),
    consumedAt: null,
  });
  return new URL(`/not-me/${token.reveal()}`, deps.publicUrl).href;
}

/** A closed account has nothing left that its owner could end: only people can help. */
function hasNothingToEnd({ kind }: NoticeEvent): boolean {
  return kind === 'account-frozen';
}

/** Who is written to and in whose name: the person's first organisation, or the server where there is none. */
export function addressee({ account, memberships }: Pick<Facts, 'account' | 'memberships'>): Addressee {
  const organisation = memberships[0]?.organisation;
  return {
    account: account.id,
    name: account.name,
    language: account.language,
    organisation: organisation?.name ?? 'Nachtslot',
    timeZone: organisation?.timeZone ?? 'UTC',
    helpContact: organisation?.helpContact ?? '',
  };
}
