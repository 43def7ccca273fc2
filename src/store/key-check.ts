import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from './database.ts';
import type { Keys } from './keys.ts';
import { CannotOpen, makeSeal, type Place, type Seal } from './seal.ts';
import { type Connection, statement } from './statement.ts';

/** The database was sealed under other keys. Starting would fail at the first sign-in, or seal under a second key. */
export class WrongKeys extends Error {
  constructor(options?: ErrorOptions) {
    super('The key file does not belong to this database: what is sealed there does not open with it.', options);
    this.name = 'WrongKeys';
  }
}

const NAME = 'key-check';
const PLACE: Place = { table: 'meta', column: 'sealed_value', row: NAME };

const read = statement<{ name: string }>()((db, its) =>
  db.selectFrom('meta').select('sealed_value').where('name', '=', its.name),
);
const write = statement<{ name: string; value: Uint8Array }>()((db, its) =>
  db
    .insertInto('meta')
    .values({ name: its.name, sealed_value: its.value })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Compares the keys with what the database was first opened with; the first opening decides. */
export async function checkKeys(database: Database, keys: Keys): Promise<void> {
  const seal = makeSeal(keys);
  const found = await read.first(database.read, { name: NAME });
  if (found) return compare(found.sealed_value, seal, keys);
  await database.transaction(async (on) => {
    await write.run(on, { name: NAME, value: seal.seal(known(keys), PLACE) });
    // Another process may have been first, with another key file.
    compare(await stored(on), seal, keys);
  });
}

async function stored(on: Connection): Promise<Uint8Array> {
  const row = await read.first(on, { name: NAME });
  if (!row) throw new Error('The key check was not stored');
  return row.sealed_value;
}

function compare(sealed: Uint8Array, seal: Seal, keys: Keys): void {
  let opened: Uint8Array;
  try {
    opened = seal.open(sealed, PLACE);
  } catch (cause) {
    if (cause instanceof CannotOpen) throw new WrongKeys({ cause });
    throw cause;
  }
  const expected = known(keys);
  if (opened.length !== expected.length || !timingSafeEqual(opened, expected)) throw new WrongKeys();
}

/** Holds a mark of the pepper, so that a file with the right sealing key and another pepper is found out as well. */
function known(keys: Keys): Uint8Array {
  return Uint8Array.from(createHmac('sha256', keys.pepper.reveal()).update('nachtslot key check').digest());
}
