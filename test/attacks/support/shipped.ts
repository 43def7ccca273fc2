import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeKeys } from '#store/keys.ts';
import type { TestDatabase } from '#test/support/databases.ts';
import { Jar } from '#test/support/jar.ts';
import { type Rig, rig } from '#test/support/rig.ts';
import { testKeys } from '#test/support/store.ts';
import { wireTo } from './wire.ts';

const PUBLIC_URL = 'https://id.example.test';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const PROGRAM = ['--disable-warning=ExperimentalWarning', '--import', './scripts/tsx.mjs', 'src/cli/main.ts'];

/** `nachtslot serve`, as an operator starts it: its own command line, its own clock, hashes at their full cost. */
export type Shipped = {
  pid: number;
  port: number;
  browser(): Jar;
  /** Everything it logged so far. */
  log(): string;
  signal(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
};

/** A database with people in it, and servers on it. What the rig does takes place at the real time. */
export type House = {
  rig: Rig;
  folder: string;
  /** `env`: settings, and what stands between a process and the system. `log`: a file instead of what `log()` answers. */
  serve(env?: Record<string, string>, to?: { log: number }): Promise<Shipped>;
};

export async function inHouse(database: TestDatabase, body: (house: House) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-shipped-'));
  const keyFile = join(folder, 'keys.json');
  writeKeys(keyFile, testKeys);
  const store = await database.open({ now: () => Temporal.Now.instant() });
  const running: Shipped[] = [];
  try {
    await body({
      rig: await rig({ store, keys: testKeys, publicUrl: PUBLIC_URL, realTime: true }),
      folder,
      serve: async (env = {}, to) => {
        const server = await start(
          {
            NACHTSLOT_DATABASE_URL: database.url,
            NACHTSLOT_KEY_FILE: keyFile,
            NACHTSLOT_PUBLIC_URL: PUBLIC_URL,
            NACHTSLOT_PUSH_SERVICES: 'none',
            PORT: '0',
            ...env,
          },
          to,
        );
        running.push(server);
        return server;
      },
    });
  } finally {
    for (const server of running) server.signal('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(env: Record<string, string>, to?: { log: number }): Promise<Shipped> {
  const child = spawn(process.execPath, [...PROGRAM, 'serve', '--json'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', to?.log ?? 'pipe'],
  });
  if (!child.stdout) throw new Error('a pipe was asked for');
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const ready = once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line));
  const line = await Promise.race([
    ready,
    ended.then((how) => {
      throw new Error(`The server ended (${how}) before it listened: ${log}`);
    }),
  ]);
  const { port } = JSON.parse(line) as { port: number };
  return {
    pid: child.pid ?? 0,
    port,
    browser: () => new Jar(wireTo([port]), new URL(PUBLIC_URL)),
    log: () => log,
    signal: (signal) => void child.kill(signal),
    ended,
  };
}

/** Waits for what another process does. */
export async function until(isSo: () => boolean | Promise<boolean>, forMs = 10_000): Promise<void> {
  for (const end = performance.now() + forMs; performance.now() < end; ) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not come about in ${forMs / 1_000} seconds: ${isSo.toString()}`);
}
