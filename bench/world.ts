import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HashCost } from '#authenticators/peppered-hash.ts';
import { assemble, type Nachtslot } from '#src/main.ts';
import { makeKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';

export const ORIGIN = 'https://id.bench.example';

/** One program on a database of its own; the time on the wall can be moved. */
export type World = { nachtslot: Nachtslot; folder: string; wall: { at: Temporal.Instant }; close(): Promise<void> };

export async function world(hashing?: HashCost): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-bench-'));
  const wall = { at: Temporal.Now.instant() };
  const clock = { now: () => Temporal.Now.instant(), wall: () => wall.at, livedMs: () => 0 };
  const keys = makeKeys();
  const store = await openStore({ url: `sqlite:${join(folder, 'bench.db')}`, keys, now: clock.now });
  const nachtslot = await assemble({
    store,
    keys,
    publicUrl: new URL(ORIGIN),
    clock,
    transports: { mail: null, sms: null, push: null },
    trustedProxies: [],
    log: console,
    ...(hashing && { hashing }),
  });
  // Serving puts the server's own, lighter `Response` in the place of Node's: what is measured uses it too.
  const served = await nachtslot.listen({ host: '127.0.0.1', port: 0 });
  await served.close();
  const close = async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { nachtslot, folder, wall, close };
}
