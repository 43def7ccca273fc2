import type { Challenge } from '#core/authenticator.ts';
import { Secret } from '#core/secret.ts';
import { bytes, instant, millis, oneOf } from '../columns.ts';
import type { Tables } from '../schema.ts';
import type { Place, Seal } from '../seal.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const EMPTY = new Uint8Array(0);

const open = statement<{ holder: string; purpose: string }>()((db, its) =>
  db
    .selectFrom('challenges')
    .selectAll()
    .where('holder', '=', its.holder)
    .where('purpose', '=', its.purpose)
    .where('ended_at', 'is', null),
);
const supersede = statement<{ holder: string; purpose: string; at: number; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('challenges')
    .set({ ended_at: its.at, sealed_destination: its.empty })
    .where('holder', '=', its.holder)
    .where('purpose', '=', its.purpose)
    .where('ended_at', 'is', null),
);
const countTry = statement<{ id: string }>()((db, its) =>
  db
    .updateTable('challenges')
    .set((e) => ({ tries: e('tries', '+', 1) }))
    .where('id', '=', its.id)
    .returning('tries'),
);

export function challengesReader({ on, seal }: Context): ReaderOf<'challenges'> {
  return {
    open: async (holder, purpose) => {
      const row = await open.first(on, { holder, purpose });
      return row && toChallenge(row, seal);
    },
  };
}

export function challengesWriter({ on, seal }: Context): WriterOf<'challenges'> {
  return {
    async create(row) {
      await supersede.run(on, { holder: row.holder, purpose: row.purpose, at: millis(row.createdAt), empty: EMPTY });
      await insert(on, 'challenges', {
        id: row.id,
        account: row.account,
        authenticator: row.authenticator,
        holder: row.holder,
        purpose: row.purpose,
        code_hash: row.codeHash,
        sealed_destination: seal.seal(new TextEncoder().encode(row.destination.reveal()), placeOf(row.id)),
        tries: row.tries,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        ended_at: null,
      });
    },
    countTry: async (id) => (await countTry.first(on, { id }))?.tries ?? 0,
  };
}

function placeOf(row: string): Place {
  return { table: 'challenges', column: 'sealed_destination', row };
}

function toChallenge(row: Tables['challenges'], seal: Seal): Challenge {
  return {
    id: row.id,
    account: row.account,
    authenticator: row.authenticator,
    holder: row.holder,
    purpose: oneOf(['verify', 'bind', 'guard'], row.purpose, 'challenges.purpose'),
    codeHash: bytes(row.code_hash),
    destination: new Secret(new TextDecoder().decode(seal.open(row.sealed_destination, placeOf(row.id)))),
    tries: row.tries,
    createdAt: instant(row.created_at),
    expiresAt: instant(row.expires_at),
  };
}
