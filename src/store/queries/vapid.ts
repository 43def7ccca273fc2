import { Secret } from '#core/secret.ts';
import type { Place } from '../seal.ts';
import { statement } from '../statement.ts';
import type { Context, ReaderOf, WriterOf } from './context.ts';

const NAME = 'vapid';
const PLACE: Place = { table: 'meta', column: 'sealed_value', row: NAME };

const read = statement<{ name: string }>()((db, its) =>
  db.selectFrom('meta').select('sealed_value').where('name', '=', its.name),
);
const keep = statement<{ name: string; value: Uint8Array }>()((db, its) =>
  db
    .insertInto('meta')
    .values({ name: its.name, sealed_value: its.value })
    .onConflict((conflict) => conflict.doNothing()),
);

export function vapidReader({ on, seal }: Context): ReaderOf<'vapid'> {
  return {
    async key() {
      const row = await read.first(on, { name: NAME });
      return row && new Secret(new TextDecoder().decode(seal.open(row.sealed_value, PLACE)));
    },
  };
}

export function vapidWriter({ on, seal }: Context): WriterOf<'vapid'> {
  return {
    async keep(key) {
      const value = seal.seal(new TextEncoder().encode(key.reveal()), PLACE);
      await keep.run(on, { name: NAME, value });
    },
  };
}
