import { instant, oneOf } from '../columns.ts';
import { decode } from '../json.ts';
import { type Connection, statement } from '../statement.ts';
import type { Membership } from '../rows.ts';
import { toOrganisation } from './organisations.ts';

const ofAccount = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('memberships')
    .innerJoin('organisations', 'organisations.id', 'memberships.organisation')
    .selectAll('organisations')
    .select(['memberships.account as member', 'memberships.role', 'memberships.joined_at', 'memberships.groups'])
    .where('memberships.account', '=', its.account)
    .orderBy('organisations.slug'),
);

export async function membershipsOf(on: Connection, account: string): Promise<Membership[]> {
  const rows = await ofAccount.all(on, { account });
  return rows.map((row) => ({
    account: row.member,
    organisation: toOrganisation(row),
    role: oneOf(['member', 'agent', 'administrator'], row.role, 'memberships.role'),
    joinedAt: instant(row.joined_at),
    groups: decode(row.groups) as string[],
  }));
}
