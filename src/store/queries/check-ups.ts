import { instant, millis, oneOf } from '../columns.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const of = statement<{ account: string }>()((db, its) =>
  db.selectFrom('check_ups').selectAll().where('account', '=', its.account).orderBy('at'),
);

export function checkUpsReader({ on }: Context): ReaderOf<'checkUps'> {
  return {
    of: async (account) =>
      (await of.all(on, { account })).map(({ at, outcome }) => ({
        at: instant(at),
        outcome: oneOf(['passed', 'skipped', 'failed'], outcome, 'check_ups.outcome'),
      })),
  };
}

export function checkUpsWriter({ on }: Context): WriterOf<'checkUps'> {
  return {
    record: (account, { at, outcome }) => insert(on, 'check_ups', { account, at: millis(at), outcome }),
  };
}
