import { randomUUID } from 'node:crypto';
import { numberBelow, systemRandom } from '#authenticators/random.ts';
import { FIELDS } from '#core/policy/fields.ts';
import { isOpen, open } from '#core/recovery/decide.ts';
import { has, passwordProves } from '#core/recovery/proofs.ts';
import type { Proof } from '#core/recovery/state.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { networkOf } from '#core/policy/network.ts';
import type { RecoveryCase } from '#store/recovery.ts';
import type { Attempt } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import { type Browser, inScene } from '../advance.ts';
import { budgetKey, chargeWithin } from '../budget.ts';
import type { Deps, Origin } from '../deps.ts';
import { enrolmentOf, type Facts, loadFacts } from '../world.ts';
import { type CaseScene, lineOf, put, stateOf } from './case.ts';
import { linkOf } from './links.ts';
import { confirmedOf, settledOf, tellAt } from './tell.ts';

/** `page`: where the request is followed, for the browser that opened it. Null: only the mailbox leads there. */
export type Opened = { page: string | null; refused: Refused | null };

/** *I can't use any of these*, after the right password: the attempt knows it, and that is the first proof. */
export async function askWithPassword(deps: Deps, browser: Browser, attempt: Attempt): Promise<Opened> {
  let opened: Opened = { page: null, refused: refuse('attempt-expired') };
  await inScene(deps, attempt, browser, async (scene) => {
    const { tx, facts, now, origin } = scene;
    const knowsPassword = 'evidence' in scene.attempt.state && scene.attempt.state.evidence.some(isPassword);
    if (scene.attempt.state.at !== 'verifying' || !knowsPassword) {
      opened = { page: null, refused: refuse('out-of-order') };
      return { state: scene.attempt.state, keep: {}, refused: null };
    }
    // A password that a mail may have set is no second proof beside the mailbox.
    const proofs: Proof[] = passwordProves(facts.authenticators) ? [{ kind: 'password', at: now }] : [];
    opened = await ask({ deps, tx, facts, origin, now, audit: scene.audit }, 'second-step', proofs);
    return { state: scene.attempt.state, keep: {}, refused: null };
  });
  return opened;
}

/**
 * *Submit a request* in the help centre, without a password. Answers the same for every address; it needs somebody who
 * has seen the person, and only the mailbox leads to its page.
 */
export function askFromHelp(deps: Deps, origin: Origin, address: string): Promise<void> {
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const found = await tx.accounts.byAddress(address);
    const account = found && (await tx.accounts.lock(found.id));
    const facts = account && (await loadFacts(tx, account.id, now));
    const scene = facts && { deps, tx, facts, origin, now, audit: [] };
    // Whoever has no second step is asked for none: there is nothing to get back.
    const can = scene && facts.account.status === 'active' && enrolmentOf(facts.authenticators) !== 'none';
    const opened = can ? await ask(scene, 'help-centre', []) : null;
    for (const entry of scene?.audit ?? []) await tx.audit.append(entry);
    const detail = { taken: opened !== null && opened.refused === null };
    await tx.audit.append({
      at: now,
      event: 'recovery.asked',
      actor: null,
      account: account?.id ?? null,
      ...origin,
      detail,
    });
    deps.wake();
  });
}

type Asking = Pick<CaseScene, 'deps' | 'tx' | 'facts' | 'origin' | 'now' | 'audit'>;

async function ask(scene: Asking, started: RecoveryCase['started'], proofs: Proof[]): Promise<Opened> {
  const { deps, tx, facts } = scene;
  const present = await tx.recovery.openOf(facts.account.id);
  const row = present && (await tx.recovery.lock(present.id));
  if (row && isOpen(stateOf(row, facts, deps.clock))) {
    const isStale = row.started === 'help-centre' && row.state.at === 'opened' && started === 'second-step';
    if (!isStale) return joined({ ...scene, row, actor: null }, proofs);
    // A stranger's request that nobody confirmed must not stand in the way of the owner's.
    await close(scene, row, 'cancelled');
  } else if (row) await close(scene, row, 'expired');

  const braked = await brake(scene);
  if (braked) return { page: null, refused: braked };
  return opens(scene, started, proofs);
}

async function opens(scene: Asking, started: RecoveryCase['started'], proofs: Proof[]): Promise<Opened> {
  const { tx, facts, now } = scene;
  const organisation = firstJoined(facts);
  // Without an organisation there is no desk, and nobody who could decide.
  if (!organisation) return { page: null, refused: refuse('method-not-available') };
  const row: RecoveryCase = {
    id: randomUUID(),
    account: facts.account.id,
    organisation,
    number: await freeNumber(tx),
    started,
    state: open(proofs, now),
    openedAt: now,
    claimedAt: null,
    endedAt: null,
  };
  const paid = await payByNetwork(scene, started);
  if (paid) return { page: null, refused: paid };
  const telling = { ...scene, row, actor: null };
  const byStranger = started === 'help-centre';
  const settled = await settledOf(telling);
  const confirm = settled.length > 0 ? await linkOf(telling, 'recovery-mailbox') : null;
  const all = await confirmedOf(telling);
  if (byStranger && settled.length === 0) return { page: null, refused: refuse('method-not-available') };
  for (const [index, to] of all.entries()) {
    const link = settled.some((one) => one.address === to.address) ? confirm : null;
    // The first is paid for; the others go with it, one for one. What cannot be told is not opened.
    const isTold = await tellAt(telling, to, 'opened', now, { link, byStranger: byStranger && index === 0 });
    if (!isTold && index === 0) return { page: null, refused: refuse('recovery-braked') };
  }
  await tx.recovery.create(row);
  scene.audit.push(lineOf(telling, 'recovery.opened', { case: row.id, started, proofs: proofs.length }));
  return { page: started === 'second-step' ? await linkOf(telling, 'recovery-page') : null, refused: null };
}

/** Whoever asks for everybody's account floods the desk with it; one office may well lose a few phones in an hour. */
async function payByNetwork({ tx, origin, now }: Asking, started: RecoveryCase['started']): Promise<Refused | null> {
  const field = started === 'help-centre' ? 'strangerRecoveriesFromNetwork' : 'recoveriesFromNetwork';
  const key = budgetKey.recoveries(networkOf(origin.address), started);
  const paid = await chargeWithin(tx, key, FIELDS[field].default, now);
  return paid.allowed ? null : refuse('recovery-network-spent', { retryAt: paid.retryAt });
}

/**
 * There is a request already. Whoever asks now may be somebody else than who asked then: the way to its page goes through
 * the mailbox, whatever they know.
 */
async function joined(scene: CaseScene, proofs: Proof[]): Promise<Opened> {
  const { row, now } = scene;
  if (proofs.length > 0 && !has(row.state.facts.proofs, 'password')) await put(scene, { type: 'password-proved' });
  const isConfirmed = has(row.state.facts.proofs, 'mailbox');
  const settled = await settledOf(scene);
  const link = settled.length > 0 ? await linkOf(scene, isConfirmed ? 'recovery-page' : 'recovery-mailbox') : null;
  for (const to of settled) await tellAt(scene, to, isConfirmed ? 'again' : 'opened', now, { link, byStranger: true });
  scene.audit.push(lineOf(scene, 'recovery.asked-again', { case: row.id }));
  return { page: null, refused: null };
}

/** After a request was stopped or rejected, no new one is taken for a day. */
async function brake({ tx, facts, now }: Asking): Promise<Refused | null> {
  const last = await tx.recovery.lastEndedOf(facts.account.id);
  if (!last?.endedAt || (last.state.at !== 'cancelled' && last.state.at !== 'rejected')) return null;
  // What nobody ever confirmed and was only set aside brakes nobody.
  if (last.state.at === 'cancelled' && last.state.by === 'change') return null;
  const retryAt = last.endedAt.add(facts.policy.recoveryBrake);
  return Temporal.Instant.compare(retryAt, now) > 0 ? refuse('recovery-braked', { retryAt }) : null;
}

async function close(scene: Asking, row: RecoveryCase, as: 'cancelled' | 'expired'): Promise<void> {
  const { facts } = row.state;
  const state =
    as === 'expired' ? ({ at: 'expired', facts } as const) : ({ at: 'cancelled', facts, by: 'change' } as const);
  await scene.tx.recovery.save(row.id, { ...row, state, endedAt: scene.now });
  scene.audit.push(lineOf({ ...scene, actor: null }, `recovery.${as}`, { case: row.id, by: 'set-aside' }));
}

/** The desk of the organisation that was there first: whoever adds a person to theirs gains no say over an account. */
export function firstJoined({ memberships }: Facts): string | null {
  const [first] = [...memberships].sort((a, b) => Temporal.Instant.compare(a.joinedAt, b.joinedAt));
  return first?.organisation.id ?? null;
}

export async function freeNumber(tx: Writer): Promise<string> {
  for (;;) {
    const number = String(numberBelow(1_000_000, systemRandom)).padStart(6, '0');
    if (!(await tx.recovery.openByNumber(number))) return number;
  }
}

function isPassword({ type }: { type: string }): boolean {
  return type === 'password';
}
