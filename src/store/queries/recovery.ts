import type { Recovery } from '#core/recovery/state.ts';
import { instant, instantOrNull, millis, millisOrNull, oneOf } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { RecoveryCase, RecoveryReader, RecoveryWriter } from '../recovery.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Context } from './context.ts';
import { freezesReader, freezesWriter } from './freezes.ts';
import { vouchersReader, vouchersWriter } from './vouchers.ts';

const byId = statement<{ id: string }>()((db, its) =>
  db.selectFrom('recovery_cases').selectAll().where('id', '=', its.id),
);
const openOf = statement<{ account: string }>()((db, its) =>
  db.selectFrom('recovery_cases').selectAll().where('account', '=', its.account).where('ended_at', 'is', null),
);
const openByNumber = statement<{ number: string }>()((db, its) =>
  db.selectFrom('recovery_cases').selectAll().where('number', '=', its.number).where('ended_at', 'is', null),
);
const lastEndedOf = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('recovery_cases')
    .selectAll()
    .where('account', '=', its.account)
    .where('ended_at', 'is not', null)
    .orderBy('ended_at', 'desc')
    .limit(1),
);
const ofOrganisation = statement<{ organisation: string; since: number }>()((db, its) =>
  db
    .selectFrom('recovery_cases')
    .selectAll()
    .where('organisation', '=', its.organisation)
    .where((e) => e.or([e('ended_at', 'is', null), e('ended_at', '>=', its.since)]))
    .orderBy('opened_at')
    .orderBy('id'),
);
const lock = statement<{ id: string }>()((db, its, dialect) =>
  db
    .selectFrom('recovery_cases')
    .selectAll()
    .where('id', '=', its.id)
    .$if(dialect === 'postgres', (query) => query.forUpdate()),
);
const save = statement<Pick<Tables['recovery_cases'], 'id' | 'at' | 'state' | 'claimed_at' | 'ended_at'>>()((db, its) =>
  db
    .updateTable('recovery_cases')
    .set({ at: its.at, state: its.state, claimed_at: its.claimed_at, ended_at: its.ended_at })
    .where('id', '=', its.id),
);

export function recoveryReader(context: Context): RecoveryReader {
  const { on } = context;
  return {
    byId: async (id) => orNull(await byId.first(on, { id })),
    openOf: async (account) => orNull(await openOf.first(on, { account })),
    openByNumber: async (number) => orNull(await openByNumber.first(on, { number })),
    lastEndedOf: async (account) => orNull(await lastEndedOf.first(on, { account })),
    ofOrganisation: async (organisation, since) =>
      (await ofOrganisation.all(on, { organisation, since: millis(since) })).map(toCase),
    ...freezesReader(context),
    ...vouchersReader(context),
  };
}

export function recoveryWriter(context: Context): RecoveryWriter {
  const { on } = context;
  return {
    create: (row) =>
      insert(on, 'recovery_cases', {
        account: row.account,
        organisation: row.organisation,
        id: row.id,
        number: row.number,
        started: row.started,
        at: row.state.at,
        state: encode(row.state),
        opened_at: millis(row.openedAt),
        claimed_at: millisOrNull(row.claimedAt),
        ended_at: millisOrNull(row.endedAt),
      }),
    lock: async (id) => orNull(await lock.first(on, { id })),
    save: async (id, { state, claimedAt, endedAt }) =>
      void (await save.run(on, {
        id,
        at: state.at,
        state: encode(state),
        claimed_at: millisOrNull(claimedAt),
        ended_at: millisOrNull(endedAt),
      })),
    ...freezesWriter(context),
    ...vouchersWriter(context),
  };
}

function orNull(row: Tables['recovery_cases'] | null): RecoveryCase | null {
  return row && toCase(row);
}

function toCase(row: Tables['recovery_cases']): RecoveryCase {
  return {
    id: row.id,
    account: row.account,
    organisation: row.organisation,
    number: row.number,
    started: oneOf(['second-step', 'help-centre', 'command-line'], row.started, 'recovery_cases.started'),
    state: decode(row.state) as Recovery,
    openedAt: instant(row.opened_at),
    claimedAt: instantOrNull(row.claimed_at),
    endedAt: instantOrNull(row.ended_at),
  };
}
