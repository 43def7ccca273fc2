import { bytes, instant, millis } from '../columns.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { RememberedDevice } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const byToken = statement<{ hash: Uint8Array; now: number }>()((db, its) =>
  db.selectFrom('remembered_devices').selectAll().where('token_hash', '=', its.hash).where('expires_at', '>', its.now),
);
const of = statement<{ account: string; now: number }>()((db, its) =>
  db
    .selectFrom('remembered_devices')
    .selectAll()
    .where('account', '=', its.account)
    .where('expires_at', '>', its.now)
    .orderBy('last_used_at', 'desc')
    .orderBy('id'),
);
const touch = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('remembered_devices').set({ last_used_at: its.at }).where('id', '=', its.id),
);
const end = statement<{ id: string }>()((db, its) => db.deleteFrom('remembered_devices').where('id', '=', its.id));

/** A device is forgotten on its day, whoever forgets to ask. */
export function devicesReader({ on, now }: Context): ReaderOf<'devices'> {
  return {
    byToken: async (hash) => {
      const row = await byToken.first(on, { hash, now: millis(now()) });
      return row && toDevice(row);
    },
    of: async (account) => (await of.all(on, { account, now: millis(now()) })).map(toDevice),
  };
}

export function devicesWriter({ on }: Context): WriterOf<'devices'> {
  return {
    create: (row) =>
      insert(on, 'remembered_devices', {
        id: row.id,
        token_hash: row.tokenHash,
        account: row.account,
        security_epoch: row.securityEpoch,
        user_agent: row.userAgent,
        address: row.address,
        created_at: millis(row.createdAt),
        last_used_at: millis(row.lastUsedAt),
        expires_at: millis(row.expiresAt),
      }),
    touch: async (id, at) => void (await touch.run(on, { id, at: millis(at) })),
    end: async (id) => (await end.run(on, { id })) === 1,
  };
}

function toDevice(row: Tables['remembered_devices']): RememberedDevice {
  return {
    id: row.id,
    tokenHash: bytes(row.token_hash),
    account: row.account,
    securityEpoch: row.security_epoch,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: instant(row.created_at),
    lastUsedAt: instant(row.last_used_at),
    expiresAt: instant(row.expires_at),
  };
}
