import type { Log } from '#http/log.ts';
import { assemble } from '#src/main.ts';
import type { Store } from '#store/store.ts';
import type { ServerClock } from './clock.ts';
import { Refused } from './command.ts';
import type { House } from './house.ts';
import { transportsFrom } from './transports.ts';

export type Serving = { port: number; stop(): Promise<void> };

/** Requests and messages under way get this long to finish; then the process ends with them. */
const DRAIN_MS = 10_000;
const SWEEP_EVERY_MS = 10 * 60_000;
/** What ended is kept for a week, for whoever looks into something that happened. */
const KEPT_FOR = Temporal.Duration.from({ hours: 7 * 24 });
/** What nobody in particular began (a request of an application, the question for a passkey): it would fill a disk. */
const STRANGERS_KEPT_FOR = Temporal.Duration.from({ minutes: 10 });
const SWEEP_PAUSE_MS = 20;

/** One server in this process: pages, outbox, and sweeping up. */
export async function serveHere({ config, keys, store }: House, clock: ServerClock, log: Log): Promise<Serving> {
  const { publicUrl, trustedProxies, host, port } = config;
  try {
    const transports = transportsFrom(config, clock.wall);
    const keeping = await clock.keep(store, log);
    const nachtslot = await assemble({ store, keys, publicUrl, clock, transports, trustedProxies, log });
    const listening = await nachtslot.listen({ host, port }).catch((fault: unknown) => {
      throw inWords(fault, host, port);
    });
    const stopOutbox = nachtslot.outbox.start();
    const stopTelling = nachtslot.signOuts.start();
    const stopSweeping = keepSweeping(store, clock, log);
    return {
      port: listening.port,
      stop: async () => {
        stopSweeping();
        const all = [listening.close(), stopOutbox(), stopTelling(), keeping.stop()];
        await Promise.race([Promise.all(all), elapsed(DRAIN_MS)]);
        await store.close();
      },
    };
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

function keepSweeping(store: Store, clock: ServerClock, log: Log): () => void {
  let isStopped = false;
  const sweep = () => {
    if (!clock.mayDelete()) return;
    sweepUp(store, clock.now(), () => isStopped).catch((error: unknown) =>
      log.error({ error }, 'what is old could not be swept up'),
    );
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_EVERY_MS);
  timer.unref();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}

/** In portions: whoever signs in meanwhile waits for one of them at most. */
export async function sweepUp(store: Store, now: Temporal.Instant, isStopped = () => false): Promise<void> {
  const [before, strangers] = [now.subtract(KEPT_FOR), now.subtract(STRANGERS_KEPT_FOR)];
  let isMore = true;
  while (isMore && !isStopped()) {
    isMore = await store.transaction((tx) => tx.sweep(before, strangers));
    if (isMore) await elapsed(SWEEP_PAUSE_MS);
  }
}

function inWords(fault: unknown, host: string, port: number): unknown {
  const code: unknown = fault instanceof Error ? Reflect.get(fault, 'code') : undefined;
  const at = `${host}:${port}`;
  if (code === 'EADDRINUSE') return new Refused(`Another program listens on ${at} already. Stop it, or set PORT.`);
  if (code === 'EACCES') return new Refused(`This user may not listen on ${at}. Set PORT to a number above 1023.`);
  if (code === 'EADDRNOTAVAIL') return new Refused(`This machine has no address ${host}. Set HOST to one that it has.`);
  return fault;
}

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
