import { type Kysely, sql } from 'kysely';
import type { Member } from '../administration.ts';
import { instantOrNull, oneOf } from '../columns.ts';
import { decode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { statement } from '../statement.ts';
import { normaliseAddress } from '../store.ts';
import type { Context, ReaderOf } from './context.ts';

const members = (db: Kysely<Tables>) =>
  db
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.account')
    .innerJoin('addresses', (join) =>
      join.onRef('addresses.account', '=', 'accounts.id').on('addresses.is_primary', '=', 1),
    )
    .select(['accounts.id', 'accounts.name', 'accounts.status', 'addresses.address', 'addresses.key'])
    .select(['memberships.role', 'memberships.groups']);

type Wish = { organisation: string; name: string; account: string; pattern: string; limit: number };
const page = statement<Wish>()((db, its) =>
  members(db)
    .where('memberships.organisation', '=', its.organisation)
    .where((e) =>
      e.or([
        e('accounts.name', '>', its.name),
        e.and([e('accounts.name', '=', its.name), e('accounts.id', '>', its.account)]),
      ]),
    )
    .where((e) =>
      e.or([
        sql<boolean>`lower(${e.ref('accounts.name')}) like ${its.pattern} escape '\\'`,
        sql<boolean>`${e.ref('addresses.key')} like ${its.pattern} escape '\\'`,
      ]),
    )
    .orderBy('accounts.name')
    .orderBy('accounts.id')
    .limit(its.limit),
);
const one = statement<{ organisation: string; account: string }>()((db, its) =>
  members(db).where('memberships.organisation', '=', its.organisation).where('memberships.account', '=', its.account),
);
const count = statement<{ organisation: string }>()((db, its) =>
  db
    .selectFrom('memberships')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('organisation', '=', its.organisation),
);
const administrators = statement<{ organisation: string }>()((db, its) =>
  db
    .selectFrom('memberships')
    .select('account')
    .where('organisation', '=', its.organisation)
    .where('role', '=', 'administrator')
    .orderBy('account'),
);
const groups = statement<{ organisation: string }>()((db, its) =>
  db.selectFrom('memberships').select('groups').distinct().where('organisation', '=', its.organisation),
);
const secondSteps = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('authenticators')
    .select(['type', 'disabled_at'])
    .where('account', '=', its.account)
    .where('ended_at', 'is', null)
    .where('type', '<>', 'password'),
);

type Row = { id: string; name: string; status: string; address: string; role: string; groups: string };

export function peopleReader({ on }: Context): ReaderOf<'people'> {
  return {
    page: async ({ organisation, search, after, limit }) => {
      const { name = '', account = '' } = after ?? {};
      const rows = await page.all(on, { organisation, name, account, pattern: pattern(search), limit });
      return Promise.all(rows.map(toMember));
    },
    member: async (organisation, account) => {
      const row = await one.first(on, { organisation, account });
      return row && toMember(row);
    },
    count: async (organisation) => (await count.first(on, { organisation }))?.total ?? 0,
    administrators: async (organisation) => (await administrators.all(on, { organisation })).map((row) => row.account),
    groups: async (organisation) => {
      const rows = await groups.all(on, { organisation });
      return [...new Set(rows.flatMap((row) => decode(row.groups) as string[]))].sort((a, b) => a.localeCompare(b));
    },
  };

  async function toMember(row: Row): Promise<Member> {
    return {
      account: row.id,
      name: row.name,
      address: row.address,
      status: oneOf(['active', 'disabled'], row.status, 'accounts.status'),
      role: oneOf(['member', 'agent', 'administrator'], row.role, 'memberships.role'),
      groups: decode(row.groups) as string[],
      secondSteps: (await secondSteps.all(on, { account: row.id })).map(({ type, disabled_at }) => ({
        type,
        disabledAt: instantOrNull(disabled_at),
      })),
    };
  }
}

/** What was typed is looked for as it is: `%` and `_` mean themselves. */
function pattern(search: string): string {
  return `%${normaliseAddress(search).replace(/[%_\\]/g, '\\$&')}%`;
}
