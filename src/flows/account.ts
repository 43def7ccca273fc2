import { randomUUID } from 'node:crypto';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Secret } from '#core/secret.ts';
import type { Account } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import type { Browser } from './advance.ts';
import type { Deps } from './deps.ts';
import { LABEL_MOST_CHARACTERS } from './enrolment.ts';
import { continueSession } from './perform.ts';
import { auditEntry, type Keep } from './scene.ts';
import { applyChange, type ChangeScene } from './security-change.ts';
import type { Who } from './session.ts';
import { type Facts, isMain, loadFacts, withParts } from './world.ts';

/** What came of a change on the account page. */
export type Changed = { refused: Refused | null; keep: Keep };

/** A new password, by somebody who has just proved who they are. Every other session ends; this one goes on. */
export async function changePassword(
  deps: Deps,
  browser: Browser,
  who: Who,
  input: { password: string; repeated: string },
): Promise<Changed> {
  if (!who.isFresh) return no(refuse('fresh-proof-required'));
  const facts = await loadFacts(deps.store.read, who.session.account, deps.clock.now());
  if (!facts) return no(refuse('session-required'));
  const stored = await newPassword(deps, facts, input);
  if ('refusal' in stored) return no(stored);
  return inChange(deps, browser, who, async (scene) => {
    await replacePassword(scene, stored.secret);
    await applyChange(scene, 'password-changed', { kind: 'password-changed', values: {} }, who.session.id);
    return { refused: null, keep: { session: await continueSession(scene, who.session), device: null } };
  });
}

/** Checks a new password against the rules and makes its stored form. Slow; never call it inside a transaction. */
export async function newPassword(
  deps: Deps,
  facts: Facts,
  input: { password: string; repeated: string },
): Promise<{ secret: Secret<Uint8Array> } | Refused> {
  const { policy, account, memberships } = facts;
  if (input.password === '') return refuse('password-missing');
  const minLength = facts.enrolment === 'none' ? policy.passwordMinLengthAlone : policy.passwordMinLengthWithSecondStep;
  const addresses = await deps.store.read.accounts.addresses(account.id);
  const refused = await deps.types.password.acceptable(input.password, {
    minLength,
    maxLength: policy.passwordMaxLength,
    name: account.name,
    addresses: addresses.map((one) => one.address),
    organisations: memberships.map(({ organisation }) => organisation.name),
  });
  if (refused) return refused;
  if (input.password.normalize('NFKC') !== input.repeated.normalize('NFKC')) return refuse('passwords-differ');
  return deps.types.password.toStored(input.password);
}

/** `by` is what it was set with: a mailed link says so, since it proves nothing but a mailbox. */
export async function replacePassword(
  scene: ChangeScene,
  secret: Secret<Uint8Array>,
  by: 'mail' | '' = '',
): Promise<void> {
  const { tx, facts, now } = scene;
  for (const one of facts.authenticators.filter(({ type }) => type === 'password'))
    await tx.authenticators.unbind(one.id, now, 'replaced');
  await tx.authenticators.bind({
    id: randomUUID(),
    account: facts.account.id,
    type: 'password',
    label: '',
    secret,
    hint: '',
    boundAt: now,
    lastUsedAt: null,
    counter: -1,
    failures: 0,
    disabledAt: null,
    boundBy: by,
  });
}

/** Takes a second step away, where no campaign asks for one. Without its app, what is left is taken away with it. */
export function removeAuthenticator(deps: Deps, browser: Browser, who: Who, id: string): Promise<Changed> {
  if (!who.isFresh) return Promise.resolve(no(refuse('fresh-proof-required')));
  return inChange(deps, browser, who, async (scene) => {
    const { tx, facts, now } = scene;
    const one = facts.authenticators.find((bound) => bound.id === id && bound.type !== 'password' && !bound.partOf);
    if (!one || one.type === 'backup-code') return no(refuse('not-found'));
    const isLast = isLastMain(facts, one.id);
    if (await isNeeded(tx, facts, one.id)) return no(refuse('authenticator-required'));
    const going = isLast
      ? facts.authenticators.filter(({ type }) => type !== 'password')
      : withParts(facts.authenticators, [one]);
    for (const each of going) await tx.authenticators.unbind(each.id, now, 'removed');
    const values = { type: one.type, label: one.label };
    await applyChange(scene, 'authenticator-removed', { kind: 'authenticator-unbound', values }, who.session.id);
    return { refused: null, keep: { session: await continueSession(scene, who.session), device: null } };
  });
}

/**
 * The last second step while any of the person's organisations runs a campaign: it cannot be removed. Whoever is
 * enrolled gets no new *later* by removing.
 */
export async function isNeeded(
  read: { campaigns: Pick<Reader['campaigns'], 'of'> },
  facts: Pick<Facts, 'authenticators' | 'memberships'>,
  id: string,
): Promise<boolean> {
  if (!isLastMain(facts, id)) return false;
  const campaigns = await read.campaigns.of(facts.memberships.map(({ organisation }) => organisation.id));
  return campaigns.some((one) => one.status !== 'draft');
}

/** Without this one there is no second step of its own right; what is left of the others goes with it. */
export function isLastMain({ authenticators }: Pick<Facts, 'authenticators'>, id: string): boolean {
  const main = authenticators.filter(isMain);
  return main.length === 1 && main[0]?.id === id;
}

export function renameAuthenticator(
  deps: Deps,
  browser: Browser,
  who: Who,
  input: { id: string; label: string },
): Promise<Changed> {
  if (!who.isFresh) return Promise.resolve(no(refuse('fresh-proof-required')));
  return inChange(deps, browser, who, async (scene) => {
    const label = input.label.normalize('NFC').trim();
    if (label === '' || [...label].length > LABEL_MOST_CHARACTERS)
      return no(refuse('label-too-long', { limit: LABEL_MOST_CHARACTERS }));
    if (!scene.facts.authenticators.some((one) => one.id === input.id && !one.partOf)) return no(refuse('not-found'));
    await scene.tx.authenticators.rename(input.id, label);
    scene.audit.push(auditEntry(scene, 'account.authenticator-renamed'));
    return YES;
  });
}

/** Ends one of the person's other sessions, or this one. */
export function endSession(deps: Deps, browser: Browser, who: Who, id: string): Promise<Changed> {
  return inChange(deps, browser, who, async (scene) => {
    const own = await scene.tx.sessions.of(who.session.account);
    const ended = own.find((one) => one.id === id);
    if (!ended) return no(refuse('not-found'));
    await scene.tx.sessions.end(id);
    await scene.tx.oidc.revokeSession(ended.sid);
    scene.audit.push(auditEntry(scene, 'session.ended'));
    return id === who.session.id ? { refused: null, keep: { session: null } } : YES;
  });
}

export function forgetDevice(deps: Deps, browser: Browser, who: Who, id: string): Promise<Changed> {
  return inChange(deps, browser, who, async (scene) => {
    const own = await scene.tx.devices.of(who.session.account);
    if (!own.some((one) => one.id === id)) return no(refuse('not-found'));
    await scene.tx.devices.end(id);
    scene.audit.push(auditEntry(scene, 'device.forgotten'));
    return YES;
  });
}

/** Everywhere, this browser included. */
export function signOutEverywhere(deps: Deps, browser: Browser, who: Who): Promise<Changed> {
  return inChange(deps, browser, who, async (scene) => {
    await applyChange(scene, 'signed-out-everywhere', { kind: 'signed-out-everywhere', values: {} }, null);
    return { refused: null, keep: { session: null, attempt: null, device: null } };
  });
}

/** This browser. What was begun in this session (an open wizard, a step-up) dies with it. */
export function signOut(deps: Deps, browser: Browser, who: Who): Promise<Changed> {
  return inChange(deps, browser, who, async (scene) => {
    await scene.tx.sessions.end(who.session.id);
    await scene.tx.oidc.revokeSession(who.session.sid);
    scene.audit.push(auditEntry(scene, 'session.signed-out'));
    return { refused: null, keep: { session: null, attempt: null } };
  });
}

export async function chooseLanguage(deps: Deps, account: string, language: Account['language']): Promise<void> {
  await deps.store.transaction((tx) => tx.accounts.setLanguage(account, language));
}

const YES: Changed = { refused: null, keep: {} };

export function no(refused: Refused): Changed {
  return { refused, keep: {} };
}

/** One change in one transaction. The session must still be alive in it: it may have been ended from elsewhere. */
export async function inChange(
  deps: Deps,
  browser: Browser,
  who: Who,
  work: (scene: ChangeScene) => Promise<Changed>,
): Promise<Changed> {
  const changed = await deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    await tx.accounts.lock(who.session.account);
    const facts = await loadFacts(tx, who.session.account, now);
    const sessions = await tx.sessions.of(who.session.account);
    if (!facts || !sessions.some((one) => one.id === who.session.id)) return no(refuse('session-required'));
    const scene: ChangeScene = { deps, tx, facts, attempt: null, origin: browser.origin, now, audit: [] };
    const changed = await work(scene);
    for (const entry of scene.audit) await tx.audit.append(entry);
    return changed;
  });
  // Sessions may have ended: applications are told at once.
  deps.wake();
  return changed;
}
