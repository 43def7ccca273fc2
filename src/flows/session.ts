import { atLeast, fresh, type Level, reached, withoutText } from '#core/assurance.ts';
import { resume } from '#core/sign-in/decide.ts';
import type { Demand } from '#core/sign-in/state.ts';
import type { Session } from '#store/rows.ts';
import { type Advanced, type Browser, beginAt } from './advance.ts';
import type { Deps } from './deps.ts';
import { newAttempt } from './new-attempt.ts';
import { hashToken, newToken } from './token.ts';
import { enrolmentOf, hasMoreThanText, limitsOf, loadFacts, policyOf } from './world.ts';

/** A session is noted as seen at most this often: reading pages should not be writing. */
const SEEN_EVERY = Temporal.Duration.from({ minutes: 1 });

/** Who a session cookie speaks for, and how strongly and freshly; null for nobody. Every door asks here. */
export type Who = { session: Session; level: Level; isFresh: boolean };

export async function whoIs(deps: Deps, token: string): Promise<Who | null> {
  const session = await deps.store.read.sessions.byToken(hashToken(token));
  const who = session && (await judge(deps, session));
  if (!session || !who) return null;
  const now = deps.clock.now();
  if (isPast(session.lastSeenAt.add(SEEN_EVERY), now))
    await deps.store.transaction((tx) => tx.sessions.touch(session.id, now));
  return who;
}

/** The same of a session that an application names, which nobody is using at this moment. */
export async function whoHas(deps: Pick<Deps, 'store' | 'clock'>, sid: string): Promise<Who | null> {
  const session = await deps.store.read.sessions.bySid(sid);
  return session && judge(deps, session);
}

/** A session may be there and be worth nothing: idle for too long, of a disabled account, or past a deadline. */
async function judge({ store, clock }: Pick<Deps, 'store' | 'clock'>, session: Session): Promise<Who | null> {
  const now = clock.now();
  const facts = await loadFacts(store.read, session.account, now);
  if (facts?.account.status !== 'active') return null;
  const { policy, enrolment, duty } = facts;
  const { idle, absolute } = limitsOf(facts);
  if (isPast(session.expiresAt, now) || isPast(session.lastSeenAt.add(idle), now)) return null;
  if (absolute && isPast(session.createdAt.add(absolute), now)) return null;
  // The deadline holds at every door, also for whoever was inside when it passed: the next sign-in leads to the wizard.
  if (enrolment === 'none' && duty.kind === 'required') return null;

  const hasSecondStep = enrolment !== 'none';
  const young = fresh(session.evidence, policy.freshFor, now, hasSecondStep);
  // A telephone number can be taken over: with the password it signs in, and changes nothing that is stronger.
  const forChanges = hasMoreThanText(facts.authenticators) ? withoutText(policy) : policy;
  const isFresh = atLeast(reached(young, forChanges), hasSecondStep ? 'aal2' : 'aal1');
  return { session, level: reached(session.evidence, policy), isFresh };
}

/**
 * Raises a live session: for a stronger or fresher proof, or to open the wizard from the account page. It is the
 * sign-in machine, begun with what the session still has to show.
 */
export async function stepUp(
  deps: Deps,
  browser: Browser,
  who: Who,
  input: { demand: Demand; returnTo: string; startOver: boolean; freshWithin?: Temporal.Duration },
): Promise<Advanced> {
  const { store, clock } = deps;
  const now = clock.now();
  const { token, tokenHash } = newToken();
  const advanced = await store.transaction(async (tx) => {
    const account = await tx.accounts.lock(who.session.account);
    if (!account) return null;
    const policy = policyOf(await tx.accounts.memberships(account.id));
    const hasSecondStep = enrolmentOf(await tx.authenticators.of(account.id)) !== 'none';
    const within = shorter(policy.freshFor, input.freshWithin);
    const evidence = input.startOver ? [] : fresh(who.session.evidence, within, now, hasSecondStep);
    const { demand, returnTo } = input;
    const its = { tokenHash, session: who.session.id, returnTo, demand, lives: policy.attemptLives };
    const attempt = newAttempt(account, its, now);
    return beginAt(deps, tx, account, attempt, browser, (world) => resume(input.demand, evidence, world));
  });
  if (!advanced) return { state: null, keep: {}, refused: { refusal: 'session-required' } };
  const stays = advanced.state && advanced.state.at !== 'complete' && advanced.state.at !== 'refused';
  return stays ? { ...advanced, keep: { ...advanced.keep, attempt: token } } : advanced;
}

function shorter(one: Temporal.Duration, other: Temporal.Duration | undefined): Temporal.Duration {
  return other && Temporal.Duration.compare(other, one) < 0 ? other : one;
}

function isPast(end: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(end, now) <= 0;
}
