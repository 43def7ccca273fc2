import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What one server process is told. */
export type Orders = {
  url: string;
  publicUrl: string;
  keyFile: string;
  clockFile: string;
  /** Where messages that were sent are written down; null: nothing is sent. */
  sentFile: string | null;
  /** `product`: hashes cost what they cost in the shipped configuration. */
  hashing: 'cheap' | 'product';
  /** Loads, and opens the database only when told to go. */
  waits?: boolean;
};

export type Server = {
  /** A stand-by has loaded everything and waits for the word. */
  loaded: Promise<unknown>;
  /** The port it listens on; rejects when it ended instead. */
  port: Promise<number>;
  pid: number;
  go: () => void;
  /** `kill -9`: no handler, no flush, no farewell. Resolves when the process is gone. */
  kill: () => Promise<void>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  /** What it wrote on standard error. */
  complaint: () => string;
};

const root = fileURLToPath(new URL('../../..', import.meta.url));

export function startServerProcess(orders: Orders): Server {
  const script = fileURLToPath(new URL('server.ts', import.meta.url));
  const flags = ['--disable-warning=ExperimentalWarning', '--import', './scripts/tsx.mjs'];
  const child = spawn(process.execPath, [...flags, script, JSON.stringify(orders)], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}); // whoever was killed does not read any more
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const lines = createInterface({ input: child.stdout });
  const told = (form: RegExp) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    lines.on('line', (line) => form.test(line) && resolve(line));
    void ended.then((how) => reject(new Error(`The server ended (${how}) before it listened: ${complaint}`)));
    promise.catch(() => {}); // a stand-by that is never used is killed before it listens
    return promise;
  };
  const loaded = told(/^loaded$/);
  const port = told(/^\d+$/).then(Number);
  port.catch(() => {}); // a derived promise of its own
  return {
    loaded,
    port,
    pid: child.pid ?? 0,
    go: () => void child.stdin.write('go\n'),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
    complaint: () => complaint,
  };
}
