import { randomBytes } from 'node:crypto';
import type { Authenticator, Challenge } from '#core/authenticator.ts';
import { open } from '#core/recovery/decide.ts';
import { Secret } from '#core/secret.ts';
import type { Freeze, RecoveryCase, Voucher } from '#store/recovery.ts';
import type { Attempt, EnrolmentRow, Link, OutboxMessage, RememberedDevice, Session } from '#store/rows.ts';
import type { Store } from '#store/store.ts';
import { NOON } from '#test/support/store.ts';

/** Rows with sensible values; a test names only what it is about. Times are relative to {@link NOON}. */

export const minutes = (count: number): Temporal.Instant => NOON.add({ minutes: count });

export function hash(): Uint8Array {
  return Uint8Array.from(randomBytes(32));
}

/** Grace: one confirmed address, a member of one organisation. */
export async function addGrace(store: Store, id = 'grace'): Promise<void> {
  await store.transaction(async (tx) => {
    if (!(await tx.organisations.bySlug('bakery')))
      await tx.organisations.create({
        id: 'bakery',
        slug: 'bakery',
        name: 'Van Dam Bakery',
        language: 'en',
        timeZone: 'Europe/Amsterdam',
        policy: { deferralsAllowed: 2 },
        helpContact: 'help@bakery.example',
        colour: '#204060',
        createdAt: NOON,
      });
    await tx.accounts.create(
      {
        id,
        name: 'Grace',
        language: 'en',
        status: 'active',
        securityEpoch: 1,
        firstSignInAt: null,
        createdAt: NOON,
      },
      [{ account: id, address: `${id}@bakery.example`, primary: true, confirmedAt: NOON }],
    );
    await tx.accounts.join({ account: id, organisation: 'bakery', role: 'member', joinedAt: NOON });
  });
}

export function authenticator(row: Partial<Authenticator> = {}): Authenticator & { boundBy: string } {
  return {
    id: 'app-1',
    account: 'grace',
    type: 'totp',
    label: 'Nachtslot',
    secret: new Secret(new TextEncoder().encode('a shared secret!')),
    hint: '',
    boundAt: NOON,
    lastUsedAt: null,
    counter: -1,
    failures: 0,
    disabledAt: null,
    boundBy: 'grace',
    ...row,
  };
}

export function attempt(row: Partial<Attempt> = {}): Attempt {
  return {
    id: 'attempt-1',
    tokenHash: hash(),
    account: 'grace',
    state: { at: 'complete' },
    securityEpoch: 1,
    session: null,
    returnTo: '/',
    createdAt: NOON,
    expiresAt: minutes(10),
    endedAt: null,
    ...row,
  };
}

export function session(row: Partial<Session> = {}): Session {
  return {
    id: 'session-1',
    sid: 'sid-1',
    tokenHash: hash(),
    account: 'grace',
    evidence: [
      {
        type: 'password',
        authenticator: 'password-1',
        factors: ['knowledge'],
        phishingResistant: false,
        restricted: false,
        at: NOON,
      },
    ],
    viaRememberedDevice: false,
    securityEpoch: 1,
    userAgent: 'Firefox',
    address: '192.0.2.7',
    createdAt: NOON,
    lastSeenAt: NOON,
    expiresAt: minutes(60),
    ...row,
  };
}

export function device(row: Partial<RememberedDevice> = {}): RememberedDevice {
  return {
    id: 'device-1',
    tokenHash: hash(),
    account: 'grace',
    securityEpoch: 1,
    userAgent: 'Firefox',
    address: '192.0.2.7',
    createdAt: NOON,
    lastUsedAt: NOON,
    expiresAt: minutes(60),
    ...row,
  };
}

export function enrolment(row: Partial<EnrolmentRow> = {}): EnrolmentRow {
  return {
    id: 'enrolment-1',
    account: 'grace',
    holder: 'attempt-1',
    state: { at: 'choosing', course: 'first' },
    sealed: { pending: null, superseded: [], number: null, backupCode: null },
    securityEpoch: 1,
    createdAt: NOON,
    expiresAt: minutes(15),
    ...row,
  };
}

export function challenge(row: Partial<Challenge> = {}): Challenge {
  return {
    id: 'challenge-1',
    account: 'grace',
    authenticator: null,
    holder: 'attempt-1',
    purpose: 'verify',
    codeHash: hash(),
    destination: new Secret('+447700900123'),
    tries: 0,
    createdAt: NOON,
    expiresAt: minutes(10),
    ...row,
  };
}

export function link(row: Partial<Link> = {}): Link {
  return {
    id: 'link-1',
    tokenHash: hash(),
    kind: 'reset',
    account: 'grace',
    securityEpoch: 1,
    subject: '',
    createdAt: NOON,
    expiresAt: minutes(30),
    consumedAt: null,
    ...row,
  };
}

export function message(row: Partial<OutboxMessage> = {}): Omit<OutboxMessage, 'attempts'> {
  const { attempts: _, ...rest } = {
    id: 'message-1',
    channel: 'mail' as const,
    account: 'grace',
    to: new Secret('grace@bakery.example'),
    payload: new Secret('{"code":"481516"}'),
    idempotencyKey: 'key-1',
    runAt: NOON,
    expiresAt: null,
    attempts: 0,
    ...row,
  };
  return rest;
}

export function recoveryCase(row: Partial<RecoveryCase> = {}): RecoveryCase {
  return {
    id: 'case-1',
    account: 'grace',
    organisation: 'bakery',
    number: '481516',
    started: 'second-step',
    state: open([{ kind: 'password', at: NOON }], NOON),
    openedAt: NOON,
    claimedAt: null,
    endedAt: null,
    ...row,
  };
}

export function voucher(row: Partial<Voucher> = {}): Voucher {
  return {
    id: 'voucher-1',
    account: 'grace',
    organisation: 'bakery',
    codeHash: hash(),
    madeBy: 'helen',
    createdAt: NOON,
    expiresAt: minutes(60),
    endedAt: null,
    ...row,
  };
}

export function freeze(row: Partial<Freeze> = {}): Freeze {
  return {
    id: 'freeze-1',
    account: 'grace',
    organisation: 'bakery',
    reason: 'a stranger called',
    frozenBy: 'arthur',
    frozenAt: NOON,
    firstThawBy: null,
    thawedAt: null,
    ...row,
  };
}
