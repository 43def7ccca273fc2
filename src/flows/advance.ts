import type { Claim } from '#core/authenticator.ts';
import { decide as decideEnrolment } from '#core/enrolment/decide.ts';
import type { EnrolmentEvent } from '#core/enrolment/state.ts';
import { isAlive, mayBeRemembered } from '#core/policy/remembered-device.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { decide } from '#core/sign-in/decide.ts';
import type { Decision, SignIn, SignInEffect, SignInEvent, SignInWorld } from '#core/sign-in/state.ts';
import type { Account, Attempt, EnrolmentRow } from '#store/rows.ts';
import type { Writer } from '#store/store.ts';
import type { Deps, Origin } from './deps.ts';
import { type Prepared, performEnrolment } from './enrolment-effects.ts';
import { perform } from './perform.ts';
import { mayStillBind } from './recovery/end.ts';
import { auditEntry, type Keep, type Scene } from './scene.ts';
import { hashToken } from './token.ts';
import { enrolmentOf, enrolmentWorld, factsAbout, isRecovered, signInWorld } from './world.ts';

/** What came of one step. `state` null: the attempt is gone (expired, ended, or never there). */
export type Advanced = { state: SignIn | null; keep: Keep; refused: Refused | null };

/** What a browser brings besides its answer. */
export type Browser = {
  origin: Origin;
  /** Value of the remembered-device cookie. */
  deviceToken: string | null;
  /** Id of the live session of this browser, if there is one. */
  session: string | null;
};

/** The attempt a browser holds, as read before the transaction. */
export type Held = Pick<Attempt, 'id' | 'account'>;

/**
 * Extra work in the transaction of a step; may turn the event into another, for instance when a claim is lost, or answer
 * by itself, when there is nothing to decide.
 */
type Within = (scene: Scene) => Promise<SignInEvent | Advanced>;

/**
 * One step of a sign-in, in one short transaction: lock the attempt, claim the proof (one row, one winner), decide,
 * perform the effects, save. Slow work, like a password hash, was done before.
 */
export function advance(deps: Deps, attempt: Held, browser: Browser, within: Within): Promise<Advanced> {
  return inScene(deps, attempt, browser, async (scene) => {
    const event = await within(scene);
    return 'type' in event ? settle(scene, browser, event) : event;
  });
}

/** The first step: there is no attempt yet, and there will be none if one step is enough. */
export async function beginAt(
  deps: Deps,
  tx: Writer,
  account: Account,
  attempt: Attempt,
  browser: Browser,
  first: (world: SignInWorld) => Decision<SignIn, SignInEffect>,
): Promise<Advanced> {
  const scene = await sceneOf(deps, tx, account, attempt, browser);
  if (!scene) return gone();
  const advanced = await settle(scene, browser, first, 'create');
  await flush(scene);
  return advanced;
}

/** `event` null: the row was changed in place, and that was all. */
export type EnrolmentIntent = { event: EnrolmentEvent | null; prepared?: Prepared };

/** One step of the wizard that an attempt holds; when it is finished, the sign-in goes on in the same transaction. */
export function advanceEnrolment(
  deps: Deps,
  attempt: Held,
  browser: Browser,
  within: (scene: Scene, row: EnrolmentRow) => Promise<EnrolmentIntent | Refused>,
): Promise<Advanced> {
  return inScene(deps, attempt, browser, async (scene) => {
    const { tx, attempt, facts, now } = scene;
    const row = attempt.state.at === 'enrolling' ? await tx.enrolments.lock(attempt.id, now) : null;
    if (!row) return { state: attempt.state, keep: {}, refused: refuse('enrolment-expired') };
    const isRecovery = isRecovered(attempt);
    if (isRecovery && !(await mayStillBind(scene, row.createdAt))) return endsHere(scene, refuse('recovery-over'));

    const intent = await within(scene, row);
    if ('refusal' in intent) scene.audit.push(auditEntry(scene, 'enrolment.refused', { refusal: intent.refusal }));
    if ('refusal' in intent || !intent.event) {
      await tx.enrolments.save(row.id, row);
      return { state: attempt.state, keep: {}, refused: 'refusal' in intent ? intent : null };
    }
    const world = enrolmentWorld(deps, facts, now, isRecovery);
    const decision = decideEnrolment(row.state, intent.event, world);
    await performEnrolment(scene, row, decision.effects, intent.prepared ?? {});
    row.state = decision.state;
    await tx.enrolments.save(row.id, row);
    facts.enrolment = enrolmentOf(facts.authenticators);

    // A recovery is no way in: the new second step is proved at a sign-in of its own.
    if (isRecovery && decision.state.at === 'bound') return endsHere(scene, null);
    if (decision.state.at === 'bound') {
      return settle(scene, browser, { type: 'enrolled', evidence: decision.state.evidence });
    }
    if (decision.state.at === 'ended' && attempt.state.at === 'enrolling' && attempt.state.because === 'accepted') {
      return settle(scene, browser, { type: 'reconsidered' });
    }
    const endedAt = decision.state.at === 'ended' ? now : null;
    await tx.attempts.save(attempt.id, { ...attempt, endedAt });
    return { state: endedAt ? null : attempt.state, keep: endedAt ? { attempt: null } : {}, refused: decision.refused };
  });
}

async function endsHere({ tx, attempt, now }: Scene, refused: Refused | null): Promise<Advanced> {
  await tx.attempts.save(attempt.id, { ...attempt, endedAt: now });
  return { state: null, keep: { attempt: null }, refused };
}

/** Spends what a proof needs spent. False: somebody else spent it first. */
export function claim(scene: Scene, what: Claim): Promise<boolean> {
  return what.kind === 'none' ? Promise.resolve(true) : scene.tx.claims.take(what, scene.now);
}

async function settle(
  scene: Scene,
  browser: Browser,
  step: SignInEvent | ((world: SignInWorld) => Decision<SignIn, SignInEffect>),
  save: 'create' | 'save' = 'save',
): Promise<Advanced> {
  const { deps, tx, attempt, facts, now } = scene;
  const device = browser.deviceToken ? await tx.devices.byToken(hashToken(browser.deviceToken)) : null;
  const remembered = device !== null && device.account === facts.account.id && isAlive(device, facts.account, now);
  const usedTypes = evidenceTypes(attempt.state, step);
  const world = signInWorld(facts, now, { remembered, mayRemember: mayBeRemembered(facts.policy, usedTypes) });

  const decision = typeof step === 'function' ? step(world) : decide(attempt.state, step, world);
  attempt.state = decision.state;
  const isOver = decision.state.at === 'complete' || decision.state.at === 'refused';
  const created = save === 'create' && !isOver ? { ...attempt } : null;
  if (created) await tx.attempts.create(created);
  const keep = await perform(scene, decision.effects);
  if (save === 'save' || (created && isChanged(created, attempt)))
    await tx.attempts.save(attempt.id, { ...attempt, endedAt: isOver ? now : null });
  if (device && remembered && decision.state.at === 'complete') await tx.devices.touch(device.id, now);
  if (isOver && save === 'save') keep.attempt = null;
  deps.wake();
  return { state: decision.state, keep, refused: decision.refused };
}

/** Effects change no more of an attempt than this; the wizard lengthens it and raises the epoch. */
function isChanged(before: Attempt, after: Attempt): boolean {
  return (
    before.state !== after.state || before.expiresAt !== after.expiresAt || before.securityEpoch !== after.securityEpoch
  );
}

function evidenceTypes(state: SignIn, step: SignInEvent | ((world: SignInWorld) => unknown)): string[] {
  const before = 'evidence' in state ? state.evidence : [];
  const now = typeof step !== 'function' && step.type === 'proved' ? [step.evidence] : [];
  return [...before, ...now].map((one) => one.type);
}

export async function inScene(
  deps: Deps,
  held: Held,
  browser: Browser,
  work: (scene: Scene) => Promise<Advanced>,
): Promise<Advanced> {
  return deps.store.transaction(async (tx) => {
    const account = await tx.accounts.lock(held.account); // always before its attempts: everybody locks in this order
    const attempt = await tx.attempts.lock(held.id, deps.clock.now());
    const scene = account && attempt && (await sceneOf(deps, tx, account, attempt, browser));
    if (!scene) return gone();
    const advanced = await work(scene);
    await flush(scene);
    return advanced;
  });
}

/** Null when the attempt is dead: the account was changed under it, or the session it raises has ended. */
async function sceneOf(
  deps: Deps,
  tx: Writer,
  account: Account,
  attempt: Attempt,
  browser: Browser,
): Promise<Scene | null> {
  const now = deps.clock.now();
  if (account.securityEpoch !== attempt.securityEpoch) return null;
  const facts = await factsAbout(tx, account, now);
  if (attempt.session !== null) {
    const sessions = attempt.session === browser.session ? await tx.sessions.of(attempt.account) : [];
    if (!sessions.some((one) => one.id === attempt.session)) return null;
  }
  return { deps, tx, facts, attempt, origin: browser.origin, now, priorSession: browser.session, audit: [] };
}

async function flush(scene: Scene): Promise<void> {
  for (const entry of scene.audit) await scene.tx.audit.append(entry);
}

export function gone(): Advanced {
  return { state: null, keep: { attempt: null }, refused: refuse('attempt-expired') };
}
