import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readKeys } from '#store/keys.ts';
import { openStore } from '#store/open.ts';
import type { Store } from '#store/store.ts';
import { run } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const PROGRAM = ['--disable-warning=ExperimentalWarning', '--import', './scripts/tsx.mjs', 'src/cli/main.ts'];
export const ADA = 'ada@vandam.example';
const SET_UP = ['--organisation', 'Bakkerij Van Dam', '--language', 'nl', '--time-zone', 'Europe/Amsterdam'];
const ADMINISTRATOR = ['--admin-name', 'Ada Bakker', '--admin-email', ADA];

export type Said = { code: number; out: string; err: string };
export type Running = {
  line: string;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<number | string>;
  err(): string;
};

/** A folder with a server's files of its own, and its command line. It goes with the tests of its file. */
export type Place = {
  folder: string;
  env: Record<string, string>;
  keyFile: string;
  database: string;
  run(...line: string[]): Promise<Said>;
  init(...more: string[]): Promise<Said>;
  withStore<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** A process of its own; resolves with its first line. */
  start(...line: string[]): Promise<Running>;
  /** Ends whatever was started, on the spot. */
  kill(): Promise<void>;
};

export function place(more: Record<string, string> = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-cli-'));
  const running = new Set<ChildProcess>();
  const kill = async () => {
    for (const child of running) {
      const ended = once(child, 'exit');
      if (child.kill('SIGKILL')) await ended;
    }
  };
  after(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const keyFile = join(folder, 'keys.json');
  const database = join(folder, 'nachtslot.db');
  const env: Record<string, string> = {
    NACHTSLOT_KEY_FILE: keyFile,
    NACHTSLOT_DATABASE_URL: `sqlite:${database}`,
    ...more,
  };
  const here: Place = {
    folder,
    env,
    keyFile,
    database,
    run: (...line) => captured(line, here),
    init: (...line) => captured(['init', ...SET_UP, ...ADMINISTRATOR, ...line], here),
    async withStore(work) {
      const url = env['NACHTSLOT_DATABASE_URL'] ?? '';
      const store = await openStore({ url, keys: readKeys(keyFile), now: () => Temporal.Now.instant() });
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
    start: (...line) => start(line, here, running),
    kill,
  };
  return here;
}

async function captured(line: string[], { env, folder }: Place): Promise<Said> {
  const said: Said = { code: -1, out: '', err: '' };
  said.code = await run(line, {
    env,
    folder,
    out: (text) => (said.out += `${text}\n`),
    err: (text) => (said.err += `${text}\n`),
    ask: null,
    now: () => Temporal.Now.instant(),
  });
  return said;
}

async function start(line: string[], { env }: Place, running: Set<ChildProcess>): Promise<Running> {
  const child = spawn(process.execPath, [...PROGRAM, ...line], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'exit').then(([code, signal]: (number | string)[]) => {
    running.delete(child);
    return code ?? signal ?? '';
  });
  const first = once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text));
  const text = await Promise.race([first, ended.then((code) => `(ended with ${code}) ${err}`)]);
  return {
    line: text,
    kill: (signal) => child.kill(signal),
    ended,
    err: () => err,
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
