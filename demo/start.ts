import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthenticatorTypes } from '#authenticators/index.ts';
import { makeKeys, readKeys, writeKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import type { App } from '#web/app.ts';
import { assemble, type Nachtslot, type Surroundings } from '#src/main.ts';
import { buildAssets } from '#ui/assets.ts';
import { createDemoClock, type DemoClock } from './clock.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { PEOPLE } from './people.ts';
import { demoRoutes } from './routes.ts';
import { acceptingScripts } from './scripts.ts';
import { hashAll, seed } from './seed.ts';

export type Demo = {
  app: App;
  clock: DemoClock;
  mailbox: Mailbox;
  nachtslot: Nachtslot;
  stop(): Promise<void>;
};

export type DemoOptions = {
  publicUrl: URL;
  /** A folder that keeps the database, its keys and the clock; filled when it is empty. */
  folder: string;
  /** For tests: the time on the wall, and what they share or save on. */
  wall?: () => Temporal.Instant;
  assets?: Surroundings['assets'];
  hashing?: Surroundings['hashing'];
  log?: Surroundings['log'];
};

/** The whole product over made-up people, ready to answer. */
export async function startDemo({
  publicUrl,
  folder,
  wall,
  assets,
  hashing,
  log = console,
}: DemoOptions): Promise<Demo> {
  const kept = keeping(folder);
  const keys = kept.keys();
  const start = kept.start((wall ?? Temporal.Now.instant)());
  const clock = createDemoClock({ ...(wall && { wall }), kept: kept.clockAhead(), keep: kept.keepClock });
  const mailbox = createMailbox(clock.now);
  const types = createAuthenticatorTypes({ pepper: keys.pepper, ...(hashing && { hashing }) });

  const store = await openStore({ url: `sqlite:${join(folder, 'nachtslot.db')}`, keys, now: clock.now });
  const isEmpty = (await store.read.accounts.count()) === 0;
  // Hashing is work for the other cores, bundling for another process: neither waits for the other.
  const [built] = await Promise.all([
    assets ?? buildAssets(),
    isEmpty && hashAll(PEOPLE, types).then((hashes) => seed(store, PEOPLE, hashes, start)),
  ]);
  const nachtslot = await assemble({
    store,
    keys,
    publicUrl,
    clock,
    transports: { mail: mailbox.mail, sms: mailbox.sms },
    trustedProxies: [],
    log,
    assets: built,
    ...(hashing && { hashing }),
    more: () => demoRoutes({ clock, mailbox, start }),
  });
  const stopSending = nachtslot.outbox.start();
  return {
    app: acceptingScripts(nachtslot.app, publicUrl),
    clock,
    mailbox,
    nachtslot,
    stop: async () => {
      await stopSending();
      await store.close();
    },
  };
}

/** What a folder knows besides its database: the keys, when it all began, and where the clock was left. */
function keeping(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, 'keys.json');
  const startFile = join(folder, 'started');
  const clockFile = join(folder, 'clock-ahead');
  return {
    keys() {
      if (!existsSync(keyFile)) writeKeys(keyFile, makeKeys());
      return readKeys(keyFile);
    },
    start(now: Temporal.Instant) {
      if (!existsSync(startFile)) writeFileSync(startFile, now.toString());
      return Temporal.Instant.from(readFileSync(startFile, 'utf8').trim());
    },
    clockAhead: () => (existsSync(clockFile) ? Number(readFileSync(clockFile, 'utf8')) || 0 : 0),
    keepClock: (milliseconds: number) => writeFileSync(clockFile, String(milliseconds)),
  };
}
