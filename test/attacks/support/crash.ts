import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import pg from 'pg';
import type { Stage } from './stage.ts';

/**
 * What `pg_ctl stop -m immediate` does: no checkpoint, no farewell; on its next start the server recovers from its log.
 * Only for a server that belongs to this test alone. It ends with the stage, by `stopRestarted`.
 */
export async function crashPostgres(stage: Pick<Stage, 'meddle' | 'url'>): Promise<void> {
  const [found] = await stage.meddle('show data_directory');
  const data = String(found?.['data_directory']);
  const pidFile = join(data, 'postmaster.pid');
  const [, program = '', ...options] = /^(\S+) (.*)/.exec(readFileSync(join(data, 'postmaster.opts'), 'utf8')) ?? [];
  const given = [...(options[0] ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
  const { uid, gid } = statSync(data);
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  process.kill(pid, 'SIGQUIT');
  await until(() => !existsSync(pidFile));
  const owner = process.getuid?.() === 0 ? { uid, gid } : {};
  // Ends with this process, however that comes about.
  const keeper = '"$@" & read -r _; kill -INT $!; wait $!';
  const server = spawn('sh', ['-c', keeper, 'postgres-keeper', program, ...given], {
    ...owner,
    cwd: join(data, '..'),
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  restarted.push(server);
  await until(() => answers(stage.url));
}

const restarted: ChildProcessByStdio<Writable, null, null>[] = [];

export async function stopRestarted(): Promise<void> {
  for (const server of restarted.splice(0)) {
    server.stdin.end();
    await until(() => server.exitCode !== null || server.signalCode !== null);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function until(true_: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await true_()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come about in twenty seconds');
}
