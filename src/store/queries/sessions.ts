import type { Evidence } from '#core/assurance.ts';
import { bytes, flag, instant, millis } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Session } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const byToken = statement<{ hash: Uint8Array; now: number }>()((db, its) =>
  db.selectFrom('sessions').selectAll().where('token_hash', '=', its.hash).where('expires_at', '>', its.now),
);
const bySid = statement<{ sid: string; now: number }>()((db, its) =>
  db.selectFrom('sessions').selectAll().where('sid', '=', its.sid).where('expires_at', '>', its.now),
);
const byId = statement<{ id: string; now: number }>()((db, its) =>
  db.selectFrom('sessions').selectAll().where('id', '=', its.id).where('expires_at', '>', its.now),
);
const of = statement<{ account: string; now: number }>()((db, its) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('account', '=', its.account)
    .where('expires_at', '>', its.now)
    .orderBy('last_seen_at', 'desc')
    .orderBy('id'),
);
const touch = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('sessions').set({ last_seen_at: its.at }).where('id', '=', its.id),
);
const end = statement<{ id: string }>()((db, its) => db.deleteFrom('sessions').where('id', '=', its.id));

/** A session past its absolute end is not found, whoever forgets to ask. */
export function sessionsReader({ on, now }: Context): ReaderOf<'sessions'> {
  return {
    byToken: async (hash) => {
      const row = await byToken.first(on, { hash, now: millis(now()) });
      return row && toSession(row);
    },
    bySid: async (sid) => {
      const row = await bySid.first(on, { sid, now: millis(now()) });
      return row && toSession(row);
    },
    byId: async (id) => {
      const row = await byId.first(on, { id, now: millis(now()) });
      return row && toSession(row);
    },
    of: async (account) => (await of.all(on, { account, now: millis(now()) })).map(toSession),
  };
}

export function sessionsWriter({ on }: Context): WriterOf<'sessions'> {
  return {
    create: (row) =>
      insert(on, 'sessions', {
        id: row.id,
        sid: row.sid,
        token_hash: row.tokenHash,
        account: row.account,
        evidence: encode(row.evidence),
        via_remembered_device: flag(row.viaRememberedDevice),
        security_epoch: row.securityEpoch,
        user_agent: row.userAgent,
        address: row.address,
        created_at: millis(row.createdAt),
        last_seen_at: millis(row.lastSeenAt),
        expires_at: millis(row.expiresAt),
      }),
    touch: async (id, at) => void (await touch.run(on, { id, at: millis(at) })),
    end: async (id) => (await end.run(on, { id })) === 1,
  };
}

function toSession(row: Tables['sessions']): Session {
  return {
    id: row.id,
    sid: row.sid,
    tokenHash: bytes(row.token_hash),
    account: row.account,
    evidence: decode(row.evidence) as Evidence[],
    viaRememberedDevice: row.via_remembered_device === 1,
    securityEpoch: row.security_epoch,
    userAgent: row.user_agent,
    address: row.address,
    createdAt: instant(row.created_at),
    lastSeenAt: instant(row.last_seen_at),
    expiresAt: instant(row.expires_at),
  };
}
