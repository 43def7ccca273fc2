import type { Authenticator } from '#core/authenticator.ts';
import type { Refused } from '#core/refusal.ts';
import { isNeeded } from '#flows/account.ts';
import { isAskedFor } from '#flows/recovery/member.ts';
import { cardShown, passkeyShown } from '#flows/showing.ts';
import { hashToken } from '#flows/token.ts';
import { type Facts, isMain, loadFacts, withParts } from '#flows/world.ts';
import type { AuditLine, RememberedDevice, Session } from '#store/rows.ts';
import type { SignedInVisit } from '../route.ts';
import { plainName } from '../applications/plain-name.ts';
import { type Asked, askedOf } from '../sign-in/views.ts';
import { isShown } from './activity-line.ts';

/** What the account page shows: facts, which the page says in the words of whoever looks. */
export type AccountView = {
  now: Temporal.Instant;
  address: string;
  enrolment: Facts['enrolment'];
  /** A campaign asks this person, who has no second step yet. */
  asked: Asked | null;
  passwordSince: Temporal.Instant | null;
  authenticators: BoundView[];
  /** Another passkey may be added. */
  passkeysOffered: boolean;
  sessions: SessionView[];
  devices: DeviceView[];
  applications: AgreedView[];
  activity: ActivityView[];
  /** Somebody asks to get back into this account. */
  askedFor: boolean;
  /** What was just done, said once at the top. */
  done: Done | null;
  /** A refusal, said in the section that caused it. */
  problem: { section: 'devices' | 'applications'; refused: Refused } | null;
};

export type BoundView = {
  id: string;
  type: string;
  label: string;
  hint: string;
  boundAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant | null;
  disabled: boolean;
  /** A second step of its own right; the others are ways back. */
  main: boolean;
  /** Of a passkey: what made it, as it says itself, and where it is kept. */
  passkey: { make: string | null; synced: boolean; flaggedAt: Temporal.Instant | null } | null;
  /** Of a code card: what is left of it. */
  card: ReturnType<typeof cardShown>;
  /** A running campaign holds it: it can be replaced and not removed. */
  needed: boolean;
};

export type SessionView = Pick<Session, 'id' | 'userAgent' | 'address' | 'createdAt' | 'lastSeenAt'> & {
  here: boolean;
};
export type DeviceView = Pick<RememberedDevice, 'id' | 'userAgent' | 'address' | 'expiresAt'> & { here: boolean };
export type ActivityView = Pick<AuditLine, 'at' | 'event' | 'detail' | 'address' | 'userAgent'>;

/** An application that the person lets know something about them. */
export type AgreedView = { id: string; name: string; scopes: string[]; givenAt: Temporal.Instant };

export const DONE = [
  'password',
  'renamed',
  'removed',
  'check-up',
  'passkey',
  'passkey-anew',
  'session',
  'device',
  'application',
  'request',
] as const;
export type Done = (typeof DONE)[number];

const ACTIVITY_LINES = 30;
/** The wizard alone writes half a dozen lines that mean nothing to a person. */
const LINES_READ = 200;

export async function accountView(visit: SignedInVisit, problem: AccountView['problem'] = null): Promise<AccountView> {
  const { read, who, now, url } = visit;
  const account = who.session.account;
  const facts = await factsOf(visit);
  const addresses = await read.accounts.addresses(account);
  const { authenticators, policy } = facts;
  return {
    now,
    address: (addresses.find((one) => one.primary) ?? addresses[0])?.address ?? '',
    enrolment: facts.enrolment,
    asked: askedOf(facts),
    passwordSince: authenticators.find((one) => one.type === 'password')?.boundAt ?? null,
    authenticators: await boundViews(visit, facts),
    passkeysOffered: policy.passkeysOffered && facts.enrolment !== 'none',
    sessions: (await read.sessions.of(account))
      .filter((one) => Temporal.Instant.compare(one.lastSeenAt.add(policy.sessionIdle), now) > 0)
      .map((one) => ({ ...one, here: one.id === who.session.id }))
      .sort((a, b) => Number(b.here) - Number(a.here)),
    devices: (await read.devices.of(account))
      .filter((one) => one.securityEpoch === facts.account.securityEpoch)
      .map((one) => ({ ...one, here: isThisDevice(visit, one) }))
      .sort((a, b) => Number(b.here) - Number(a.here)),
    applications: await agreedViews(visit),
    activity: (await read.audit.of(account, LINES_READ)).filter(isShown).slice(0, ACTIVITY_LINES),
    askedFor: await isAskedFor(read, facts, visit.deps.clock),
    done: DONE.find((one) => one === url.searchParams.get('done')) ?? null,
    problem,
  };
}

async function agreedViews({ read, who }: SignedInVisit): Promise<AgreedView[]> {
  const consents = await read.consents.of(who.session.account);
  const views = consents.map(async ({ application, scopes, givenAt }) => {
    const row = await read.applications.byId(application);
    return row ? [{ id: application, name: plainName(row.name), scopes, givenAt }] : [];
  });
  return (await Promise.all(views)).flat();
}

export async function factsOf(visit: SignedInVisit): Promise<Facts> {
  const facts = await loadFacts(visit.read, visit.who.session.account, visit.now);
  if (!facts) throw new Error('the account of a live session is gone');
  return facts;
}

/** Best first, in the order in which sign-in offers them. */
export async function boundViews(
  { read, deps }: Pick<SignedInVisit, 'read' | 'deps'>,
  facts: Facts,
): Promise<BoundView[]> {
  const views = facts.authenticators
    .filter((one) => one.type !== 'password' && !one.partOf)
    .map(async (one) => ({
      id: one.id,
      type: one.type,
      label: one.label,
      hint: one.hint,
      boundAt: one.boundAt,
      lastUsedAt: lastUse(withParts(facts.authenticators, [one])),
      disabled: one.disabledAt !== null,
      main: isMain(one),
      passkey: passkeyShown(one),
      card: cardShown(one, facts.policy),
      needed: await isNeeded(read, facts, one.id),
    }));
  const rank = ({ type }: BoundView) => deps.types.byType(type)?.rank ?? Number.MAX_SAFE_INTEGER;
  return (await Promise.all(views)).sort((a, b) => rank(a) - rank(b));
}

function lastUse(these: readonly Authenticator[]): Temporal.Instant | null {
  return these
    .map((one) => one.lastUsedAt)
    .reduce((one, other) => (one && (!other || Temporal.Instant.compare(one, other) > 0) ? one : other), null);
}

export function isThisDevice({ browser }: Pick<SignedInVisit, 'browser'>, device: RememberedDevice): boolean {
  if (!browser.deviceToken) return false;
  return Buffer.from(hashToken(browser.deviceToken)).equals(device.tokenHash);
}
