import { openStore } from '#store/open.ts';
import type { App } from '#web/app.ts';
import { assemble, type Nachtslot, type Surroundings } from '#src/main.ts';
import { buildAssets } from '#ui/assets.ts';
import { createDemoClock, type DemoClock } from './clock.ts';
import type { keptIn } from './folder.ts';
import { type Hashes, hashAll } from './hashes.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { PEOPLE } from './people.ts';
import { demoRoutes } from './routes.ts';
import { acceptingScripts } from './scripts.ts';
import { seed } from './seed.ts';

export type Demo = {
  app: App;
  clock: DemoClock;
  mailbox: Mailbox;
  nachtslot: Nachtslot;
  stop(): Promise<void>;
};

export type DemoOptions = {
  publicUrl: URL;
  /** Where the payroll portal is; null where none runs. */
  payrollUrl?: URL | null;
  /** The folder that keeps the database, its keys and the clock. */
  kept: ReturnType<typeof keptIn>;
  /** Begun before this file was loaded, where there is nobody yet. */
  hashes?: Promise<Hashes> | null;
  /** For tests: the time on the wall, and what they share or save on. */
  wall?: () => Temporal.Instant;
  assets?: Surroundings['assets'];
  hashing?: Surroundings['hashing'];
  log?: Surroundings['log'];
};

/** The whole product over made-up people, ready to answer. */
export async function startDemo({
  publicUrl,
  payrollUrl = null,
  kept,
  hashes,
  wall,
  assets,
  hashing,
  log = console,
}: DemoOptions): Promise<Demo> {
  const { keys } = kept;
  const start = kept.start((wall ?? Temporal.Now.instant)());
  const clock = createDemoClock({ ...(wall && { wall }), kept: kept.clockAhead(), keep: kept.keepClock });
  const mailbox = createMailbox(clock.now);

  const store = await openStore({ url: `sqlite:${kept.database}`, keys, now: clock.now });
  const fill = async () => {
    if ((await store.read.accounts.count()) > 0) return;
    await seed(store, PEOPLE, await (hashes ?? hashAll(PEOPLE, keys, hashing)), start);
  };
  // Hashing is work for the other cores, bundling for another process: neither waits for the other.
  const [built] = await Promise.all([assets ?? buildAssets(), fill()]);
  const nachtslot = await assemble({
    store,
    keys,
    publicUrl,
    clock,
    // Nothing leaves this machine: the app asks while it is open.
    transports: { mail: mailbox.mail, sms: mailbox.sms, push: null },
    trustedProxies: [],
    log,
    assets: built,
    ...(hashing && { hashing }),
    more: () => demoRoutes({ clock, mailbox, start, payrollUrl }),
  });
  const stopSending = nachtslot.outbox.start();
  const stopTelling = nachtslot.signOuts.start();
  return {
    app: acceptingScripts(nachtslot.app, publicUrl),
    clock,
    mailbox,
    nachtslot,
    stop: async () => {
      await Promise.all([stopSending(), stopTelling()]);
      await store.close();
    },
  };
}
