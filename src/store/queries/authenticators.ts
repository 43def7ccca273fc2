import type { Authenticator } from '#core/authenticator.ts';
import { Secret } from '#core/secret.ts';
import { instant, instantOrNull, millis, millisOrNull } from '../columns.ts';
import type { Tables } from '../schema.ts';
import type { Place, Seal } from '../seal.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const EMPTY = new Uint8Array(0);

const of = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('authenticators')
    .selectAll()
    .where('account', '=', its.account)
    .where('ended_at', 'is', null)
    .orderBy('bound_at')
    .orderBy('id'),
);
const byId = statement<{ id: string }>()((db, its) =>
  db.selectFrom('authenticators').selectAll().where('id', '=', its.id).where('ended_at', 'is', null),
);
// A spent backup code is not taken away by anybody: its replacement follows at once and counts.
const lastChange = statement<{ account: string }>()((db, its) =>
  db
    .selectFrom('authenticators')
    .select((e) => [
      e.fn.max('bound_at').as('bound'),
      e.fn
        .max(
          e
            .case()
            .when(e.fn.coalesce('end_reason', e.val('')), '!=', 'spent')
            .then(e.ref('ended_at'))
            .end(),
        )
        .as('ended'),
    ])
    .where('account', '=', its.account)
    .where('type', '!=', 'password'),
);
const byHandle = statement<{ handle: string }>()((db, its) =>
  db.selectFrom('authenticators').selectAll().where('handle', '=', its.handle).where('ended_at', 'is', null),
);
const unbind = statement<{ id: string; at: number; reason: string; empty: Uint8Array }>()((db, its) =>
  db
    .updateTable('authenticators')
    .set({ ended_at: its.at, end_reason: its.reason, sealed_secret: its.empty, handle: null })
    .where('id', '=', its.id)
    .where('ended_at', 'is', null),
);
// Where its notifications went, if it was a phone, is nobody's business any more.
const forgetPush = statement<{ id: string }>()((db, its) =>
  db.updateTable('pairings').set({ sealed_push: null }).where('id', '=', its.id),
);
const rename = statement<{ id: string; label: string }>()((db, its) =>
  db.updateTable('authenticators').set({ label: its.label }).where('id', '=', its.id),
);
// Never on an ended row: its secret is gone for good.
const improve = statement<{ id: string; secret: Uint8Array }>()((db, its) =>
  db
    .updateTable('authenticators')
    .set({ sealed_secret: its.secret })
    .where('id', '=', its.id)
    .where('ended_at', 'is', null),
);
const noteRight = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('authenticators').set({ failures: 0, last_used_at: its.at }).where('id', '=', its.id),
);
const noteWrong = statement<{ id: string }>()((db, its) =>
  db
    .updateTable('authenticators')
    .set((e) => ({ failures: e('failures', '+', 1) }))
    .where('id', '=', its.id)
    .returning('failures'),
);
const LOCK_HANDLE = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';
const flag = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('authenticators').set({ flagged_at: its.at }).where('id', '=', its.id).where('flagged_at', 'is', null),
);
const disable = statement<{ id: string; at: number }>()((db, its) =>
  db
    .updateTable('authenticators')
    .set({ disabled_at: its.at })
    .where('id', '=', its.id)
    .where('disabled_at', 'is', null),
);

export function authenticatorsReader({ on, seal }: Context): ReaderOf<'authenticators'> {
  return {
    of: async (account) => (await of.all(on, { account })).map((row) => toAuthenticator(row, seal)),
    byId: async (id) => {
      const row = await byId.first(on, { id });
      return row && toAuthenticator(row, seal);
    },
    changedAt: async (account) => {
      const row = await lastChange.first(on, { account });
      return instantOrNull(row && later(row.bound, row.ended));
    },
    byHandle: async (handle) => {
      const row = await byHandle.first(on, { handle });
      return row && toAuthenticator(row, seal);
    },
  };
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

export function authenticatorsWriter({ on, seal }: Context): WriterOf<'authenticators'> {
  return {
    bind: (row) =>
      insert(on, 'authenticators', {
        id: row.id,
        account: row.account,
        type: row.type,
        label: row.label,
        sealed_secret: seal.seal(row.secret.reveal(), placeOf(row.id)),
        hint: row.hint,
        bound_at: millis(row.boundAt),
        bound_by: row.boundBy,
        last_used_at: millisOrNull(row.lastUsedAt),
        counter: row.counter,
        failures: row.failures,
        disabled_at: millisOrNull(row.disabledAt),
        ended_at: null,
        end_reason: null,
        handle: row.handle ?? null,
        flagged_at: null,
        part_of: row.partOf ?? null,
      }),
    async unbind(id, at, reason) {
      const isOurs = (await unbind.run(on, { id, at: millis(at), reason, empty: EMPTY })) === 1;
      if (isOurs) await forgetPush.run(on, { id });
      return isOurs;
    },
    rename: async (id, label) => void (await rename.run(on, { id, label })),
    improve: async (id, secret) =>
      void (await improve.run(on, { id, secret: seal.seal(secret.reveal(), placeOf(id)) })),
    async noteUse(id, ok, at) {
      if (ok) {
        await noteRight.run(on, { id, at: millis(at) });
        return { failures: 0 };
      }
      return { failures: (await noteWrong.first(on, { id }))?.failures ?? 0 };
    },
    async isFree(handle) {
      // Two that bind the same one at once: the second waits here and then sees the first. SQLite has one writer anyway.
      if (on.dialect === 'postgres') await on.execute('lock-handle', LOCK_HANDLE, [handle]);
      return (await byHandle.first(on, { handle })) === null;
    },
    flag: async (id, at) => (await flag.run(on, { id, at: millis(at) })) === 1,
    disable: async (id, at) => void (await disable.run(on, { id, at: millis(at) })),
  };
}

function placeOf(row: string): Place {
  return { table: 'authenticators', column: 'sealed_secret', row };
}

function toAuthenticator(row: Tables['authenticators'], seal: Seal): Authenticator {
  return {
    id: row.id,
    account: row.account,
    type: row.type,
    label: row.label,
    secret: new Secret(() => seal.open(row.sealed_secret, placeOf(row.id))),
    hint: row.hint,
    boundAt: instant(row.bound_at),
    lastUsedAt: instantOrNull(row.last_used_at),
    counter: row.counter,
    failures: row.failures,
    disabledAt: instantOrNull(row.disabled_at),
    ...(row.bound_by !== '' && { boundBy: row.bound_by }),
    ...(row.handle !== null && { handle: row.handle }),
    ...(row.part_of !== null && { partOf: row.part_of }),
    ...(row.flagged_at !== null && { flaggedAt: instant(row.flagged_at) }),
  };
}
