import { atLeast } from '#core/assurance.ts';
import type { Refusal } from '#core/refusal.ts';
import type { Organisation } from '#store/rows.ts';
import type { Reader } from '#store/store.ts';
import type { Deps, Origin } from './deps.ts';
import type { Who } from './session.ts';
import { enrolmentOf } from './world.ts';

export type Entered =
  | { in: true; organisations: Organisation[] }
  | { in: false; because: Extract<Refusal, 'not-found' | 'second-step-required' | 'fresh-proof-required'> };

/**
 * Whether a session may be in the rooms of administration, and for which organisations. They ask for a second step in
 * this session; that it ends sooner than others' is seen to where every session is judged. To whoever administers nothing
 * they do not exist.
 */
export async function enterAdministration({ store }: Pick<Deps, 'store'>, { session, level }: Who): Promise<Entered> {
  const memberships = await store.read.accounts.memberships(session.account);
  const organisations = memberships.filter(({ role }) => role === 'administrator').map((one) => one.organisation);
  if (organisations.length === 0) return { in: false, because: 'not-found' };
  if (enrolmentOf(await store.read.authenticators.of(session.account)) === 'none')
    return { in: false, because: 'second-step-required' };
  if (!atLeast(level, 'aal2')) return { in: false, because: 'fresh-proof-required' };
  return { in: true, organisations };
}

/** Who changes something for an organisation: an administrator on a page, or a program with a token of theirs. */
export type Steward = {
  /** The administrator. */
  account: string;
  by: { session: string } | { token: string };
  origin: Origin;
};

/** For the audit: a change by a program names its token. */
export function viaOf({ by }: Steward): Record<string, string> {
  return 'token' in by ? { token: by.token } : {};
}

/**
 * The organisations that a steward may act for, asked again inside the transaction of the change: a right that was
 * taken away a moment ago is gone. Empty when there are none.
 */
export async function administeredBy(read: Reader, { account, by }: Steward): Promise<string[]> {
  const person = await read.accounts.byId(account);
  if (person?.status !== 'active') return [];
  const memberships = await read.accounts.memberships(account);
  const own = memberships.filter(({ role }) => role === 'administrator').map(({ organisation }) => organisation.id);
  if ('session' in by) return (await read.sessions.of(account)).some(({ id }) => id === by.session) ? own : [];
  const tokens = await Promise.all(own.map((organisation) => read.apiTokens.of(organisation)));
  const token = tokens.flat().find(({ id }) => id === by.token);
  return token ? [token.organisation] : [];
}
