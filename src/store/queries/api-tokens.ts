import type { ApiToken } from '../administration.ts';
import { bytes, instant, instantOrNull, millis, millisOrNull, oneOf } from '../columns.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const of = statement<{ organisation: string }>()((db, its) =>
  db
    .selectFrom('api_tokens')
    .selectAll()
    .where('organisation', '=', its.organisation)
    .orderBy('created_at', 'desc')
    .orderBy('id'),
);
const byToken = statement<{ hash: Uint8Array; now: number }>()((db, its) =>
  db.selectFrom('api_tokens').selectAll().where('token_hash', '=', its.hash).where('expires_at', '>', its.now),
);
const touch = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('api_tokens').set({ last_used_at: its.at }).where('id', '=', its.id),
);
const remove = statement<{ organisation: string; id: string }>()((db, its) =>
  db.deleteFrom('api_tokens').where('organisation', '=', its.organisation).where('id', '=', its.id),
);

export function apiTokensReader({ on, now }: Context): ReaderOf<'apiTokens'> {
  return {
    of: async (organisation) => (await of.all(on, { organisation })).map(toApiToken),
    byToken: async (hash) => {
      const row = await byToken.first(on, { hash, now: millis(now()) });
      return row && toApiToken(row);
    },
  };
}

export function apiTokensWriter({ on }: Context): WriterOf<'apiTokens'> {
  return {
    create: (row) =>
      insert(on, 'api_tokens', {
        id: row.id,
        organisation: row.organisation,
        name: row.name,
        token_hash: row.tokenHash,
        scope: row.scope,
        made_by: row.madeBy,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        last_used_at: millisOrNull(row.lastUsedAt),
      }),
    touch: async (id, at) => void (await touch.run(on, { id, at: millis(at) })),
    remove: async (organisation, id) => (await remove.run(on, { organisation, id })) === 1,
  };
}

function toApiToken(row: Tables['api_tokens']): ApiToken {
  return {
    id: row.id,
    organisation: row.organisation,
    name: row.name,
    tokenHash: bytes(row.token_hash),
    scope: oneOf(['read', 'write'], row.scope, 'api_tokens.scope'),
    madeBy: row.made_by,
    createdAt: instant(row.created_at),
    expiresAt: instant(row.expires_at),
    lastUsedAt: instantOrNull(row.last_used_at),
  };
}
