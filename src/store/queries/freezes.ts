import { instant, instantOrNull, millis, millisOrNull } from '../columns.ts';
import type { Freeze, RecoveryReader, RecoveryWriter } from '../recovery.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Context } from './context.ts';

const ofAccount = statement<{ account: string }>()((db, its) =>
  db.selectFrom('freezes').selectAll().where('account', '=', its.account).where('thawed_at', 'is', null),
);
const ofOrganisation = statement<{ organisation: string }>()((db, its) =>
  db
    .selectFrom('freezes')
    .selectAll()
    .where('organisation', '=', its.organisation)
    .where('thawed_at', 'is', null)
    .orderBy('frozen_at'),
);
const propose = statement<{ id: string; by: string }>()((db, its) =>
  db.updateTable('freezes').set({ first_thaw_by: its.by }).where('id', '=', its.id).where('first_thaw_by', 'is', null),
);
const thaw = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('freezes').set({ thawed_at: its.at }).where('id', '=', its.id).where('thawed_at', 'is', null),
);

export function freezesReader({ on }: Context): Pick<RecoveryReader, 'freezeOf' | 'freezesOf'> {
  return {
    freezeOf: async (account) => {
      const row = await ofAccount.first(on, { account });
      return row && toFreeze(row);
    },
    freezesOf: async (organisation) => (await ofOrganisation.all(on, { organisation })).map(toFreeze),
  };
}

export function freezesWriter({ on }: Context): Pick<RecoveryWriter, 'freeze' | 'proposeThaw' | 'thaw'> {
  return {
    freeze: (row) =>
      insert(on, 'freezes', {
        account: row.account,
        organisation: row.organisation,
        id: row.id,
        reason: row.reason,
        frozen_by: row.frozenBy,
        frozen_at: millis(row.frozenAt),
        first_thaw_by: row.firstThawBy,
        thawed_at: millisOrNull(row.thawedAt),
      }),
    proposeThaw: async (id, by) => (await propose.run(on, { id, by })) === 1,
    thaw: async (id, at) => (await thaw.run(on, { id, at: millis(at) })) === 1,
  };
}

function toFreeze(row: Tables['freezes']): Freeze {
  return {
    id: row.id,
    account: row.account,
    organisation: row.organisation,
    reason: row.reason,
    frozenBy: row.frozen_by,
    frozenAt: instant(row.frozen_at),
    firstThawBy: row.first_thaw_by,
    thawedAt: instantOrNull(row.thawed_at),
  };
}
