import { Secret } from '#core/secret.ts';
import { bytes, instant, instantOrNull, millis } from '../columns.ts';
import type { Tables } from '../schema.ts';
import type { Place, Seal } from '../seal.ts';
import { insert, statement } from '../statement.ts';
import type { Pairing } from '../rows.ts';
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

const withPush = statement<{ account: string }>()((db, its) =>
  db.selectFrom('pairings').select('id').where('account', '=', its.account).where('sealed_push', 'is not', null),
);
const setPush = statement<{ id: string; push: Uint8Array | null }>()((db, its) =>
  db.updateTable('pairings').set({ sealed_push: its.push }).where('id', '=', its.id),
);

export function pairingsReader({ on, seal }: Context): ReaderOf<'pairings'> {
  return {
    byCode: async (codeHash) => toPairing(await byCode.first(on, { hash: codeHash }), seal),
    byId: async (id) => toPairing(await byId.first(on, { id }), seal),
    withPush: async (account) => (await withPush.all(on, { account })).map(({ id }) => id),
  };
}

export function pairingsWriter({ on, seal }: Context): WriterOf<'pairings'> {
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
        sealed_push: null,
      }),
    setPush: async (id, push) =>
      void (await setPush.run(on, {
        id,
        push: push && seal.seal(new TextEncoder().encode(JSON.stringify(push)), placeOf(id)),
      })),
    pair: async (id, tokenHash, at) => (await pair.run(on, { id, hash: tokenHash, at: millis(at) })) === 1,
  };
}

function placeOf(row: string): Place {
  return { table: 'pairings', column: 'sealed_push', row };
}

function toPairing(row: Tables['pairings'] | null, seal: Seal): Pairing | null {
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
      push: row.sealed_push && opened(row.sealed_push, row.id, seal),
    }
  );
}

function opened(sealed: Uint8Array, row: string, seal: Seal): Secret {
  return new Secret(() => new TextDecoder().decode(seal.open(sealed, placeOf(row))));
}
