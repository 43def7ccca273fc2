import { randomUUID } from 'node:crypto';
import { type NoticeKind, queueNotice } from '#outbox/queue.ts';
import type { Scene } from './perform.ts';
import { newToken } from './token.ts';

/** A link by which the owner says that it was somebody else stays good for a week: people read mail late. */
const NOT_ME_LIVES = Temporal.Duration.from({ hours: 7 * 24 });

/** Tells the owner of a change at every confirmed address, with a link that says "This wasn't me". */
export async function tellOwner(
  scene: Pick<Scene, 'tx' | 'facts' | 'deps' | 'origin' | 'now'>,
  kind: NoticeKind,
  values: Record<string, string> = {},
): Promise<void> {
  const { tx, facts, deps, origin, now } = scene;
  const { account } = facts;
  const confirmed = (await tx.accounts.addresses(account.id)).filter((one) => one.confirmedAt);
  const { token, tokenHash } = newToken();
  await tx.links.create({
    id: randomUUID(),
    tokenHash,
    kind: 'not-me',
    account: account.id,
    securityEpoch: account.securityEpoch,
    subject: kind,
    createdAt: now,
    expiresAt: now.add(NOT_ME_LIVES),
    consumedAt: null,
  });
  const organisation = facts.memberships[0]?.organisation;
  await queueNotice(tx, {
    account: account.id,
    name: account.name,
    addresses: confirmed.map((one) => one.address),
    kind,
    values: { ...values, userAgent: origin.userAgent, address: origin.address },
    organisation: organisation?.name ?? 'Nachtslot',
    timeZone: organisation?.timeZone ?? 'UTC',
    language: account.language,
    now,
    wasntMeLink: new URL(`/not-me/${token.reveal()}`, deps.publicUrl).href,
  });
  deps.wake();
}
