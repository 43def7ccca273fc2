import { mayHelp, type Standing } from '#core/recovery/who-may.ts';
import { numberOf } from '#authenticators/sms/secret.ts';
import { type Refused, refuse } from '#core/refusal.ts';
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
  const refused = mayHelp(standing, { account: owner.account.id, hasDesk: hasDesk(owner) }, now);
  return refused ?? refusesSamePerson(read, helper, [owner.account.id]);
}

/** Where two people have to look, one person with two accounts is one: as far as it can be seen, by their telephone. */
export async function refusesSamePerson(
  read: Pick<Reader, 'authenticators'>,
  helper: string,
  others: readonly string[],
): Promise<Refused | null> {
  const own = await numbersOf(read, helper);
  if (own.length === 0) return null;
  for (const other of others.filter((id) => id !== helper)) {
    const theirs = await numbersOf(read, other);
    if (theirs.some((number) => own.includes(number))) return refuse('same-telephone');
  }
  return null;
}

async function numbersOf(read: Pick<Reader, 'authenticators'>, account: string): Promise<string[]> {
  const bound = await read.authenticators.of(account);
  return bound.filter(({ type }) => type === 'sms').map(({ secret }) => numberOf(secret).reveal());
}

/** The organisations at whose desk somebody may sit. */
export async function desksOf(read: Pick<Reader, 'accounts'>, account: string) {
  const memberships = await read.accounts.memberships(account);
  return memberships.filter(({ role }) => role !== 'member');
}
