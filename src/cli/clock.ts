import {
  agreeWith,
  beginTime,
  goBack,
  mayDelete,
  overshot,
  pass,
  type Reading,
  type SteadyTime,
} from '#core/steady-time.ts';
import type { Clock } from '#flows/deps.ts';
import type { Log } from '#http/log.ts';
import type { Store } from '#store/store.ts';

/** The clock of a server: it goes on where the last one stopped, and nothing sets it back. See decision 53. */
export type ServerClock = Clock & {
  /** From now on: reads what was kept, and keeps it. `stop` keeps it a last time. */
  keep(store: Store, log: Log): Promise<{ stop(): Promise<void> }>;
  /** Whether what is old may be deleted: not while the clock on the wall is far ahead and may be wrong. */
  mayDelete(): boolean;
};

const LOOK_EVERY_MS = 1_000;
const KEEP_EVERY_MS = 15_000;

/** `wall`: what this machine says the time is. */
export function serverClock(wall: () => Temporal.Instant): ServerClock {
  const read = (): Reading => ({ wallMs: wall().epochMilliseconds, countMs: performance.now() });
  let time: SteadyTime = beginTime({ nowMs: 0, lineMs: 0, livedMs: 0 }, read());
  const look = () => (time = pass(time, read()));

  return {
    wall,
    now: () => instant(look().nowMs),
    livedMs: () => Math.floor(look().livedMs),
    mayDelete: () => mayDelete(look()),
    async keep(store, log) {
      time = beginTime(await store.read.clock.kept(), read());
      if (time.doubt && time.doubt.offsetMs < 0) alarm(log, time.doubt);
      let told = time.doubt;
      let keptAt = -KEEP_EVERY_MS;
      const tick = async () => {
        look();
        const isNews = time.doubt !== told;
        if (isNews && time.doubt) alarm(log, time.doubt);
        told = time.doubt;
        const to = overshot(time, read());
        if (to !== null) await comeBack(to);
        else if (!isNews && performance.now() - keptAt < KEEP_EVERY_MS) return;
        await save();
        keptAt = performance.now();
      };
      const save = () =>
        store.transaction(async (tx) => {
          const kept = await tx.clock.lock();
          time = agreeWith(look(), kept.nowMs);
          await tx.clock.keep({
            nowMs: Math.max(kept.nowMs, time.nowMs),
            lineMs: Math.max(kept.lineMs, time.lineMs),
            livedMs: Math.max(kept.livedMs, time.livedMs),
          });
        });
      const comeBack = async (toMs: number) => {
        await store.transaction(async (tx) => {
          const kept = await tx.clock.lock();
          const fromMs = Math.max(kept.nowMs, time.nowMs);
          await tx.clock.goBack(fromMs, toMs);
          await tx.clock.keep({ nowMs: toMs, lineMs: time.lineMs, livedMs: Math.max(kept.livedMs, time.livedMs) });
          const nobody = { actor: null, account: null, address: '', userAgent: '', request: '' };
          const detail = { from: instant(fromMs).toString(), to: instant(toMs).toString() };
          await tx.audit.append({ at: instant(toMs), event: 'clock.set-right', ...nobody, detail });
        });
        log.warn(
          { milliseconds: Math.round(time.nowMs - toMs) },
          'the clock was ahead, and what it had ended is ended',
        );
        time = goBack(look(), toMs);
      };
      return keepOn(tick, save, log);
    },
  };
}

/** Every second, one after the other. */
async function keepOn(
  tick: () => Promise<void>,
  save: () => Promise<void>,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  let isAway = false;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
      isAway = false;
    } catch (error) {
      if (!isAway) log.error({ error }, 'the time could not be kept');
      isAway = true;
    }
  };
  await attempt(tick);
  let running = Promise.resolve();
  let isUnderWay = false;
  const timer = setInterval(() => {
    if (isUnderWay) return;
    isUnderWay = true;
    running = attempt(tick).finally(() => (isUnderWay = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      await attempt(save);
    },
  };
}

function alarm(log: Log, { offsetMs }: { offsetMs: number }): void {
  log.error(
    { milliseconds: Math.round(offsetMs) },
    offsetMs > 0
      ? 'the clock of this machine was set forward; what has to wait goes on waiting'
      : 'the clock of this machine was set back; it is not followed. Codes of apps follow it: is it right?',
  );
}

function instant(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(ms));
}
