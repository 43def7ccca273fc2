import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

/** Whether this machine lets us watch a process's calls to the system. */
export function canTrace(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
}

/** One call to the system, in order of time. */
export type Call = { what: 'write-log' | 'sync-log' | 'answer'; line: string };

/** Watches a process while `work` runs: what it writes to its database, what it has put on the disk, what it answers. */
export async function traced(pid: number, file: string, work: () => Promise<void>): Promise<Call[]> {
  const calls = 'trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg';
  const watcher = spawn('strace', ['-f', '-y', '-s', '40', '-e', calls, '-o', file, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(watcher.stderr, 'data'); // "attached"
  try {
    await work();
  } finally {
    watcher.kill('SIGINT');
    await once(watcher, 'close');
  }
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines.flatMap((line): Call[] => {
    if (/pwrite64\(\d+<[^>]*-wal>/.test(line)) return [{ what: 'write-log', line }];
    if (/f(data)?sync\(\d+<[^>]*-wal>/.test(line)) return [{ what: 'sync-log', line }];
    if (/(write|writev|sendto|sendmsg)\(.*"HTTP\/1\.1 303/.test(line)) return [{ what: 'answer', line }];
    return [];
  });
}
