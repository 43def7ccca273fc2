import { instant, millis, oneOf } from '../columns.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { CampaignRow } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const of = statement<{ organisation: string }>()((db, its) =>
  db
    .selectFrom('campaigns')
    .selectAll()
    .where('organisation', '=', its.organisation)
    .orderBy('created_at')
    .orderBy('id'),
);
const deferrals = statement<{ account: string }>()((db, its) =>
  db.selectFrom('deferrals').selectAll().where('account', '=', its.account).orderBy('at'),
);
const extensions = statement<{ account: string }>()((db, its) =>
  db.selectFrom('extensions').selectAll().where('account', '=', its.account).orderBy('until'),
);
const exemptions = statement<{ account: string }>()((db, its) =>
  db.selectFrom('exemptions').selectAll().where('account', '=', its.account).orderBy('until'),
);
const signIns = statement<{ account: string; limit: number }>()((db, its) =>
  db.selectFrom('sign_ins').select('at').where('account', '=', its.account).orderBy('at', 'desc').limit(its.limit),
);

const setStatus = statement<{ id: string; status: string }>()((db, its) =>
  db.updateTable('campaigns').set({ status: its.status }).where('id', '=', its.id),
);

export function campaignsReader({ on }: Context): ReaderOf<'campaigns'> {
  return {
    async of(organisations) {
      const found = [];
      for (const organisation of new Set(organisations)) found.push(...(await of.all(on, { organisation })));
      return found.map(toCampaign);
    },
    deferrals: async (account) =>
      (await deferrals.all(on, { account })).map((row) => ({ ...row, at: instant(row.at) })),
    extensions: async (account) =>
      (await extensions.all(on, { account })).map(({ granted_by: by, ...row }) => ({
        ...row,
        until: day(row.until),
        by,
      })),
    exemptions: async (account) =>
      (await exemptions.all(on, { account })).map((row) => ({ ...row, until: day(row.until) })),
    signIns: async (account, limit) => (await signIns.all(on, { account, limit })).map((row) => instant(row.at)),
  };
}

export function campaignsWriter({ on }: Context): WriterOf<'campaigns'> {
  return {
    create: (row) =>
      insert(on, 'campaigns', {
        id: row.id,
        organisation: row.organisation,
        name: row.name,
        starts_on: row.startsOn.toString(),
        deadline: row.deadline?.toString() ?? null,
        status: row.status,
        created_at: millis(row.createdAt),
      }),
    setStatus: async (id, status) => void (await setStatus.run(on, { id, status })),
    recordDeferral: (row) =>
      insert(on, 'deferrals', {
        account: row.account,
        organisation: row.organisation,
        campaign: row.campaign,
        at: millis(row.at),
      }),
    extend: (row) =>
      insert(on, 'extensions', {
        account: row.account,
        campaign: row.campaign,
        until: row.until.toString(),
        reason: row.reason,
        granted_by: row.by,
      }),
    exempt: (row) =>
      insert(on, 'exemptions', {
        account: row.account,
        organisation: row.organisation,
        until: row.until.toString(),
        reason: row.reason,
        owner: row.owner,
      }),
  };
}

function toCampaign(row: Tables['campaigns']): CampaignRow {
  return {
    id: row.id,
    organisation: row.organisation,
    name: row.name,
    startsOn: day(row.starts_on),
    deadline: row.deadline === null ? null : day(row.deadline),
    status: oneOf(['draft', 'running', 'paused'], row.status, 'campaigns.status'),
    createdAt: instant(row.created_at),
  };
}

function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}
