import { millis } from '../columns.ts';
import { insert, statement } from '../statement.ts';
import { whileUnchanged } from '../while-unchanged.ts';
import type { ForwardLookUp, ForwardSession, ForwardTicket } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

/** The stamp of what concerns everybody. */
export const EVERYTHING = 'everything';

// One row, found by keys alone. A session that has ended is found by its absence, under whatever identifier it goes now.
const lookUp = statement<{ hash: Uint8Array; host: string; everything: string }>()((db, its) =>
  db
    .selectFrom('forward_sessions')
    .innerJoin('sessions', (join) =>
      join
        .onRef('sessions.sid', '=', 'forward_sessions.sid')
        .onRef('sessions.account', '=', 'forward_sessions.account'),
    )
    .leftJoin('stamps as own', 'own.about', 'sessions.account')
    .leftJoin('stamps as common', (join) => join.on('common.about', '=', its.everything))
    .select([
      'sessions.id as session',
      'sessions.last_seen_at as lastSeenMs',
      'sessions.expires_at as expiresMs',
      'own.value as ownStamp',
      'common.value as commonStamp',
    ])
    .where('forward_sessions.token_hash', '=', its.hash)
    // A session is good at the host it was opened for, whoever carries its cookie where.
    .where('forward_sessions.host', '=', its.host),
);
const stamp = statement<{ about: string }>()((db, its) =>
  db.selectFrom('stamps').select('value').where('about', '=', its.about),
);
const redeem = statement<{ hash: Uint8Array; nonce: Uint8Array; host: string; at: number }>()((db, its) =>
  db
    .updateTable('forward_tickets')
    .set({ consumed_at: its.at })
    .where('token_hash', '=', its.hash)
    .where('nonce_hash', '=', its.nonce)
    .where('host', '=', its.host)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', its.at)
    .returning(['account', 'sid', 'path']),
);
const end = statement<{ hash: Uint8Array }>()((db, its) =>
  db.deleteFrom('forward_sessions').where('token_hash', '=', its.hash),
);

export function forwardAuthReader({ on, version }: Context): ReaderOf<'forwardAuth'> {
  const kept = whileUnchanged<ForwardLookUp>(version);
  return {
    lookUp: (hash, host) =>
      kept(`${Buffer.from(hash).toString('base64url')} ${host}`, () =>
        lookUp.first(on, { hash, host, everything: EVERYTHING }),
      ),
    commonStamp: async () => (await stamp.first(on, { about: EVERYTHING }))?.value ?? 0,
  };
}

export function forwardAuthWriter({ on }: Context): WriterOf<'forwardAuth'> {
  return {
    issue: (row) =>
      insert(on, 'forward_tickets', {
        ...columnsOf(row),
        nonce_hash: row.nonceHash,
        path: row.path,
        consumed_at: null,
      }),
    redeem: (ticket, at) =>
      redeem.first(on, { hash: ticket.tokenHash, nonce: ticket.nonceHash, host: ticket.host, at: millis(at) }),
    open: (row) => insert(on, 'forward_sessions', columnsOf(row)),
    end: async (hash) => (await end.run(on, { hash })) === 1,
  };
}

function columnsOf(row: ForwardSession | ForwardTicket) {
  return {
    token_hash: row.tokenHash,
    account: row.account,
    sid: row.sid,
    host: row.host,
    created_at: millis(row.createdAt),
    expires_at: millis(row.expiresAt),
  };
}
