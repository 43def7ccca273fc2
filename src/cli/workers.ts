import cluster, { type Worker } from 'node:cluster';
import type { Log } from '#http/log.ts';
import { Refused } from './command.ts';
import { told } from './signals.ts';

/** A worker that dies is replaced after this pause, so that one that cannot live does not keep the machine busy. */
const REPLACE_AFTER_MS = 1_000;
/** Workers drain for ten seconds at most; who is still there after that hangs. */
const KILL_AFTER_MS = 12_000;

/**
 * Runs `count` server processes that share one port, and replaces those that die. Resolves when all have ended after a
 * signal; throws when one of the first cannot start.
 */
export async function superviseWorkers(
  count: number,
  { log, ready }: { log: Log; ready(at: { port: number }): void },
): Promise<void> {
  let stopping = false;
  const stop = untilTold();
  cluster.on('listening', ({ id, process: { pid } }) => {
    log.info({ worker: id, process: pid }, 'a server process listens');
  });
  const first = Array.from({ length: count }, start);
  const ports = Promise.all(first.map((worker) => listening(worker)));
  try {
    const started = await Promise.race([ports, stop]);
    if (started) ready({ port: started[0] ?? 0 });
  } catch (fault) {
    stopping = true;
    await endAll();
    throw fault;
  }
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    log.error({ worker: worker.id, code, signal }, 'a worker died and is replaced');
    setTimeout(() => stopping || start(), REPLACE_AFTER_MS);
  });
  await stop;
  await endAll();

  async function untilTold(): Promise<void> {
    const signal = await told();
    stopping = true;
    log.info({ signal, workers: count }, 'stopping');
  }
}

function start(): Worker {
  return cluster.fork();
}

function listening(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('listening', ({ port }) => resolve(port));
    // It has said why on its own.
    worker.once('exit', () => reject(new Refused('A server process could not start.')));
  });
}

async function endAll(): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
  for (const worker of workers) worker.process.kill('SIGTERM');
  const late = setTimeout(() => workers.forEach((worker) => worker.process.kill('SIGKILL')), KILL_AFTER_MS);
  await Promise.all(ended);
  clearTimeout(late);
}
