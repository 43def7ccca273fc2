import type { SignIn } from '#core/sign-in/state.ts';
import { bytes, instant, instantOrNull, millis, millisOrNull } from '../columns.ts';
import { decode, encode } from '../json.ts';
import type { Tables } from '../schema.ts';
import { insert, statement } from '../statement.ts';
import type { Attempt } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const byToken = statement<{ hash: Uint8Array }>()((db, its) =>
  db.selectFrom('attempts').selectAll().where('token_hash', '=', its.hash),
);
const byId = statement<{ id: string }>()((db, its) => db.selectFrom('attempts').selectAll().where('id', '=', its.id));
const lock = statement<{ id: string; now: number }>()((db, its, dialect) =>
  db
    .selectFrom('attempts')
    .selectAll()
    .where('id', '=', its.id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', its.now)
    .$if(dialect === 'postgres', (query) => query.forUpdate()),
);
const save = statement<Pick<Tables['attempts'], 'id' | 'state' | 'expires_at' | 'security_epoch' | 'ended_at'>>()(
  (db, its) =>
    db
      .updateTable('attempts')
      .set({
        state: its.state,
        expires_at: its.expires_at,
        security_epoch: its.security_epoch,
        ended_at: its.ended_at,
      })
      .where('id', '=', its.id),
);

export function attemptsReader({ on }: Context): ReaderOf<'attempts'> {
  return {
    byToken: async (hash) => orNull(await byToken.first(on, { hash })),
    byId: async (id) => orNull(await byId.first(on, { id })),
  };
}

export function attemptsWriter({ on }: Context): WriterOf<'attempts'> {
  return {
    create: (row) =>
      insert(on, 'attempts', {
        id: row.id,
        token_hash: row.tokenHash,
        account: row.account,
        state: encode(row.state),
        security_epoch: row.securityEpoch,
        session: row.session,
        return_to: row.returnTo,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        ended_at: millisOrNull(row.endedAt),
      }),
    lock: async (id, now) => orNull(await lock.first(on, { id, now: millis(now) })),
    save: async (id, change) =>
      void (await save.run(on, {
        id,
        state: encode(change.state),
        expires_at: millis(change.expiresAt),
        security_epoch: change.securityEpoch,
        ended_at: millisOrNull(change.endedAt),
      })),
  };
}

function orNull(row: Tables['attempts'] | null): Attempt | null {
  return (
    row && {
      id: row.id,
      tokenHash: bytes(row.token_hash),
      account: row.account,
      state: decode(row.state) as SignIn,
      securityEpoch: row.security_epoch,
      session: row.session,
      returnTo: row.return_to,
      createdAt: instant(row.created_at),
      expiresAt: instant(row.expires_at),
      endedAt: instantOrNull(row.ended_at),
    }
  );
}
