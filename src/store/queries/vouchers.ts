import { bytes, instant, instantOrNull, millis, millisOrNull } from '../columns.ts';
import type { RecoveryReader, RecoveryWriter, Voucher } from '../recovery.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Context } from './context.ts';

const ofOrganisation = statement<{ organisation: string }>()((db, its) =>
  db
    .selectFrom('vouchers')
    .selectAll()
    .where('organisation', '=', its.organisation)
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc'),
);
const supersede = statement<{ account: string; at: number }>()((db, its) =>
  db.updateTable('vouchers').set({ ended_at: its.at }).where('account', '=', its.account).where('ended_at', 'is', null),
);
const use = statement<{ account: string; hash: Uint8Array; at: number }>()((db, its) =>
  db
    .updateTable('vouchers')
    .set({ ended_at: its.at })
    .where('account', '=', its.account)
    .where('code_hash', '=', its.hash)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', its.at),
);

export function vouchersReader({ on }: Context): Pick<RecoveryReader, 'vouchersOf'> {
  return {
    vouchersOf: async (organisation) => (await ofOrganisation.all(on, { organisation })).map(toVoucher),
  };
}

export function vouchersWriter({ on }: Context): Pick<RecoveryWriter, 'createVoucher' | 'useVoucher'> {
  return {
    async createVoucher(row) {
      await supersede.run(on, { account: row.account, at: millis(row.createdAt) });
      await insert(on, 'vouchers', {
        id: row.id,
        account: row.account,
        organisation: row.organisation,
        code_hash: row.codeHash,
        made_by: row.madeBy,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        ended_at: millisOrNull(row.endedAt),
      });
    },
    useVoucher: async (account, hash, at) => (await use.run(on, { account, hash, at: millis(at) })) === 1,
  };
}

function toVoucher(row: Tables['vouchers']): Voucher {
  return {
    id: row.id,
    account: row.account,
    organisation: row.organisation,
    codeHash: bytes(row.code_hash),
    madeBy: row.made_by,
    createdAt: instant(row.created_at),
    expiresAt: instant(row.expires_at),
    endedAt: instantOrNull(row.ended_at),
  };
}
