import type { Authenticator, AuthenticatorType, Challenge, CheckContext, Finding } from '#core/authenticator.ts';
import { isAlive } from '#core/policy/remembered-device.ts';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { decide } from '#core/sign-in/decide.ts';
import type { Level } from '#core/assurance.ts';
import type { Demand, Phone, SignInEvent } from '#core/sign-in/state.ts';
import { networkOf } from '#core/policy/network.ts';
import type { Attempt, RememberedDevice } from '#store/rows.ts';
import { type Advanced, advance, beginAt, type Browser, claim, inScene } from './advance.ts';
import { budgetKey, chargeAhead, chargeWithin, giveBack } from './budget.ts';
import { crossedOff } from './code-card.ts';
import type { Deps } from './deps.ts';
import { tellOwner } from './notice.ts';
import { auditEntry, type Scene } from './scene.ts';
import { newAttempt } from './new-attempt.ts';
import { hashToken, newToken } from './token.ts';
import { policyOf } from './world.ts';

export const ORDINARY: Demand = { entrance: 'sign-in', level: 'aal1', course: null };

/**
 * Address and password. Answers the same, in the same time, for an unknown address, a wrong password and a disabled
 * account: only whoever knows the password learns anything.
 */
export async function submitPassword(
  deps: Deps,
  browser: Browser,
  input: {
    address: string;
    password: string;
    returnTo: string;
    /** What the application the person is going to asks of this account. A demand beats *Remind me later*. */
    levelFor?: (account: string) => Promise<Level>;
  },
): Promise<Advanced> {
  const { store, clock, types } = deps;
  const now = clock.now();
  const account = await store.read.accounts.byAddress(input.address);
  const device = account ? await deviceOf(deps, browser, account) : null;
  const from = networkOf(browser.origin.address);
  const shared = await passwordKeyOf(deps, account?.id ?? NOBODY, input.address);
  const key = device ? budgetKey.passwordsOnDevice(device.id) : shared;
  const charged = await chargeAhead(store, key, DEFAULT_POLICY.passwordBudget, now, true);
  if (!charged.allowed) return refused(refuse('password-budget-spent', { retryAt: charged.retryAt }));

  const bound = (await store.read.authenticators.of(account?.id ?? NOBODY)).find(isPassword);
  const finding = bound
    ? await types.password.verify(bound, input.password, { ...nothingElse(now, clock.wall()), from })
    : await types.password.verifyNobody(input.password, from);
  if (!finding.ok && finding.refusal === 'busy') return refused(await notCompared(deps, key, now, finding));
  if (!finding.ok || !bound || account?.status !== 'active') {
    await noteWrongPassword(deps, browser, account?.id ?? null);
    return refused(refuse('credentials-wrong'));
  }

  const demand: Demand = { ...ORDINARY, level: (await input.levelFor?.(account.id)) ?? ORDINARY.level };
  const { token, tokenHash } = newToken();
  const advanced = await store.transaction(async (tx) => {
    const locked = await tx.accounts.lock(account.id);
    // The password may have been changed while this one was being checked.
    if (!locked || locked.securityEpoch !== account.securityEpoch) return refused(refuse('credentials-wrong'));
    await giveBack(tx, key, now);
    if (finding.improved) await tx.authenticators.improve(bound.id, finding.improved);
    const its = { tokenHash, session: null, returnTo: input.returnTo, demand, lives: DEFAULT_POLICY.attemptLives };
    const attempt = newAttempt(locked, its, now);
    return beginAt(deps, tx, locked, attempt, browser, (world) =>
      decide(attempt.state, { type: 'proved', evidence: finding.evidence, remember: false }, world),
    );
  });
  const stays = advanced.state && advanced.state.at !== 'complete' && advanced.state.at !== 'refused';
  return stays ? { ...advanced, keep: { ...advanced.keep, attempt: token } } : advanced;
}

/** The second step, or a proof given again. `type` says in which field the answer was typed. */
export async function submitProof(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  input: { type: string; answer: string; remember: boolean },
): Promise<Advanced> {
  const type = deps.types.byType(input.type);
  if (attempt.state.at !== 'verifying') return { state: attempt.state, keep: {}, refused: refuse('out-of-order') };
  if (!type) return stay(attempt, refuse('method-not-available'));
  if (input.answer.trim() === '') return stay(attempt, refuse(isPassword(type) ? 'password-missing' : 'code-missing'));
  const proof: Proof = { ...input, type };
  return type.quick ? proveInside(deps, browser, attempt, proof) : proveBefore(deps, browser, attempt, proof);
}

/** An answer to check, and the field it was typed in. */
type Proof = { type: AuthenticatorType; answer: string; remember: boolean };

/**
 * Charge, check and effects in one transaction, for a check of microseconds: one write to the disk instead of two. The
 * charge still comes first, under the lock of its budget, and whatever takes it back takes the answer back too.
 */
async function proveInside(deps: Deps, browser: Browser, attempt: Attempt, proof: Proof): Promise<Advanced> {
  let closedUntil = null as Temporal.Instant | null;
  const advanced = await advance(deps, attempt, browser, async (scene) => {
    const { tx, facts, now } = scene;
    closedUntil = null;
    const alive = usable(proof.type, facts.authenticators);
    if ('refusal' in alive) return stay(scene.attempt, alive);
    if (proof.type.type === 'sms' && facts.smsRestsUntil)
      return stay(scene.attempt, refuse('sms-rests', { retryAt: facts.smsRestsUntil }));
    const key = budgetKey.guesses(attempt.account);
    const charged = await chargeWithin(tx, key, facts.policy.guessBudget, now);
    if (!charged.allowed) {
      closedUntil = charged.retryAt;
      return limited(scene, charged.retryAt);
    }
    const challenge = await tx.challenges.open(attempt.id, 'verify');
    const context: CheckContext = { now, wall: deps.clock.wall(), challenge, others: facts.authenticators };
    return conclude(
      scene,
      proof,
      await firstRight(proof.type, alive, proof.answer, context),
      { key, at: now },
      challenge,
    );
  });
  return closedUntil ? stay(attempt, refuse('guess-budget-spent', { retryAt: closedUntil })) : advanced;
}

/** Charge, check and effects one after the other: a hash takes too long to let everybody wait for it. */
async function proveBefore(deps: Deps, browser: Browser, attempt: Attempt, proof: Proof): Promise<Advanced> {
  const { store, clock } = deps;
  const { type } = proof;
  const now = clock.now();
  const others = await store.read.authenticators.of(attempt.account);
  const alive = usable(type, others);
  if ('refusal' in alive) return stay(attempt, alive);

  const policy = policyOf(await store.read.accounts.memberships(attempt.account));
  const budget = isPassword(type)
    ? { key: await passwordKeyOf(deps, attempt.account), windows: policy.passwordBudget }
    : { key: budgetKey.guesses(attempt.account), windows: policy.guessBudget };
  const charged = await chargeAhead(store, budget.key, budget.windows, now, isPassword(type));
  if (!charged.allowed) {
    const spent = isPassword(type) ? 'password-budget-spent' : 'guess-budget-spent';
    await advance(deps, attempt, browser, (scene) => limited(scene, charged.retryAt));
    return stay(attempt, refuse(spent, { retryAt: charged.retryAt }));
  }

  const challenge = await store.read.challenges.open(attempt.id, 'verify');
  const from = networkOf(browser.origin.address);
  const checked = await firstRight(type, alive, proof.answer, { now, wall: clock.wall(), challenge, others, from });
  if (!checked.finding.ok && checked.finding.refusal === 'busy')
    return stay(attempt, await notCompared(deps, budget.key, now, checked.finding));

  const charge = { key: budget.key, at: now };
  const advanced = await advance(deps, attempt, browser, (scene) => conclude(scene, proof, checked, charge, challenge));
  // The second click of a double one: the first is in, and whoever is right twice has not guessed.
  if (checked.finding.ok && advanced.state === null) await store.transaction((tx) => giveBack(tx, charge.key, now));
  return advanced;
}

/** Too many were waiting: nothing was compared, so nothing was guessed. Whoever tries again must not be locked out. */
async function notCompared({ store }: Deps, key: string, at: Temporal.Instant, busy: Refused): Promise<Refused> {
  await store.transaction((tx) => giveBack(tx, key, at));
  return busy;
}

/** *Do you still have your phone?*, after the paper or a text message. */
export function tellAboutPhone(deps: Deps, browser: Browser, attempt: Attempt, phone: Phone): Promise<Advanced> {
  return advance(deps, attempt, browser, async () => ({ type: 'told-about-phone', phone }));
}

/** What follows from a checked answer: the proof is spent and counts, or the guess does. */
async function conclude(
  scene: Scene,
  proof: Proof,
  { finding, bound }: Checked,
  charged: { key: string; at: Temporal.Instant },
  challenge: Challenge | null,
): Promise<SignInEvent> {
  if (!finding.ok) return disprove(scene, bound, finding, proof.type.sendsCode ? (challenge?.id ?? null) : null);
  if (!(await claim(scene, finding.claim))) return lostClaim(scene, bound);
  await giveBack(scene.tx, charged.key, charged.at);
  await scene.tx.authenticators.noteUse(bound.id, true, scene.now);
  if (finding.improved) await scene.tx.authenticators.improve(bound.id, finding.improved);
  if (finding.claim.kind === 'spend') await spent(scene, bound);
  if (bound.type === 'code-card' && finding.claim.kind === 'counter')
    await crossedOff(scene, bound, finding.claim.value);
  return { type: 'proved', evidence: finding.evidence, remember: proof.remember };
}

/** *Enable* and *Remind me later*. */
export function answerInvitation(
  deps: Deps,
  browser: Browser,
  attempt: Attempt,
  answer: 'accepted' | 'deferred',
): Promise<Advanced> {
  return advance(deps, attempt, browser, async () => ({ type: answer }));
}

/** The account's authenticators of this type that may be tried, or why there is none. */
function usable(type: AuthenticatorType, bound: readonly Authenticator[]): Authenticator[] | Refused {
  const candidates = bound.filter((one) => one.type === type.type);
  const alive = candidates.filter((one) => !one.disabledAt);
  if (alive.length > 0) return alive;
  return refuse(candidates.length > 0 ? 'authenticator-disabled' : 'method-not-available');
}

type Checked = { finding: Finding; bound: Authenticator };

async function firstRight(
  type: AuthenticatorType,
  alive: Authenticator[],
  answer: string,
  context: CheckContext,
): Promise<Checked> {
  let last: Checked | null = null;
  for (const bound of alive) {
    last = { finding: await type.verify(bound, answer, context), bound };
    if (last.finding.ok) break;
  }
  if (!last) throw new Error('no authenticator to check against');
  return last;
}

/** A refused guess: counted on the authenticator and the challenge, told to the owner, shown to the machine. */
async function disprove(
  scene: Scene,
  bound: Authenticator,
  refused: Refused,
  challenge: string | null,
): Promise<SignInEvent> {
  const { tx, now, facts } = scene;
  const { failures } = await tx.authenticators.noteUse(bound.id, false, now);
  if (challenge) await tx.challenges.countTry(challenge);
  if (failures >= facts.policy.disableAfterFailures && bound.type !== 'password') {
    await tx.authenticators.disable(bound.id, now);
    await tellOwner(scene, { kind: 'authenticator-disabled', values: { type: bound.type, label: bound.label } });
  }
  if (bound.type !== 'password') {
    await tellOwner(
      scene,
      refused.refusal === 'code-used-already'
        ? { kind: 'code-used-twice', values: {} }
        : { kind: 'wrong-second-steps', values: { count: failures } },
    );
  }
  return { type: 'disproved', refused };
}

function lostClaim(scene: Scene, bound: Authenticator): Promise<SignInEvent> {
  return disprove(scene, bound, refuse('code-used-already'), null);
}

/**
 * A look-up secret is gone with its use; the facts must show it, so that the wizard hands out a new one. Whoever has no
 * app either gets the whole wizard: a new paper alone would lead to the next one for ever.
 */
async function spent(scene: Scene, bound: Authenticator): Promise<void> {
  scene.facts.authenticators = scene.facts.authenticators.filter((one) => one.id !== bound.id);
  if (scene.facts.enrolment !== 'without-authenticator') scene.facts.enrolment = 'without-backup-code';
  await tellOwner(scene, { kind: 'backup-code-used', values: {} });
}

async function deviceOf(
  { store, clock }: Deps,
  browser: Browser,
  account: { id: string; securityEpoch: number },
): Promise<RememberedDevice | null> {
  if (!browser.deviceToken) return null;
  const device = await store.read.devices.byToken(hashToken(browser.deviceToken));
  return device && device.account === account.id && isAlive(device, account, clock.now()) ? device : null;
}

/** What nobody has is looked for like what somebody has: the road is the same, and takes as long. */
const NOBODY = '';

/** One budget for an account, whichever of its addresses is typed; of an address that nobody has, its own. */
export async function passwordKeyOf({ store }: Pick<Deps, 'store'>, account: string, typed = account): Promise<string> {
  const addresses = await store.read.accounts.addresses(account);
  const primary = addresses.find((one) => one.primary) ?? addresses[0];
  return budgetKey.passwords(primary?.address ?? typed);
}

/** For an unknown address too: it is worth knowing, and it takes the same time. */
function noteWrongPassword({ store, clock }: Deps, { origin }: Browser, account: string | null): Promise<unknown> {
  return store.transaction((tx) =>
    tx.audit.append({ at: clock.now(), event: 'password.wrong', actor: null, account, ...origin, detail: {} }),
  );
}

/**
 * Whoever knocks at a closed door may do so without end: each knock is written down, and the owner is told once in a
 * while. A letter for each would be the costliest answer of the program.
 */
async function limited(scene: Scene, until: Temporal.Instant): Promise<SignInEvent> {
  const once = [{ limit: 1, within: scene.facts.policy.noticesMergedWithin }];
  const telling = await chargeWithin(scene.tx, budgetKey.limitTold(scene.facts.account.id), once, scene.now);
  if (telling.allowed) await tellOwner(scene, { kind: 'guess-budget-reached', values: { until: until.toString() } });
  return { type: 'limited' };
}

function isPassword(one: { type: string }): boolean {
  return one.type === 'password';
}

function nothingElse(now: Temporal.Instant, wall: Temporal.Instant): CheckContext {
  return { now, wall, challenge: null, others: [] };
}

function refused(why: Refused): Advanced {
  return { state: null, keep: {}, refused: { refusal: why.refusal, ...(why.detail ? { detail: why.detail } : {}) } };
}

function stay(attempt: Attempt, why: Refused): Advanced {
  return { ...refused(why), state: attempt.state };
}

/** The person turns back: the attempt ends, and with it its wizard. */
export async function cancelAttempt(deps: Deps, browser: Browser, attempt: Attempt): Promise<void> {
  await inScene(deps, attempt, browser, async (scene) => {
    await scene.tx.attempts.save(attempt.id, { ...scene.attempt, endedAt: scene.now });
    scene.audit.push(auditEntry(scene, 'sign-in.cancelled'));
    return { state: null, keep: { attempt: null }, refused: null };
  });
}
