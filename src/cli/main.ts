import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline/promises';
import type { Around } from './command.ts';
import { run } from './run.ts';

// Whatever is made here, keys and database above all, is for the user of the server alone.
process.umask(0o077);
// Read once, when the first work is given to a thread. Hashing takes as many threads as there are cores; what is to go
// to the disk must not wait behind it.
process.env['UV_THREADPOOL_SIZE'] ??= String(availableParallelism() + 2);
// Whoever reads what we print may have seen enough (`| head`).
process.stdout.on('error', (fault: NodeJS.ErrnoException) => process.exit(fault.code === 'EPIPE' ? 0 : 1));

const around: Around = {
  env: process.env,
  folder: process.cwd(),
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  ask: process.stdin.isTTY ? ask : null,
  now: () => Temporal.Now.instant(),
};
// A log that cannot be written, or that nobody reads any more, ends no server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.exitCode = await run(process.argv.slice(2), around);

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} `)).trim();
  } finally {
    terminal.close();
  }
}
