import { createInterface } from 'node:readline/promises';
import type { Around } from './command.ts';
import { run } from './run.ts';

// Whatever is made here, keys and database above all, is for the user of the server alone.
process.umask(0o077);
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
process.exitCode = await run(process.argv.slice(2), around);

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} `)).trim();
  } finally {
    terminal.close();
  }
}
