import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { newToken } from '#flows/token.ts';
import { queueMail } from '#outbox/queue.ts';
import type { Account, AuditEntry, Organisation, Role } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';

export type Invitation = {
  name: string;
  address: string;
  language: 'en' | 'nl';
  role: Role;
  organisation: Organisation;
  publicUrl: URL;
  now: Temporal.Instant;
};

/** Where an audit line comes from that nobody's browser caused. */
export const COMMAND_LINE = { address: '', userAgent: '', request: 'command-line' };

/** The line of the audit for a command: nobody who is signed in did it. `account`: to whom it happened. */
export async function writeDown(
  tx: Writer,
  line: { at: Temporal.Instant; event: string; account?: string; detail: AuditEntry['detail'] },
): Promise<void> {
  await tx.audit.append({ actor: null, account: null, ...COMMAND_LINE, ...line });
}

/**
 * Makes an account without a password. The owner chooses one by the link that is answered here and mailed: who types
 * this command vouches for the address, and knows no password of anybody.
 */
export async function invite(
  tx: Writer,
  invitation: Invitation,
): Promise<{ link: string; expiresAt: Temporal.Instant }> {
  const { name, address, language, role, organisation, now } = invitation;
  const account: Account = {
    id: randomUUID(),
    name,
    language,
    status: 'active',
    securityEpoch: 0,
    firstSignInAt: null,
    createdAt: now,
    recoveredAt: null,
  };
  await tx.accounts.create(account, [{ account: account.id, address, primary: true, confirmedAt: now }]);
  await tx.accounts.join({ account: account.id, organisation: organisation.id, role, joinedAt: now });
  const sent = await sendLink(tx, account, invitation);
  await writeDown(tx, {
    at: now,
    event: 'account.created',
    account: account.id,
    detail: { organisation: organisation.slug, role },
  });
  return sent;
}

async function sendLink(tx: Writer, account: Account, { address, organisation, publicUrl, now }: Invitation) {
  const { token, tokenHash } = newToken();
  const id = randomUUID();
  const expiresAt = now.add(DEFAULT_POLICY.activationLinkLives);
  await tx.links.create({
    id,
    tokenHash,
    kind: 'activate',
    account: account.id,
    securityEpoch: account.securityEpoch,
    subject: '',
    createdAt: now,
    expiresAt,
    consumedAt: null,
  });
  const link = new URL(`/activate/${token.reveal()}`, publicUrl).href;
  await queueMail(tx, {
    account: account.id,
    name: account.name,
    language: account.language,
    organisation: organisation.name,
    timeZone: organisation.timeZone,
    helpContact: organisation.helpContact,
    template: 'activate',
    to: address,
    values: { link },
    idempotencyKey: id,
    now,
    expiresAt,
  });
  return { link, expiresAt };
}
