import { bytes, instant, instantOrNull, millis } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { statement } from '../statement.ts';
import type { OidcObject } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';
import { EVERYTHING } from './forward-auth.ts';

type Row = Tables['oidc_objects'];

const find = statement<{ model: string; key: Uint8Array; now: number }>()((db, its) =>
  db
    .selectFrom('oidc_objects')
    .selectAll()
    .where('model', '=', its.model)
    .where('key', '=', its.key)
    .where('expires_at', '>', its.now),
);
const findByUid = statement<{ model: string; uid: string; now: number }>()((db, its) =>
  db
    .selectFrom('oidc_objects')
    .selectAll()
    .where('model', '=', its.model)
    .where('uid', '=', its.uid)
    .where('expires_at', '>', its.now),
);
// One row, found by keys alone: what was revoked or signed out is found by its absence.
const lookUp = statement<{ key: Uint8Array; everything: string }>()((db, its) =>
  db
    .selectFrom('oidc_objects as token')
    .innerJoin('oidc_objects as grant', (join) =>
      join.onRef('grant.grant_id', '=', 'token.grant_id').on('grant.model', '=', 'Grant'),
    )
    .innerJoin('sessions', (join) =>
      join.onRef('sessions.sid', '=', 'grant.uid').onRef('sessions.account', '=', 'token.account'),
    )
    .leftJoin('stamps as own', 'own.about', 'sessions.account')
    .leftJoin('stamps as common', (join) => join.on('common.about', '=', its.everything))
    .select([
      'sessions.id as session',
      'sessions.account as account',
      'sessions.last_seen_at as lastSeenMs',
      'sessions.expires_at as expiresMs',
      'token.expires_at as tokenExpiresMs',
      'grant.expires_at as grantExpiresMs',
      'own.value as ownStamp',
      'common.value as commonStamp',
    ])
    .where('token.model', '=', 'AccessToken')
    .where('token.key', '=', its.key),
);
const put = statement<Omit<Row, 'consumed_at'>>()((db, its) =>
  db
    .insertInto('oidc_objects')
    .values({
      model: its.model,
      key: its.key,
      payload: its.payload,
      grant_id: its.grant_id,
      uid: its.uid,
      account: its.account,
      application: its.application,
      created_at: its.created_at,
      expires_at: its.expires_at,
      consumed_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['model', 'key']).doUpdateSet({
        payload: its.payload,
        grant_id: its.grant_id,
        uid: its.uid,
        account: its.account,
        application: its.application,
        expires_at: its.expires_at,
      }),
    ),
);
const consume = statement<{ model: string; key: Uint8Array; at: number }>()((db, its) =>
  db
    .updateTable('oidc_objects')
    .set({ consumed_at: its.at })
    .where('model', '=', its.model)
    .where('key', '=', its.key)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', its.at),
);
const remove = statement<{ model: string; key: Uint8Array }>()((db, its) =>
  db.deleteFrom('oidc_objects').where('model', '=', its.model).where('key', '=', its.key),
);
const revokeGrant = statement<{ grant: string }>()((db, its) =>
  db.deleteFrom('oidc_objects').where('grant_id', '=', its.grant),
);
const revokeSession = statement<{ sid: string }>()((db, its) =>
  db.deleteFrom('oidc_objects').where('model', '=', 'Grant').where('uid', '=', its.sid),
);
const revokeFor = statement<{ account: string; application: string }>()((db, its) =>
  db.deleteFrom('oidc_objects').where('account', '=', its.account).where('application', '=', its.application),
);

export function oidcReader({ on, now }: Context): ReaderOf<'oidc'> {
  return {
    find: async (model, key) => orNull(await find.first(on, { model, key, now: millis(now()) })),
    lookUp: (key) => lookUp.first(on, { key, everything: EVERYTHING }),
    findByUid: async (model, uid) => orNull(await findByUid.first(on, { model, uid, now: millis(now()) })),
  };
}

export function oidcWriter({ on }: Context): WriterOf<'oidc'> {
  return {
    put: async (row, at) =>
      void (await put.run(on, {
        model: row.model,
        key: row.key,
        payload: encode(row.payload),
        grant_id: row.grantId,
        uid: row.uid,
        account: row.account,
        application: row.application,
        created_at: millis(at),
        expires_at: millis(row.expiresAt),
      })),
    consume: async (model, key, at) => (await consume.run(on, { model, key, at: millis(at) })) === 1,
    remove: async (model, key) => void (await remove.run(on, { model, key })),
    revokeGrant: async (grant) => void (await revokeGrant.run(on, { grant })),
    revokeSession: async (sid) => void (await revokeSession.run(on, { sid })),
    revokeFor: async (account, application) => void (await revokeFor.run(on, { account, application })),
  };
}

function orNull(row: Row | null): OidcObject | null {
  return (
    row && {
      model: row.model,
      key: bytes(row.key),
      payload: decode(row.payload) as Record<string, unknown>,
      grantId: row.grant_id,
      uid: row.uid,
      account: row.account,
      application: row.application,
      expiresAt: instant(row.expires_at),
      consumedAt: instantOrNull(row.consumed_at),
    }
  );
}
