import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { queueMail } from '#outbox/queue.ts';
import type { Account, Link } from '#store/rows.ts';
import { normaliseAddress, type Writer } from '#store/store.ts';
import type { Browser } from './advance.ts';
import { newPassword, replacePassword } from './account.ts';
import type { Deps } from './deps.ts';
import { addressee } from './notice.ts';
import { applyChange, type ChangeScene } from './security-change.ts';
import { hashToken, newToken } from './token.ts';
import { loadFacts } from './world.ts';

/**
 * *Forgot your password?* Answers the same for every address. It does more for somebody than for nobody: its door answers
 * both at the same moment.
 */
export function forgotPassword(deps: Deps, browser: Browser, address: string): Promise<void> {
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const account = await tx.accounts.byAddress(address);
    const sent = account?.status === 'active' && (await sendResetLink(deps, tx, account, address, now));
    const entry = { at: now, event: 'password.forgotten', actor: null, account: account?.id ?? null };
    await tx.audit.append({ ...entry, ...browser.origin, detail: { sent } });
  });
}

/** False when strangers have caused enough mail to this address; the link sent before then stays good. */
async function sendResetLink(
  deps: Deps,
  tx: Writer,
  account: Account,
  typed: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const known = await tx.accounts.addresses(account.id);
  // To the address on record, not to what was typed: two spellings can be equal to us and not to a mail server.
  const to = known.find((one) => normaliseAddress(one.address) === normaliseAddress(typed));
  if (!to) return false;
  const { token, tokenHash } = newToken();
  const link: Link = {
    id: randomUUID(),
    tokenHash,
    kind: 'reset',
    account: account.id,
    securityEpoch: account.securityEpoch,
    subject: '',
    createdAt: now,
    expiresAt: now.add(DEFAULT_POLICY.resetLinkLives),
    consumedAt: null,
  };
  const { queued } = await queueMail(tx, {
    ...addressee({ account, memberships: await tx.accounts.memberships(account.id) }),
    template: 'reset-password',
    to: to.address,
    values: { link: new URL(`/reset/${token.reveal()}`, deps.publicUrl).href },
    idempotencyKey: link.id,
    now,
    expiresAt: link.expiresAt,
  });
  if (queued) await tx.links.create(link);
  deps.wake();
  return queued;
}

/** The link's row while it can still be used; opening the page spends nothing (mail scanners open links). */
export async function usableLink(deps: Deps, token: string, kind: Link['kind']): Promise<Link | null> {
  const link = await deps.store.read.links.byToken(hashToken(token));
  if (!link || link.kind !== kind || link.consumedAt) return null;
  if (Temporal.Instant.compare(link.expiresAt, deps.clock.now()) <= 0) return null;
  const account = await deps.store.read.accounts.byId(link.account);
  if (account?.status !== 'active') return null;
  // A link to a password is worth what the account was when it was sent; "this wasn't me" answers a later state too.
  if (kind !== 'not-me' && account.securityEpoch !== link.securityEpoch) return null;
  return link;
}

/**
 * Sets a password by a mailed link. It changes the password and nothing else: it gives no session and lowers no
 * requirement, and everything that was open ends.
 */
export async function resetPassword(
  deps: Deps,
  browser: Browser,
  input: { token: string; kind: 'reset' | 'activate'; password: string; repeated: string },
): Promise<Refused | null> {
  const link = await usableLink(deps, input.token, input.kind);
  const facts = link && (await loadFacts(deps.store.read, link.account, deps.clock.now()));
  if (!link || !facts) return refuse('link-invalid');
  const stored = await newPassword(deps, facts, input);
  if ('refusal' in stored) return stored;
  return byLink(deps, browser, link, async (scene) => {
    await replacePassword(scene, stored.secret, 'mail');
    await applyChange(scene, 'password-reset', { kind: 'password-reset', values: {} }, null);
  });
}

/** *This wasn't me*: everything that is signed in ends, and the owner is led to a new password. */
export async function wasntMe(deps: Deps, browser: Browser, token: string): Promise<Refused | null> {
  const link = await usableLink(deps, token, 'not-me');
  if (!link) return refuse('link-invalid');
  return byLink(deps, browser, link, (scene) =>
    applyChange(scene, 'signed-out-everywhere', { kind: 'signed-out-everywhere', values: {} }, null),
  );
}

/** Spends the link and makes the change, in one transaction: of two that come at once, one wins. */
function byLink(
  deps: Deps,
  browser: Browser,
  link: Link,
  work: (scene: ChangeScene) => Promise<void>,
): Promise<Refused | null> {
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const account = await tx.accounts.lock(link.account);
    const isCurrent = link.kind === 'not-me' || account?.securityEpoch === link.securityEpoch;
    const facts = isCurrent && (await tx.links.consume(link.id, now)) ? await loadFacts(tx, link.account, now) : null;
    if (!facts) return refuse('link-invalid');
    const scene: ChangeScene = { deps, tx, facts, attempt: null, origin: browser.origin, now, audit: [] };
    await work(scene);
    for (const entry of scene.audit) await tx.audit.append(entry);
    return null;
  });
}
