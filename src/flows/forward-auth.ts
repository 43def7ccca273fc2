import {
  type Asks,
  asksOf,
  levelToProve,
  provedUntil,
  type Rulebook,
  rulebook,
  rulesFor,
} from '#core/application/rule.ts';
import type { Secret } from '#core/secret.ts';
import type { Reader } from '#store/store.ts';
import type { Advanced, Browser } from './advance.ts';
import { attainableFor } from './applications.ts';
import type { Deps, Origin } from './deps.ts';
import { stepUp, type Who } from './session.ts';
import { type Presence, presenceOf } from './presence.ts';
import { hashToken, newToken } from './token.ts';
import { loadFacts } from './world.ts';

/** How long a ticket to a host may take to get there. */
const TICKET_LIVES = Temporal.Duration.from({ seconds: 60 });

/** The rules of all applications behind reverse proxies. */
export async function loadRulebook(read: Reader): Promise<Rulebook> {
  const applications = (await read.applications.all()).filter((one) => one.kind === 'forward-auth');
  return rulebook(
    applications.flatMap((application) =>
      'rules' in application.settings ? application.settings.rules.map((rule) => ({ ...rule, application })) : [],
    ),
  );
}

/** A place at the host of an application. */
export type Place = { host: string; path: string };

/** What a person has to do to get to a place; `application` is its name, for the page that says so. */
export type Passage =
  | { to: 'nowhere' }
  | { to: 'refused'; application: string; because: 'application-disabled' | 'not-for-you' | 'passkey-needed' }
  | { to: 'proof'; application: string; twoSteps: boolean; freshWithinSeconds: number | null }
  | { to: 'place'; application: string };

export async function passageTo(deps: Deps, who: Who | null, { host, path }: Place): Promise<Passage> {
  const read = deps.store.read;
  const now = deps.clock.now();
  const rules = rulesFor(await loadRulebook(read), host, path);
  const application = rules.map((rule) => rule.application.name).find((name) => name !== '') ?? host;
  if (rules.length === 0) return { to: 'nowhere' };
  if (!who) return { to: 'proof', application, twoSteps: false, freshWithinSeconds: null };
  const { presence } = await presenceOf(read, who.session.id, now);
  const asks = asksOf(rules, presence?.belongings ?? []);
  if (asks.entry === 'closed') return { to: 'refused', application, because: asks.because };
  if (asks.entry === 'open' || (presence && meets(asks, presence, now))) return { to: 'place', application };
  // Nobody is sent to prove what they cannot.
  const facts = asks.level === 'aal2-phr' ? await loadFacts(read, who.session.account, now) : null;
  if (facts && attainableFor(deps, facts) !== asks.level)
    return { to: 'refused', application, because: 'passkey-needed' };
  return { to: 'proof', application, twoSteps: asks.level !== 'aal1', freshWithinSeconds: asks.freshWithinSeconds };
}

/** Whether a host is one of ours to look after: nobody is ever sent to another. */
export async function isKnownHost(deps: Deps, host: string): Promise<boolean> {
  return (await loadRulebook(deps.store.read)).has(host);
}

/** Begins to raise the session to what a place asks. */
export async function proveFor(
  deps: Deps,
  browser: Browser,
  who: Who,
  place: Place,
  returnTo: string,
): Promise<Advanced | null> {
  const now = deps.clock.now();
  const rules = rulesFor(await loadRulebook(deps.store.read), place.host, place.path);
  const { presence } = await presenceOf(deps.store.read, who.session.id, now);
  const asks = asksOf(rules, presence?.belongings ?? []);
  if (asks.entry !== 'to-prove') return null;
  const level = levelToProve(asks, presence?.hasSecondStep ?? false);
  const { freshWithinSeconds } = asks;
  return stepUp(deps, browser, who, {
    demand: { entrance: 'step-up', level, course: null },
    returnTo,
    startOver: false,
    ...(freshWithinSeconds !== null && { freshWithin: Temporal.Duration.from({ seconds: freshWithinSeconds }) }),
  });
}

/** A one-time ticket to a host, for the browser that holds the nonce; null when the session ended meanwhile. */
export function issueTicket(
  deps: Deps,
  who: Who,
  { host, path, nonceHash }: Place & { nonceHash: Uint8Array },
): Promise<Secret | null> {
  const { token, tokenHash } = newToken();
  return deps.store.transaction(async (tx) => {
    const { account, sid, id } = who.session;
    const now = deps.clock.now();
    if (!(await tx.sessions.of(account)).some((one) => one.id === id)) return null;
    const expiresAt = now.add(TICKET_LIVES);
    await tx.forwardAuth.issue({ tokenHash, account, sid, host, path, nonceHash, createdAt: now, expiresAt });
    return token;
  });
}

/**
 * Turns a ticket into a session at its host: one conditional write, one winner. Null for everybody else: another host,
 * another browser, a second time, too late, or a session that has ended.
 */
export function redeemTicket(
  deps: Deps,
  origin: Origin,
  given: { ticket: string; nonce: string; host: string; replaces: string | null },
): Promise<{ token: Secret; path: string } | null> {
  const { token, tokenHash } = newToken();
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const { host } = given;
    const ticket = await tx.forwardAuth.redeem(
      { tokenHash: hashToken(given.ticket), nonceHash: hashToken(given.nonce), host },
      now,
    );
    const session = ticket && (await tx.sessions.of(ticket.account)).find((one) => one.sid === ticket.sid);
    if (!ticket || !session) return null;
    const { account, sid, path } = ticket;
    if (given.replaces) await tx.forwardAuth.end(hashToken(given.replaces));
    await tx.forwardAuth.open({ tokenHash, account, sid, host, createdAt: now, expiresAt: session.expiresAt });
    await tx.audit.append({
      at: now,
      event: 'application.opened',
      actor: account,
      account,
      ...origin,
      detail: { host },
    });
    return { token, path };
  });
}

export function meets(asks: Asks & { entry: 'to-prove' }, presence: Presence, now: Temporal.Instant): boolean {
  return goodUntil(asks, presence, now) !== 'never';
}

/** Until when this presence is enough; null for as long as nothing else changes. */
export function goodUntil(asks: Asks & { entry: 'to-prove' }, presence: Presence, now: Temporal.Instant) {
  if (!presence.assertion) return 'never';
  return provedUntil(asks, presence.evidence, presence.policy, now, presence.hasSecondStep);
}
