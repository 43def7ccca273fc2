import { instant, millis } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { statement } from '../statement.ts';
import type { Consent } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const of = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('consents')
    .selectAll()
    .where('account', '=', its.account)
    .orderBy('given_at', 'desc')
    .orderBy('application'),
);
const given = statement<{ account: string; application: string }>()((db, its) =>
  db.selectFrom('consents').selectAll().where('account', '=', its.account).where('application', '=', its.application),
);
const give = statement<Tables['consents']>()((db, its) =>
  db
    .insertInto('consents')
    .values({ account: its.account, application: its.application, scopes: its.scopes, given_at: its.given_at })
    .onConflict((conflict) =>
      conflict.columns(['account', 'application']).doUpdateSet({ scopes: its.scopes, given_at: its.given_at }),
    ),
);
const revoke = statement<{ account: string; application: string }>()((db, its) =>
  db.deleteFrom('consents').where('account', '=', its.account).where('application', '=', its.application),
);

export function consentsReader({ on }: Context): ReaderOf<'consents'> {
  return {
    of: async (account) => (await of.all(on, { account })).map(toConsent),
    given: async (account, application) => {
      const row = await given.first(on, { account, application });
      return row && toConsent(row);
    },
  };
}

export function consentsWriter({ on }: Context): WriterOf<'consents'> {
  return {
    give: async (row) =>
      void (await give.run(on, {
        account: row.account,
        application: row.application,
        scopes: encode(row.scopes),
        given_at: millis(row.givenAt),
      })),
    revoke: async (account, application) => (await revoke.run(on, { account, application })) === 1,
  };
}

function toConsent(row: Tables['consents']): Consent {
  return {
    account: row.account,
    application: row.application,
    scopes: decode(row.scopes) as string[],
    givenAt: instant(row.given_at),
  };
}
