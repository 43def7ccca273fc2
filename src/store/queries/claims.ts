import { millis } from '../columns.ts';
import { statement } from '../statement.ts';
import type { Context, WriterOf } from './context.ts';

const EMPTY = new Uint8Array(0);

const raise = statement<{ id: string; value: number }>()((db, its) =>
  db
    .updateTable('authenticators')
    .set({ counter: its.value })
    .where('id', '=', its.id)
    .where('counter', '<', its.value)
    .where('ended_at', 'is', null)
    .where('disabled_at', 'is', null),
);
const spend = statement<{ id: string; at: number; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('authenticators')
    .set({ ended_at: its.at, end_reason: 'spent', sealed_secret: its.empty, last_used_at: its.at })
    .where('id', '=', its.id)
    .where('ended_at', 'is', null)
    .where('disabled_at', 'is', null),
);
const consume = statement<{ id: string; at: number; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('challenges')
    .set({ ended_at: its.at, sealed_destination: its.empty })
    .where('id', '=', its.id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', its.at),
);

/** Each claim is one conditional write: the database, not the program, decides who of fifty was first. */
export function claimsWriter({ on }: Context): WriterOf<'claims'> {
  return {
    async take(claim, at) {
      switch (claim.kind) {
        case 'none':
          return true;
        case 'counter':
          return (await raise.run(on, { id: claim.authenticator, value: claim.value })) === 1;
        case 'spend':
          return (await spend.run(on, { id: claim.authenticator, at: millis(at), empty: EMPTY })) === 1;
        case 'challenge':
          return (await consume.run(on, { id: claim.challenge, at: millis(at), empty: EMPTY })) === 1;
      }
      return claim satisfies never;
    },
  };
}
