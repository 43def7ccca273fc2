import { isUsedUp } from '#authenticators/code-card/card.ts';
import { isBarred, rulesOf } from '#authenticators/passkey/rules.ts';
import { atLeast, type Evidence, reached, withoutText } from '#core/assurance.ts';
import type { Authenticator } from '#core/authenticator.ts';
import { enrolmentDuty } from '#core/campaign/enrolment-duty.ts';
import type { Duty } from '#core/campaign/duty.ts';
import type { EnrolmentWorld } from '#core/enrolment/state.ts';
import { smsRestsUntil } from '#core/policy/sms-rest.ts';
import { DEFAULT_POLICY, type Policy, readPolicy, strictest } from '#core/policy/policy.ts';
import type { SignInWorld } from '#core/sign-in/state.ts';
import type { Account, Attempt, Membership } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import type { Deps } from './deps.ts';

/** Everything that decisions about one account depend on, read in one go. */
export type Facts = {
  account: Account;
  authenticators: Authenticator[];
  memberships: Membership[];
  policy: Policy;
  enrolment: SignInWorld['enrolment'];
  duty: Duty;
  /** After a password out of the mailbox; null when text messages may be used. */
  smsRestsUntil: Temporal.Instant | null;
};

/** Null when the account is gone. */
export async function loadFacts(read: Reader, accountId: string, now: Temporal.Instant): Promise<Facts | null> {
  const account = await read.accounts.byId(accountId);
  return account && factsAbout(read, account, now);
}

/** The same, of an account that was read already (and locked). */
export async function factsAbout(read: Reader, account: Account, now: Temporal.Instant): Promise<Facts> {
  return factsOfMember(read, account, await read.accounts.memberships(account.id), now);
}

/** The same, where the memberships were read already too. */
export async function factsOfMember(
  read: Reader,
  account: Account,
  memberships: Membership[],
  now: Temporal.Instant,
): Promise<Facts> {
  const policy = policyOf(memberships);
  const authenticators = underPolicy(await read.authenticators.of(account.id), policy, now);
  const enrolment = enrolmentOf(authenticators);
  const duty = await dutyOf(read, account, memberships, enrolment, now);
  const restsUntil = smsRestsUntil(authenticators, policy, now);
  return { account, authenticators, memberships, policy, enrolment, duty, smsRestsUntil: restsUntil };
}

/**
 * What a policy shuts out, or what is used up, is as good as switched off, wherever it was bound: it counts for nothing until the policy
 * changes, and whoever has nothing else is led to a new one.
 */
export function underPolicy(bound: Authenticator[], policy: Policy, now: Temporal.Instant): Authenticator[] {
  const rules = rulesOf(policy);
  const isOut = (one: Authenticator) => isBarred(one, rules) || isUsedUp(one);
  return bound.map((one) => (!one.disabledAt && isOut(one) ? { ...one, disabledAt: now } : one));
}

/**
 * How long a session lasts: after which time of nothing, and, where not as long as it was opened for, after which in all.
 * Whoever opens the accounts of others is asked more often, wherever in the product they are.
 */
export function limitsOf({ policy, memberships }: Pick<Facts, 'policy' | 'memberships'>) {
  const { sessionIdle, deskIdle, deskAbsolute } = policy;
  if (memberships.every(({ role }) => role === 'member')) return { idle: sessionIdle, absolute: null };
  return {
    idle: Temporal.Duration.compare(deskIdle, sessionIdle) < 0 ? deskIdle : sessionIdle,
    absolute: deskAbsolute,
  };
}

/** Where policies of several organisations meet, the strictest of each number wins. */
export function policyOf(memberships: readonly Membership[]): Policy {
  if (memberships.length === 0) return DEFAULT_POLICY;
  return strictest(memberships.map(({ organisation }) => readPolicy(organisation.policy).policy));
}

/** Computed from what is bound, never stored: it cannot disagree with what sign-in will ask for. */
export function enrolmentOf(
  authenticators: readonly Pick<Authenticator, 'type' | 'disabledAt'>[],
): SignInWorld['enrolment'] {
  const secondSteps = authenticators.filter((one) => one.type !== 'password');
  if (secondSteps.length === 0) return 'none';
  const canEnrol = secondSteps.some((one) => isMain(one) && !one.disabledAt);
  if (!canEnrol) return 'without-authenticator';
  return secondSteps.some((one) => one.type === 'backup-code') ? 'enrolled' : 'without-backup-code';
}

/** Bound besides a telephone number: whoever took the number over must not get past this with it. */
export function hasMoreThanText(authenticators: readonly Pick<Authenticator, 'type'>[]): boolean {
  return authenticators.some(({ type }) => type !== 'password' && type !== 'sms');
}

/** With two steps, and not without a text message, where more than that is bound: whoever took the number over has as much. */
export function isByTextAlone(
  evidence: readonly Evidence[],
  { authenticators, policy }: Pick<Facts, 'authenticators' | 'policy'>,
): boolean {
  const isByText = evidence.some(({ restricted }) => restricted) && hasMoreThanText(authenticators);
  return isByText && !atLeast(reached(evidence, withoutText(policy)), 'aal2');
}

/** A second step in its own right; text messages and backup codes are ways back, and the codes of a phone are part of it. */
export function isMain(one: Pick<Authenticator, 'type' | 'partOf'>): boolean {
  return one.type !== 'password' && one.type !== 'sms' && one.type !== 'backup-code' && one.partOf === undefined;
}

/** These, and what came with them: they go together. */
export function withParts(all: readonly Authenticator[], chosen: readonly Authenticator[]): Authenticator[] {
  return all.filter((one) => chosen.some(({ id }) => id === one.id || id === one.partOf));
}

/** It goes with a phone that is lost. A passkey may be in a computer, and a card is paper. */
export function isOnPhone(one: Pick<Authenticator, 'type' | 'partOf'>): boolean {
  return isMain(one) && one.type !== 'passkey' && one.type !== 'code-card';
}

async function dutyOf(
  read: Reader,
  account: Account,
  memberships: Membership[],
  enrolment: SignInWorld['enrolment'],
  now: Temporal.Instant,
): Promise<Duty> {
  // The campaign's facts are read only for whom they can matter: an enrolled person's sign-in stays short.
  if (enrolment !== 'none') return { kind: 'none', because: 'enrolled' };
  const campaigns = await read.campaigns.of(memberships.map(({ organisation }) => organisation.id));
  if (campaigns.length === 0) return { kind: 'none', because: 'no-campaign' };
  return enrolmentDuty(
    {
      account: { firstSignInAt: account.firstSignInAt, createdAt: account.createdAt, enrolled: false },
      memberships: memberships.map(({ organisation, joinedAt }) => ({
        organisation,
        joinedAt,
        policy: readPolicy(organisation.policy).policy,
        campaigns: campaigns.filter((one) => one.organisation === organisation.id),
      })),
      deferrals: await read.campaigns.deferrals(account.id),
      extensions: await read.campaigns.extensions(account.id),
      exemptions: await read.campaigns.exemptions(account.id),
      signIns: await read.campaigns.signIns(account.id, 24),
    },
    now,
  );
}

export function signInWorld(
  facts: Facts,
  now: Temporal.Instant,
  device: { remembered: boolean; mayRemember: boolean },
): SignInWorld {
  return {
    now,
    accountActive: facts.account.status === 'active',
    enrolment: facts.enrolment,
    duty: facts.duty,
    hasPhone: facts.authenticators.some((one) => isOnPhone(one) && !one.disabledAt),
    deviceRemembered: device.remembered,
    mayRemember: device.mayRemember,
    restrictedIsSecondStep: facts.policy.restrictedIsSecondStep,
    comfortApprovalIsSecondStep: facts.policy.comfortApprovalIsSecondStep,
    attemptFailures: facts.policy.attemptFailures,
  };
}

/** A wizard that a recovery's pass has opened. */
export function isRecovered({ state }: Pick<Attempt, 'state'>): boolean {
  return state.at === 'enrolling' && state.because === 'recovered';
}

export function enrolmentWorld(
  deps: Pick<Deps, 'types' | 'smsAvailable'>,
  facts: Facts,
  now: Temporal.Instant,
  /** The wizard replaces everything: what is bound from before does not count. */
  startsOver = false,
): EnrolmentWorld {
  const has = (type: string) => !startsOver && facts.authenticators.some((one) => one.type === type);
  const { passkeysOffered, codeCardsOffered } = facts.policy;
  const isOffered = (type: string) =>
    (type !== 'passkey' || passkeysOffered) && (type !== 'code-card' || codeCardsOffered);
  const enrollable = deps.types.list.filter((one) => one.enrollable && isOffered(one.type));
  return {
    now,
    offered: enrollable.map((one) => one.type),
    oneStep: enrollable.filter((one) => one.oneStep).map((one) => one.type),
    smsOffered: deps.smsAvailable && facts.policy.smsPerAccountPerDay > 0 && !has('sms'),
    hasBackupCode: has('backup-code'),
  };
}
