import { hash } from 'node:crypto';
import { charge, refund, type Window } from '#core/policy/throttle.ts';
import { normaliseAddress, type Store, type Writer } from '#store/store.ts';

/** Names of budgets. All guessable second steps of an account share one, whichever door the guess comes through. */
export const budgetKey = {
  guesses: (account: string) => `guess:${account}`,
  /** When the owner was last told that no more guesses are taken. */
  limitTold: (account: string) => `guess-told:${account}`,
  /** Changes of somebody's groups that were told to them. */
  groupsTold: (account: string) => `groups-told:${account}`,
  /** By an account's first address and not by its id, so that an unknown address answers like a known one. */
  passwords: (address: string) => `password:${hash('sha256', normaliseAddress(address), 'base64url')}`,
  /** A remembered device has its own: a stranger who spends the other cannot lock the owner out. */
  passwordsOnDevice: (device: string) => `password-device:${device}`,
  /** Numbers of requests that a colleague typed, to vouch for somebody. */
  vouches: (account: string) => `vouch:${account}`,
  approvals: (account: string) => `approval:${account}`,
  /** The wizard's tests go to a phone that is in the person's hand. */
  approvalTests: (account: string) => `approval-test:${account}`,
  textsTo: (number: string) => `sms-number:${hash('sha256', number, 'base64url')}`,
  textsOf: (account: string) => `sms-account:${account}`,
  textsInAll: () => 'sms-all',
  apiCalls: (token: string) => `api:${token}`,
  /** By network; those who know a password have their own, which no stranger can spend. */
  recoveries: (network: string, started: string) => `recovery-${started}:${hash('sha256', network, 'base64url')}`,
  /** By network, not by person: who reads help may be nobody yet. */
  helpAnswers: (network: string) => `help:${hash('sha256', network, 'base64url')}`,
};

export type Charged = { allowed: true } | { allowed: false; retryAt: Temporal.Instant };

/** Pays for one guess before it is compared, in a transaction of its own: fifty at once cannot overrun it. */
export function chargeNow(
  store: Store,
  key: string,
  windows: readonly Window[],
  now: Temporal.Instant,
  growing = false,
): Promise<Charged> {
  return store.transaction((tx) => chargeWithin(tx, key, windows, now, growing));
}

/**
 * The same where the outcome of the guess is written down too before anybody is told of it: the disk takes both together.
 */
export function chargeAhead(
  store: Store,
  key: string,
  windows: readonly Window[],
  now: Temporal.Instant,
  growing = false,
): Promise<Charged> {
  return store.transaction((tx) => chargeWithin(tx, key, windows, now, growing), 'committed');
}

export async function chargeWithin(
  tx: Writer,
  key: string,
  windows: readonly Window[],
  now: Temporal.Instant,
  growing = false,
): Promise<Charged> {
  const charged = charge(await tx.budgets.lock(key), windows, now, growing ? 'growing' : 'none');
  if (!charged.allowed) return { allowed: false, retryAt: charged.retryAt };
  await tx.budgets.save(key, charged.history);
  return { allowed: true };
}

/** A right answer gives back its own charge; wrong ones stay, or whoever guesses gets a new budget at each sign-in. */
export async function giveBack(tx: Writer, key: string, chargedAt: Temporal.Instant): Promise<void> {
  await tx.budgets.save(key, refund(await tx.budgets.lock(key), chargedAt));
}
