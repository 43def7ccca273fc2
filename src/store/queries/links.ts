import { bytes, instant, instantOrNull, millis, millisOrNull, oneOf } from '../columns.ts';
import { insert, statement } from '../statement.ts';
import { LINK_KINDS, type LinkKind } from '../rows.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const byToken = statement<{ hash: Uint8Array }>()((db, its) =>
  db.selectFrom('links').selectAll().where('token_hash', '=', its.hash),
);
const supersede = statement<{ account: string; kind: string; at: number }>()((db, its) =>
  db
    .updateTable('links')
    .set({ consumed_at: its.at })
    .where('account', '=', its.account)
    .where('kind', '=', its.kind)
    .where('consumed_at', 'is', null),
);
const consume = statement<{ id: string; at: number }>()((db, its) =>
  db
    .updateTable('links')
    .set({ consumed_at: its.at })
    .where('id', '=', its.id)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', its.at),
);
const carry = statement<{ account: string; epoch: number; before: number }>()((db, its) =>
  db
    .updateTable('links')
    .set({ security_epoch: its.epoch })
    .where('account', '=', its.account)
    .where('security_epoch', '=', its.before)
    .where('consumed_at', 'is', null),
);

// A thief who changes two things must not, with the second, put out the owner's "this wasn't me" to the first.
const SIDE_BY_SIDE: readonly LinkKind[] = ['not-me', 'recovery-page', 'recovery-cancel'];

export function linksReader({ on }: Context): ReaderOf<'links'> {
  return {
    byToken: async (hash) => {
      const row = await byToken.first(on, { hash });
      return (
        row && {
          id: row.id,
          tokenHash: bytes(row.token_hash),
          kind: oneOf(LINK_KINDS, row.kind, 'links.kind'),
          account: row.account,
          securityEpoch: row.security_epoch,
          subject: row.subject,
          createdAt: instant(row.created_at),
          expiresAt: instant(row.expires_at),
          consumedAt: instantOrNull(row.consumed_at),
        }
      );
    },
  };
}

export function linksWriter({ on }: Context): WriterOf<'links'> {
  return {
    async create(row) {
      if (!SIDE_BY_SIDE.includes(row.kind))
        await supersede.run(on, { account: row.account, kind: row.kind, at: millis(row.createdAt) });
      await insert(on, 'links', {
        id: row.id,
        token_hash: row.tokenHash,
        kind: row.kind,
        account: row.account,
        security_epoch: row.securityEpoch,
        subject: row.subject,
        created_at: millis(row.createdAt),
        expires_at: millis(row.expiresAt),
        consumed_at: millisOrNull(row.consumedAt),
      });
    },
    void: async (account, kind, at) => void (await supersede.run(on, { account, kind, at: millis(at) })),
    carry: async (account, epoch) => void (await carry.run(on, { account, epoch, before: epoch - 1 })),
    consume: async (id, at) => (await consume.run(on, { id, at: millis(at) })) === 1,
  };
}
