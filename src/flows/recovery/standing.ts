import { mayHelp, type Standing } from '#core/recovery/who-may.ts';
import type { Refused } from '#core/refusal.ts';
import type { Reader } from '#store/store.ts';
import { enrolmentOf, type Facts } from '../world.ts';
import { hasDesk } from './case.ts';

/** Somebody as one organisation knows them at this moment: a right that was taken away is gone with the next step. */
export async function standingIn(read: Reader, account: string, organisation: string): Promise<Standing> {
  const memberships = await read.accounts.memberships(account);
  const own = memberships.find((one) => one.organisation.id === organisation);
  const isActive = (await read.accounts.byId(account))?.status === 'active';
  return {
    account,
    role: isActive && own ? own.role : null,
    joinedAt: own?.joinedAt ?? null,
    hasSecondStep: enrolmentOf(await read.authenticators.of(account)) !== 'none',
  };
}

/** Null: this helper may take steps for this account, at this organisation's desk. */
export async function refusesHelper(
  read: Reader,
  helper: string,
  owner: Pick<Facts, 'account' | 'memberships'>,
  organisation: string,
  now: Temporal.Instant,
): Promise<Refused | null> {
  const standing = await standingIn(read, helper, organisation);
  return mayHelp(standing, { account: owner.account.id, hasDesk: hasDesk(owner) }, now);
}

/** The organisations at whose desk somebody may sit. */
export async function desksOf(read: Pick<Reader, 'accounts'>, account: string) {
  const memberships = await read.accounts.memberships(account);
  return memberships.filter(({ role }) => role !== 'member');
}
