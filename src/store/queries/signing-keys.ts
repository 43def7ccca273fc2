import { Secret } from '#core/secret.ts';
import { instant, instantOrNull, millis, millisOrNull, oneOf } from '../columns.ts';
import type { Place } from '../seal.ts';
import { insert, statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const published = statement<{ now: number }>()((db, its) =>
  db
    .selectFrom('signing_keys')
    .selectAll()
    .where((e) => e.or([e('retires_at', 'is', null), e('retires_at', '>', its.now)]))
    .orderBy('created_at')
    .orderBy('id'),
);
const retire = statement<{ id: string; at: number }>()((db, its) =>
  db.updateTable('signing_keys').set({ retires_at: its.at }).where('id', '=', its.id).where('retires_at', 'is', null),
);

export function signingKeysReader({ on, seal, now }: Context): ReaderOf<'signingKeys'> {
  return {
    published: async () =>
      (await published.all(on, { now: millis(now()) })).map((row) => ({
        id: row.id,
        algorithm: oneOf(['ES256', 'RS256'], row.algorithm, 'signing_keys.algorithm'),
        secret: new Secret(() => new TextDecoder().decode(seal.open(row.sealed_private, placeOf(row.id)))),
        createdAt: instant(row.created_at),
        signsFrom: instant(row.signs_from),
        retiresAt: instantOrNull(row.retires_at),
      })),
  };
}

export function signingKeysWriter({ on, seal }: Context): WriterOf<'signingKeys'> {
  return {
    create: (row) =>
      insert(on, 'signing_keys', {
        id: row.id,
        algorithm: row.algorithm,
        sealed_private: seal.seal(new TextEncoder().encode(row.secret.reveal()), placeOf(row.id)),
        created_at: millis(row.createdAt),
        signs_from: millis(row.signsFrom),
        retires_at: millisOrNull(row.retiresAt),
      }),
    retire: async (id, at) => void (await retire.run(on, { id, at: millis(at) })),
  };
}

function placeOf(row: string): Place {
  return { table: 'signing_keys', column: 'sealed_private', row };
}
