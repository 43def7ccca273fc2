import { randomUUID } from 'node:crypto';
import { bytes, instant, instantOrNull, millis } from '../columns.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

// Deleted and not marked: one statement takes it, and whoever comes second finds nothing.
const spend = statement<{ holder: string; purpose: string }>()((db, its) =>
  db
    .deleteFrom('passkey_challenges')
    .where('holder', '=', its.holder)
    .where('purpose', '=', its.purpose)
    .returning(['challenge', 'expires_at']),
);
const invitations = statement<{ account: string }>()((db, its) =>
  db.selectFrom('passkey_invitations').selectAll().where('account', '=', its.account).orderBy('at'),
);
const decline = statement<{ account: string; at: number }>()((db, its) =>
  db
    .updateTable('passkey_invitations')
    .set({ declined_at: its.at })
    .where('account', '=', its.account)
    .where('declined_at', 'is', null),
);

export function passkeysReader({ on }: Context): ReaderOf<'passkeys'> {
  return {
    invitations: async (account) =>
      (await invitations.all(on, { account })).map((row) => ({
        at: instant(row.at),
        declinedAt: instantOrNull(row.declined_at),
      })),
  };
}

export function passkeysWriter({ on }: Context): WriterOf<'passkeys'> {
  return {
    challenge: (row) =>
      insert(on, 'passkey_challenges', {
        id: randomUUID(),
        holder: row.holder,
        purpose: row.purpose,
        challenge: row.challenge,
        expires_at: millis(row.expiresAt),
      }),
    spend: async (holder, purpose, at) =>
      (await spend.all(on, { holder, purpose }))
        .filter((row) => row.expires_at > millis(at))
        .map((row) => bytes(row.challenge)),
    invite: (account, at) => insert(on, 'passkey_invitations', { account, at: millis(at), declined_at: null }),
    decline: async (account, at) => (await decline.run(on, { account, at: millis(at) })) > 0,
  };
}
