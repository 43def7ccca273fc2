import { checkUpOf } from '#flows/check-up-due.ts';
import { isInvitedToPasskey } from '#flows/passkey/invitation.ts';
import { applicationsFor, type Tile } from '#flows/portal.ts';
import { isAskedFor } from '#flows/recovery/member.ts';
import type { Facts } from '#flows/world.ts';
import type { Role } from '#store/rows.ts';
import { type AccountView, boundViews, factsOf, isThisDevice } from '../account/view.ts';
import type { SignedInVisit } from '../route.ts';
import { askedOf } from '../sign-in/views.ts';

/** What the start page shows; nothing that is not there. */
export type PortalView = {
  name: string;
  applications: Tile[];
  enrolment: Facts['enrolment'];
  asked: AccountView['asked'];
  /** Types a person can confirm with, best first. */
  ways: string[];
  /** *A passkey instead of your password*: said once in a long while, after signing in. */
  invited: boolean;
  /** Somebody asks to get back into this account. */
  askedFor: boolean;
  /** *Do you still have everything?*, some weeks after it was set up. */
  checkUp: boolean;
  next: Next[];
  organisations: { name: string; role: Role; since: Temporal.Instant; contact: string }[];
};

/** Something worth a look, most pressing first. */
export type Next =
  | { what: 'wrong'; count: number }
  | { what: 'sessions'; count: number }
  | { what: 'code'; hint: string; since: Temporal.Instant }
  | { what: 'device'; until: Temporal.Instant };

const WEEK = Temporal.Duration.from({ hours: 7 * 24 });
/** After this a paper has had time to get lost; the same day on which the check-up asks. */
const CODE_IS_OLD = Temporal.Duration.from({ hours: 28 * 24 });
/** A week of an ordinary person fits; after an attack the number says enough. */
const LINES_READ = 200;

export async function portalView(visit: SignedInVisit): Promise<PortalView> {
  const facts = await factsOf(visit);
  const bound = await boundViews(visit, facts);
  const checkUp = (await checkUpOf(visit.read, facts, visit.now)).due;
  return {
    name: facts.account.name,
    applications: await applicationsFor(visit.deps, facts),
    enrolment: facts.enrolment,
    asked: askedOf(facts),
    ways: bound.filter((one) => !one.disabled).map((one) => one.type),
    // One question at a time.
    invited: !checkUp && (await isInvitedToPasskey(visit.read, visit.who, facts)),
    checkUp,
    askedFor: await isAskedFor(visit.read, facts, visit.deps.clock),
    // The paper is asked for, and this row would say what to answer.
    next: (await nextOf(visit, facts)).filter(({ what }) => !(checkUp && what === 'code')),
    organisations: facts.memberships.map(({ organisation, role, joinedAt }) => ({
      name: organisation.name,
      role,
      since: joinedAt,
      contact: organisation.helpContact,
    })),
  };
}

async function nextOf(visit: SignedInVisit, facts: Facts): Promise<Next[]> {
  const { read, now } = visit;
  const { account, authenticators, policy } = facts;
  const isSince = (at: Temporal.Instant, since: Temporal.Instant) => Temporal.Instant.compare(at, since) >= 0;
  const next: Next[] = [];

  const lines = await read.audit.of(account.id, LINES_READ);
  const wrong = lines.filter(
    ({ event, at }) => (event === 'password.wrong' || event === 'sign-in.refused') && isSince(at, now.subtract(WEEK)),
  );
  if (wrong.length > 0) next.push({ what: 'wrong', count: wrong.length });

  const sessions = await read.sessions.of(account.id);
  const alive = sessions.filter((one) => isSince(one.lastSeenAt.add(policy.sessionIdle), now));
  if (alive.length > 1) next.push({ what: 'sessions', count: alive.length });

  const code = authenticators.find((one) => one.type === 'backup-code');
  const seen = (await read.checkUps.of(account.id)).findLast(({ outcome }) => outcome === 'passed')?.at;
  const lastSeen = code && seen && isSince(seen, code.boundAt) ? seen : code?.boundAt;
  if (code && lastSeen && isSince(now, lastSeen.add(CODE_IS_OLD)))
    next.push({ what: 'code', hint: code.hint, since: code.boundAt });

  const device = (await read.devices.of(account.id)).find((one) => isThisDevice(visit, one));
  if (device && device.securityEpoch === account.securityEpoch) next.push({ what: 'device', until: device.expiresAt });
  return next;
}
