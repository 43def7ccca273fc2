import { readGroups } from '#core/application/groups.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import { administeredBy, type Steward, viaOf } from './administration.ts';
import type { Deps } from './deps.ts';

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
