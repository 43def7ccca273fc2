import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';

/** What goes wrong: which call of the system fails how, on which file. */
export type Fault = {
  call: 'pwrite64' | 'fdatasync' | 'openat';
  error: 'ENOSPC' | 'EIO' | 'EROFS' | 'EDQUOT';
  path: string;
  /** From which call on; without it from the first. */
  from?: number;
  /** This one alone. */
  once?: boolean;
};

/** Under a running process the disk is as `fault` says while `work` runs; then it is well again. */
export async function withBrokenDisk<T>(pid: number, fault: Fault, work: () => Promise<T>): Promise<T> {
  const { call, error, path, from = 1, once: isOnce = false } = fault;
  const inject = `inject=${call}:error=${error}:when=${from}${isOnce ? '' : '+'}`;
  const paths = [path, `${path}-wal`].flatMap((one) => ['-P', one]);
  const options = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject, ...paths];
  const breaker = spawn('strace', [...options, '-p', String(pid)], { stdio: 'ignore' });
  const gone = once(breaker, 'exit');
  await attached(pid, breaker.pid ?? 0);
  try {
    return await work();
  } finally {
    breaker.kill('SIGINT');
    await gone;
  }
}

/** Every thread of the process has the one who breaks things for its tracer. */
async function attached(pid: number, tracer: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const threads = readdirSync(`/proc/${pid}/task`).map((id) =>
      readFileSync(`/proc/${pid}/task/${id}/status`, 'utf8'),
    );
    if (threads.every((status) => status.includes(`TracerPid:\t${tracer}\n`))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('strace did not attach');
}
