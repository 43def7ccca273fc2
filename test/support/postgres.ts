import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, chownSync, constants, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import pg from 'pg';

export type PostgresServer = {
  /** Makes a database and answers its address: empty, or a copy of another one that nobody is connected to. */
  database: (copyOf?: string) => Promise<string>;
  stop: () => Promise<void>;
};

/**
 * A real PostgreSQL of our own on a free loopback port, in a folder that goes with it. Where several test files run,
 * the runner may start one and hand its address on in NACHTSLOT_TEST_POSTGRES; that one is used and left running.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env['NACHTSLOT_TEST_POSTGRES'];
  if (given) return { database: (copyOf) => makeDatabase(given, copyOf), stop: async () => {} };
  const { url, stop } = await startServer();
  return { database: (copyOf) => makeDatabase(url, copyOf), stop };
}

/** Starts the server itself. `url` names its maintenance database, and works as NACHTSLOT_TEST_POSTGRES. */
export async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const bin = binaries();
  const owner = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-postgres-'));
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);

  const data = join(folder, 'data');
  const cluster = ['-D', data, '-U', 'nachtslot', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  execFileSync(join(bin, 'initdb'), [...cluster, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const port = await freePort();
  // The shell waits for the end of its input, and with it of this process, however that comes about; then it stops the
  // server, at once and without tidying up: what it holds is thrown away. Nothing is left running after a killed test.
  const keeper = '"$@" & read -r _; kill -QUIT $!; wait $!';
  const listening = ['-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'max_connections=200'];
  const server = spawn('sh', ['-c', keeper, 'postgres-keeper', join(bin, 'postgres'), '-D', data, ...listening], {
    ...owner,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4_000)));
  const ended = once(server, 'exit');

  const url = `postgres://nachtslot:${password}@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    server.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answering(url, () => log);
  } catch (fault) {
    await stop();
    throw fault;
  }
  return { url, stop };
}

let made = 0;

async function makeDatabase(maintenance: string, copyOf?: string): Promise<string> {
  const name = `t${process.pid}_${++made}_${randomBytes(3).toString('hex')}`;
  const client = new pg.Client({ connectionString: maintenance });
  await client.connect();
  try {
    await client.query(`create database ${name} template ${copyOf ? new URL(copyOf).pathname.slice(1) : 'template1'}`);
  } finally {
    await client.end();
  }
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  return url.href;
}

async function answering(url: string, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`PostgreSQL was started and does not answer. It says:\n${log()}`);
}

/** The folder with `initdb` and `postgres`: Debian keeps them out of PATH. */
function binaries(): string {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...globSync('/usr/lib/postgresql/*/bin').sort(
      (a, b) => Number(dirname(b).split('/').at(-1)) - Number(dirname(a).split('/').at(-1)),
    ),
  ];
  const found = folders.find((folder) => ['initdb', 'postgres'].every((name) => canRun(join(folder, name))));
  if (found) return found;
  throw new Error(
    'These tests need a real PostgreSQL server, and none is installed here. ' +
      'Debian and Ubuntu: apt-get install -y postgresql. macOS: brew install postgresql. Then run them again.',
  );
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  try {
    const id = (what: string) =>
      Number(execFileSync('id', [what, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch (cause) {
    throw new Error(
      'PostgreSQL does not run as root, and there is no user "postgres" to run it as. ' +
        'Run: apt-get install -y postgresql (or: useradd --system postgres), or run the tests as another user.',
      { cause },
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
