import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { isSqlite } from '#src/config.ts';
import { serverClock } from './clock.ts';
import type { Command } from './command.ts';
import { configOf, openHouse } from './house.ts';
import { createLog } from './log.ts';
import { told } from './signals.ts';
import { superviseWorkers } from './workers.ts';

export const command: Command = {
  summary: 'Runs the server until it is told to stop (SIGTERM, or Ctrl-C).',
  about:
    'It brings an older database up to date first. It refuses to start without its key file, with the wrong one, with one ' +
    'that others can read, on plain http under a public name, and on a database that a newer program wrote.',
  run: async (call, around) => {
    const config = configOf(around);
    const log = createLog(config.logLevel, (line) => around.err(line.trimEnd()));
    const workers = config.workers ?? (isSqlite(config.databaseUrl.reveal()) ? 1 : availableParallelism());
    const ready = ({ port }: { port: number }) => {
      const milliseconds = Math.round(performance.now());
      const { origin } = config.publicUrl;
      const json = { ok: true, ready: origin, host: config.host, port, workers, milliseconds };
      const people = `Nachtslot is ready at ${origin} (${config.host}:${port}) after ${milliseconds} ms.`;
      around.out(call.json ? JSON.stringify(json) : people);
    };

    if (cluster.isPrimary && workers > 1) {
      // One process finds out what is wrong, and says it once; it also brings the database up to date.
      await (await openHouse(around)).store.close();
      await superviseWorkers(workers, { log, ready });
      return { lines: [], json: null };
    }
    const stopping = told();
    // Loaded here: a process that only supervises needs none of it.
    const { serveHere } = await import('./server.ts');
    const clock = serverClock(around.now);
    const serving = await serveHere(await openHouse({ ...around, now: clock.now }), clock, log);
    if (cluster.isPrimary) ready(serving);
    log.info({ signal: await stopping }, 'stopping');
    await serving.stop();
    // The line to the process that watches keeps this one alive.
    cluster.worker?.disconnect();
    return { lines: [], json: null };
  },
};
