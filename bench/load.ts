import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Round } from './rounds.ts';

/** What one round of requests is: told to the client's process. */
export type Order = { port: number; request: string; connections: number; seconds: number };
/** `wrong`: the first answer that was not a 200. */
export type Told = { done: number; seconds: number; wrong: string | null };

/** A client in a process of its own: what it costs is not counted, and does not stand in the server's way. */
export type Client = { round(order: Order): Promise<Round>; stop(): void };

export function startClient(): Client {
  const child: ChildProcess = fork(fileURLToPath(new URL('client.ts', import.meta.url)));
  return {
    async round(order) {
      const cpu = process.cpuUsage();
      child.send(order);
      const [told] = (await once(child, 'message')) as [Told];
      const { user, system } = process.cpuUsage(cpu);
      if (told.wrong !== null) throw new Error(`not a 200: ${told.wrong}`);
      return { done: told.done, seconds: told.seconds, processorSeconds: (user + system) / 1e6 };
    },
    stop: () => void child.kill(),
  };
}

/** A request as it goes over the wire. */
export function get(path: string, headers: Record<string, string>): string {
  const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
