import { randomUUID } from 'node:crypto';
import type { RecoveryCase } from '#store/recovery.ts';
import type { Link, LinkKind } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import type { Deps } from '../deps.ts';
import { hashToken, newToken } from '../token.ts';

export type RecoveryLink = Extract<LinkKind, `recovery-${string}`>;

const PATHS: Record<RecoveryLink, string> = {
  'recovery-page': 'recovery',
  'recovery-mailbox': 'recovery-mailbox',
  'recovery-cancel': 'recovery-cancel',
  'recovery-pass': 'recovery-pass',
};

/** The page of a request can be read for a while after its end: people want to know what became of it. */
const READABLE_AFTER = Temporal.Duration.from({ hours: 7 * 24 });
const MAILBOX_LIVES = Temporal.Duration.from({ hours: 24 });

type Around = {
  deps: Pick<Deps, 'publicUrl'>;
  tx: Pick<Writer, 'links'>;
  facts: { account: { id: string; securityEpoch: number }; policy: Lives };
  row: Pick<RecoveryCase, 'id' | 'openedAt'>;
  now: Temporal.Instant;
};
type Lives = { recoveryCaseLives: Temporal.Duration; recoveryPassLives: Temporal.Duration };

/** Makes a link about a request; its address is all there is of the token. */
export async function linkOf({ deps, tx, facts, row, now }: Around, kind: RecoveryLink): Promise<string> {
  const { token, tokenHash } = newToken();
  await tx.links.create({
    id: randomUUID(),
    tokenHash,
    kind,
    account: facts.account.id,
    securityEpoch: facts.account.securityEpoch,
    subject: row.id,
    createdAt: now,
    expiresAt: endOf(kind, row.openedAt, facts.policy, now),
    consumedAt: null,
  });
  return new URL(`/${PATHS[kind]}/${token.reveal()}`, deps.publicUrl).href;
}

function endOf(kind: RecoveryLink, openedAt: Temporal.Instant, policy: Lives, now: Temporal.Instant): Temporal.Instant {
  switch (kind) {
    case 'recovery-page':
      return openedAt.add(policy.recoveryCaseLives).add(READABLE_AFTER);
    case 'recovery-cancel':
      return openedAt.add(policy.recoveryCaseLives);
    case 'recovery-mailbox':
      return now.add(MAILBOX_LIVES);
    case 'recovery-pass':
      return now.add(policy.recoveryPassLives);
  }
}

/** The link while it can be used, with its request. Looking spends nothing: mail scanners look too. */
export async function usable(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  token: string,
  kind: RecoveryLink,
): Promise<{ link: Link; row: RecoveryCase } | null> {
  const link = await store.read.links.byToken(hashToken(token));
  if (!link || link.kind !== kind || link.consumedAt) return null;
  if (Temporal.Instant.compare(link.expiresAt, clock.now()) <= 0) return null;
  const row = await store.read.recovery.byId(link.subject);
  return row && { link, row };
}
