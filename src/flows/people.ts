import { readGroups } from '#core/application/groups.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { queueNotice } from '#outbox/queue.ts';
import type { Member } from '#store/administration.ts';
import type { Writer } from '#store/store.ts';
import { administeredBy, type Steward, viaOf } from './administration.ts';
import type { Deps } from './deps.ts';
import { budgetKey, chargeWithin } from './budget.ts';
import { addressee, tellOwner } from './notice.ts';
import { loadFacts } from './world.ts';

/** Puts a person into groups of one organisation, and out of all others of it. Answers the groups in one spelling. */
export function setPersonGroups(
  deps: Deps,
  steward: Steward,
  input: { organisation: string; account: string; groups: readonly string[] },
): Promise<{ groups: string[] } | Refused> {
  const { organisation, account } = input;
  return deps.store.transaction(async (tx) => {
    await tx.accounts.lock(account);
    const person = await tx.people.member(organisation, account);
    if (!person || !(await administeredBy(tx, steward)).includes(organisation)) return refuse('not-found');
    const groups = readGroups(input.groups);
    if (!Array.isArray(groups)) return groups;
    if (JSON.stringify(groups) === JSON.stringify(person.groups)) return { groups };
    await tx.accounts.setGroups(account, organisation, groups);
    await tellPerson({ deps, tx, steward, organisation, person, groups });
    await tx.audit.append({
      at: deps.clock.now(),
      event: 'person.groups-changed',
      actor: steward.account,
      account,
      ...steward.origin,
      detail: { organisation, before: person.groups.join(', '), after: groups.join(', '), ...viaOf(steward) },
    });
    return { groups };
  });
}

/** A program can change groups without end. Those that are told arrive together; the rest stands in My account. */
const TOLD = [{ limit: 30, within: Temporal.Duration.from({ hours: 1 }) }];

type Change = { deps: Deps; tx: Writer; steward: Steward; organisation: string; person: Member; groups: string[] };

/**
 * What an administrator does to an account is told to its owner, in the transaction that does it. Whoever changed their
 * own groups on a page can answer that it was somebody else, which ends what is open; anybody else can end nothing by it.
 */
async function tellPerson({ deps, tx, steward, organisation, person, groups }: Change): Promise<void> {
  const added = groups.filter((name) => !person.groups.includes(name));
  const removed = person.groups.filter((name) => !groups.includes(name));
  const now = deps.clock.now();
  const facts = await loadFacts(tx, person.account, now);
  const memberships = facts?.memberships.filter((one) => one.organisation.id === organisation) ?? [];
  const house = memberships[0]?.organisation;
  // Somebody who left does not go on learning how the organisation is arranged.
  if (!facts || !house || person.status !== 'active' || added.length + removed.length === 0) return;
  if (!(await chargeWithin(tx, budgetKey.groupsTold(person.account), TOLD, now)).allowed) return;
  const values = { organisation: house.name, ...(await whoDid(tx, steward, organisation)), added, removed };
  const event = { kind: 'groups-changed', values } as const;
  const { origin } = steward;
  if (steward.account === person.account && 'session' in steward.by)
    return tellOwner({ deps, tx, facts, origin, now }, event);
  const confirmed = (await tx.accounts.addresses(person.account)).filter((one) => one.confirmedAt);
  const addresses = confirmed.map((one) => one.address);
  const to = addressee({ ...facts, memberships });
  await queueNotice(tx, { ...to, ...event, addresses, origin, now, wasntMeLink: null });
  deps.wake();
}

/** The administrator; of a program, the name of its token too. */
async function whoDid(
  tx: Writer,
  { account, by }: Steward,
  organisation: string,
): Promise<{ by: string; token: string | null }> {
  const name = (await tx.accounts.byId(account))?.name ?? '';
  if ('session' in by) return { by: name, token: null };
  const token = (await tx.apiTokens.of(organisation)).find(({ id }) => id === by.token);
  return { by: name, token: token?.name ?? '' };
}
