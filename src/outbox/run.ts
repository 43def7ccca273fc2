import type { Reader } from '#store/store.ts';
import { type Channel, type Delivery, deliverRound } from './deliver.ts';

/** Messages that another process queued are found this soon; one's own are announced by `wake`. */
const POLL_MS = 1000;
/** One way out is one server that we wait for. Push services are many, and one that hangs must not hold up another. */
const ROUNDS_AT_ONCE: Record<Channel, number> = { mail: 1, sms: 1, push: 8 };
/** A server that is told to stop waits no longer for what is being sent. */
const STOP_MS = 10_000;

export type OutboxStatus = {
  waiting: number;
  /** When the longest waiting one was due. */
  oldest: Temporal.Instant | null;
  /** `not-configured`: its messages wait. Otherwise `ready`, or the error of the last round that failed. */
  mail: string;
  sms: string;
  push: string;
};

export type Outbox = {
  /** Sends all that is due now, on every configured channel. Answers how many messages left. */
  deliverDue(): Promise<number>;
  /** Sends from now on. `stop` lets what is on its way arrive, for ten seconds at most, and closes the connections. */
  start(): () => Promise<void>;
  /** Something was committed: look at once. */
  wake(): void;
  status(): Promise<OutboxStatus>;
};

/** Sends what flows have queued, after their transactions. Each channel on its own: none waits for another. */
export function createOutbox(delivery: Delivery & { store: { read: Pick<Reader, 'outbox'> } }): Outbox {
  const { transports, store, log } = delivery;
  const channels = (['mail', 'sms', 'push'] as const).filter((channel) => transports[channel]);
  const troubles = new Map<Channel, string>();
  const sleepers = new Set<() => void>();

  async function drain(channel: Channel, until: () => boolean = () => false): Promise<number> {
    let sent = 0;
    for (let more = true; more && !until(); ) {
      const round = await deliverRound(delivery, channel);
      if (round.lastError) troubles.set(channel, round.lastError);
      else if (round.sent > 0) troubles.delete(channel);
      sent += round.sent;
      more = round.more;
    }
    return sent;
  }

  async function run(channel: Channel, isStopped: () => boolean): Promise<void> {
    const underWay = new Set<Promise<void>>();
    while (!isStopped()) {
      // Asleep before looking, so that what is announced during a round is not slept through.
      const rested = rest();
      const round = safeRound(channel, isStopped).finally(() => underWay.delete(round));
      underWay.add(round);
      if (underWay.size >= ROUNDS_AT_ONCE[channel]) await Promise.race(underWay);
      if (!isStopped()) await rested;
    }
    await Promise.all(underWay);
  }

  async function safeRound(channel: Channel, isStopped: () => boolean): Promise<void> {
    try {
      await drain(channel, isStopped);
    } catch (error) {
      // The store is away. The loop must outlive it: nobody would start it again.
      log.error({ channel, error: error instanceof Error ? error.message : 'unknown' }, 'the outbox cannot work');
    }
  }

  function rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wakeUp = () => {
      clearTimeout(timer);
      sleepers.delete(wakeUp);
      resolve();
    };
    const timer = setTimeout(wakeUp, POLL_MS);
    timer.unref();
    sleepers.add(wakeUp);
    return promise;
  }

  function wake(): void {
    for (const wakeUp of sleepers) wakeUp();
  }

  return {
    wake,
    async deliverDue() {
      const sent = await Promise.all(channels.map((channel) => drain(channel)));
      return sent.reduce((all, some) => all + some, 0);
    },
    start() {
      let stopped = false;
      const loops = Promise.all(channels.map((channel) => run(channel, () => stopped)));
      return async () => {
        stopped = true;
        wake();
        const { promise: patience, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, STOP_MS);
        await Promise.race([loops, patience]);
        clearTimeout(timer);
        for (const channel of channels) transports[channel]?.close?.();
      };
    },
    async status() {
      const state = (channel: Channel) => (transports[channel] ? (troubles.get(channel) ?? 'ready') : 'not-configured');
      const { outbox } = store.read;
      const [waiting, oldest] = await Promise.all([outbox.waiting(), outbox.oldestWaiting()]);
      return { waiting, oldest, mail: state('mail'), sms: state('sms'), push: state('push') };
    },
  };
}
