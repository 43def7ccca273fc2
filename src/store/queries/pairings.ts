import { bytes, instant, instantOrNull, millis } from '../columns.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Pairing } from '../store.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const byCode = statement<{ hash: Uint8Array }>()((db, its) =>
  db.selectFrom('pairings').selectAll().where('code_hash', '=', its.hash),
);
const byId = statement<{ id: string }>()((db, its) => db.selectFrom('pairings').selectAll().where('id', '=', its.id));
const pair = statement<{ id: string; hash: Uint8Array; at: number }>()((db, its) =>
  db
    .updateTable('pairings')
    .set({ token_hash: its.hash, paired_at: its.at })
    .where('id', '=', its.id)
    .where('paired_at', 'is', null)
    .where('expires_at', '>', its.at),
);

export function pairingsReader({ on }: Context): ReaderOf<'pairings'> {
  return {
    byCode: async (codeHash) => toPairing(await byCode.first(on, { hash: codeHash })),
    byId: async (id) => toPairing(await byId.first(on, { id })),
  };
}

export function pairingsWriter({ on }: Context): WriterOf<'pairings'> {
  return {
    create: (row) =>
      insert(on, 'pairings', {
        id: row.id,
        account: row.account,
        holder: row.holder,
        code_hash: row.codeHash,
        token_hash: null,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        paired_at: null,
      }),
    pair: async (id, tokenHash, at) => (await pair.run(on, { id, hash: tokenHash, at: millis(at) })) === 1,
  };
}

function toPairing(row: Tables['pairings'] | null): Pairing | null {
  return (
    row && {
      id: row.id,
      account: row.account,
      holder: row.holder,
      codeHash: bytes(row.code_hash),
      tokenHash: row.token_hash && bytes(row.token_hash),
      createdAt: instant(row.created_at),
      expiresAt: instant(row.expires_at),
      pairedAt: instantOrNull(row.paired_at),
    }
  );
}
