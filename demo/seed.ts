import type { AuthenticatorTypes } from '#authenticators/index.ts';
import { secretOf } from '#authenticators/sms/secret.ts';
import { budgetKey } from '#flows/budget.ts';
import { hashToken } from '#flows/token.ts';
import { Secret } from '#core/secret.ts';
import type { Account, Address, AuditEntry, Store, Writer } from '#store/store.ts';
import { rowId } from './known.ts';
import { campaignOf, dayIn, HOUSE_IDS, rowsOf } from './organisations.ts';
import { type Person, secretsOf } from './person.ts';

/** Hashes at once: fewer than may wait in front of one core. */
const HASHES_AT_ONCE = 32;
const REMEMBERED_DAYS = 30;
const ORIGIN = {
  address: '192.0.2.44',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0',
  request: '',
};

/** The slow half of everybody: the stored forms of passwords and backup codes, each with a salt of its own. */
export type Hashes = ReadonlyMap<Person, { password: Secret<Uint8Array>; backupCode: Secret<Uint8Array> | null }>;

export async function hashAll(
  people: readonly Person[],
  types: Pick<AuthenticatorTypes, 'password' | 'backupCode'>,
): Promise<Hashes> {
  const hashed = new Map<Person, { password: Secret<Uint8Array>; backupCode: Secret<Uint8Array> | null }>();
  for (let first = 0; first < people.length; first += HASHES_AT_ONCE / 2) {
    await Promise.all(
      people.slice(first, first + HASHES_AT_ONCE / 2).map(async (person) => {
        const password = await types.password.toStored(person.password);
        const code =
          person.backupCode === 'none' ? null : await types.backupCode.toStored(secretsOf(person).backupCode);
        if ('refusal' in password || (code && 'refusal' in code)) throw new Error('too many hashes at once');
        hashed.set(person, { password: password.secret, backupCode: code && code.secret });
      }),
    );
  }
  return hashed;
}

/** Writes employers and people in one transaction, as their lives would have written them. */
export async function seed(store: Store, people: readonly Person[], hashes: Hashes, start: Temporal.Instant) {
  await store.transaction(async (tx) => {
    for (const house of HOUSE_IDS) {
      const { organisation, campaign } = rowsOf(house, start);
      await tx.organisations.create(organisation);
      await tx.campaigns.create(campaign);
    }
    for (const person of people) await settle(tx, person, hashes, start);
    const lines = people.flatMap((person) => historyOf(person, start));
    for (const line of lines.sort((a, b) => Temporal.Instant.compare(a.at, b.at))) await tx.audit.append(line);
  });
}

async function settle(tx: Writer, person: Person, hashes: Hashes, start: Temporal.Instant): Promise<void> {
  const on = (day: number) => dayOf(start, day);
  const { id: account } = person;
  await tx.accounts.create(accountOf(person, on), addressesOf(person, on));
  for (const organisation of person.houses)
    await tx.accounts.join({
      account,
      organisation,
      role: roleIn(person, organisation),
      joinedAt: on(person.joinedOn),
    });
  for (const day of person.signIns) await tx.accounts.recordSignIn(account, on(day));
  for (const { house, on: day } of person.later)
    await tx.campaigns.recordDeferral({ account, organisation: house, campaign: campaignOf(house), at: on(day) });

  const { extension, exemption } = person;
  if (extension) {
    const { house, untilDay, reason } = extension;
    const until = dayIn(house, start, untilDay);
    await tx.campaigns.extend({ account, campaign: campaignOf(house), until, reason, by: 'pieter.zonneveld' });
  }
  if (exemption) {
    const { house, untilDay, reason } = exemption;
    const until = dayIn(house, start, untilDay);
    await tx.campaigns.exempt({ account, organisation: house, until, reason, owner: 'helen.marlowe' });
  }
  await bindAll(tx, person, hashes, on);
  await rememberAll(tx, person, on);
  await guessAll(tx, person, start);
}

type On = (day: number) => Temporal.Instant;

function accountOf(person: Person, on: On): Account {
  const [first] = person.signIns;
  return {
    id: person.id,
    name: person.name,
    language: person.language,
    status: person.disabled ? 'disabled' : 'active',
    securityEpoch: epochOf(person, 0),
    firstSignInAt: first === undefined ? null : on(first),
    createdAt: on(person.joinedOn),
  };
}

function addressesOf({ id: account, address, secondAddress, confirmed, joinedOn }: Person, on: On): Address[] {
  const first = { account, address, primary: true, confirmedAt: confirmed ? on(joinedOn) : null };
  const second = { account, address: secondAddress ?? '', primary: false, confirmedAt: on(joinedOn) };
  return secondAddress === null ? [first] : [first, second];
}

/** At an employer's own desk or administration; whoever helps out elsewhere is a member there. */
function roleIn({ role, houses }: Person, organisation: string) {
  return organisation === houses[0] ? role : 'member';
}

/** The epoch that held on a day: a change of password raised it once. */
function epochOf({ changedOn }: Person, day: number): number {
  return changedOn !== null && day >= changedOn ? 2 : 1;
}

async function bindAll(tx: Writer, person: Person, hashes: Hashes, on: On): Promise<void> {
  const hashed = hashes.get(person);
  if (!hashed) throw new Error(`${person.id} has not been hashed`);
  const row = {
    account: person.id,
    label: '',
    hint: '',
    lastUsedAt: null,
    counter: -1,
    failures: 0,
    disabledAt: null,
    boundBy: person.id,
  };
  const boundAt = on(person.changedOn ?? person.joinedOn);
  await tx.authenticators.bind({
    ...row,
    id: rowId.password(person),
    type: 'password',
    secret: hashed.password,
    boundAt,
  });
  const secrets = secretsOf(person);
  const lastUsedAt = person.apps.length > 0 ? on(person.signIns.at(-1) ?? 0) : null;
  for (const [index, { label, boundOn, state }] of person.apps.entries()) {
    const isOff = state === 'switched-off';
    await tx.authenticators.bind({
      ...row,
      id: rowId.app(person, index),
      type: 'totp',
      label,
      secret: new Secret<Uint8Array>(secrets.totp(index)),
      boundAt: on(boundOn),
      lastUsedAt,
      failures: isOff ? 100 : 0,
      disabledAt: isOff ? on(-1) : null,
    });
  }
  const enrolledAt = on(person.apps[0]?.boundOn ?? person.joinedOn);
  if (person.phone) {
    const hint = person.phone.slice(-3);
    const secret = secretOf(person.phone);
    await tx.authenticators.bind({ ...row, id: rowId.phone(person), type: 'sms', hint, secret, boundAt: enrolledAt });
  }
  if (hashed.backupCode) {
    const id = rowId.backupCode(person);
    const hint = secrets.backupCode.reveal().slice(0, 4);
    const code = { ...row, id, type: 'backup-code', hint, secret: hashed.backupCode, boundAt: enrolledAt };
    await tx.authenticators.bind(code);
    if (person.backupCode === 'spent') await tx.authenticators.unbind(id, on(-4), 'spent');
  }
}

async function rememberAll(tx: Writer, person: Person, on: On): Promise<void> {
  for (const [index, { userAgent, rememberedOn }] of person.devices.entries())
    await tx.devices.create({
      id: rowId.device(person, index),
      tokenHash: hashToken(secretsOf(person).deviceToken(index)),
      account: person.id,
      securityEpoch: epochOf(person, rememberedOn),
      userAgent,
      address: ORIGIN.address,
      createdAt: on(rememberedOn),
      lastUsedAt: on(rememberedOn + 1),
      expiresAt: on(rememberedOn + REMEMBERED_DAYS),
    });
}

/** What strangers spent: twenty codes in an hour, or passwords for most of a day. */
async function guessAll(tx: Writer, { id, address, guessed }: Person, start: Temporal.Instant): Promise<void> {
  const charges = (count: number, everySeconds: number) =>
    Array.from({ length: count }, (_, index) => start.subtract({ seconds: (count - index) * everySeconds }));
  if (guessed === 'codes') await tx.budgets.save(budgetKey.guesses(id), charges(20, 200));
  if (guessed === 'passwords') await tx.budgets.save(budgetKey.passwords(address), charges(100, 60));
}

/** What the activity list shows: sign-ins, laters, and the day of enrolment. */
function historyOf(person: Person, start: Temporal.Instant): AuditEntry[] {
  const line = (event: string, day: number, detail: AuditEntry['detail']): AuditEntry => ({
    ...ORIGIN,
    at: dayOf(start, day),
    event,
    actor: person.id,
    account: person.id,
    detail,
  });
  const level = (day: number) => (person.apps.some(({ boundOn }) => boundOn <= day) ? 'aal2' : 'aal1');
  return [
    ...person.later.map(({ on }) => line('sign-in.deferred', on, {})),
    ...person.signIns.map((day) =>
      line('sign-in.complete', day, { level: level(day), viaRememberedDevice: false, entrance: 'sign-in' }),
    ),
    ...person.apps.map(({ boundOn, label }) =>
      line('account.authenticator-added', boundOn, { type: 'totp', label, notice: 'authenticator-bound' }),
    ),
    ...(person.changedOn === null ? [] : [line('account.password-changed', person.changedOn, {})]),
  ];
}

function dayOf(start: Temporal.Instant, day: number): Temporal.Instant {
  return start.add({ milliseconds: Math.round(day * 24 * 3600 * 1000) });
}
