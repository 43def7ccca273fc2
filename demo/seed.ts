import type { Proof } from '#core/recovery/state.ts';
import type { Account, Address } from '#store/rows.ts';
import type { Store, Writer } from '#store/store.ts';
import { GROUPS } from './applications.ts';
import { daysFrom, type On } from './days.ts';
import type { Hashes } from './hashes.ts';
import { historyOf } from './history.ts';
import { bindAll, epochOf, guessAll, rememberAll } from './keys-in-hand.ts';
import { campaignOf, dayIn, HOUSE_IDS, rowsOf } from './organisations.ts';
import type { Person } from './person.ts';

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
  const on = daysFrom(start);
  const { id: account } = person;
  await tx.accounts.create(accountOf(person, on), addressesOf(person, on));
  for (const organisation of person.houses)
    await tx.accounts.join({
      account,
      organisation,
      role: roleIn(person, organisation),
      joinedAt: on(person.joinedOn),
      groups: organisation === person.houses[0] ? [...(GROUPS[account] ?? [])] : [],
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
  await askBackIn(tx, person, on);
}

/** A request that waits for an agent, as its owner's two proofs have left it. */
async function askBackIn(tx: Writer, { id, houses, askedBackIn }: Person, on: On): Promise<void> {
  const [organisation] = houses;
  if (askedBackIn === null || !organisation) return;
  const [openedAt, confirmedAt] = [on(askedBackIn), on(askedBackIn + 0.01)];
  const proofs: Proof[] = [
    { kind: 'password', at: openedAt },
    { kind: 'mailbox', at: confirmedAt },
  ];
  await tx.recovery.create({
    id: `request-${id}`,
    account: id,
    organisation,
    number: '273185',
    started: 'second-step',
    state: { at: 'second-proof', facts: { openedAt, proofs, checks: [] } },
    openedAt,
    claimedAt: null,
    endedAt: null,
  });
}

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
    recoveredAt: null,
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
