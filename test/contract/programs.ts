import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeKeys } from '#store/keys.ts';
import { testKeys } from '#test/support/store.ts';

export type Program = {
  /** Lines said so far; the first is `ready`. */
  lines: string[];
  ready: Promise<unknown>;
  go: () => void;
  kill: () => void;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `body` with a way to start `program.ts`; whatever is still running afterwards is killed. */
export async function withPrograms(
  url: string,
  body: (start: (job: string, ...words: string[]) => Program) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nachtslot-programs-'));
  const keyFile = join(folder, 'keys.json');
  writeKeys(keyFile, testKeys);
  const started: Program[] = [];
  try {
    await body((job, ...words) => {
      const program = start([url, keyFile, job, ...words]);
      started.push(program);
      return program;
    });
  } finally {
    for (const program of started) program.kill();
    await Promise.all(started.map((program) => program.ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(args: string[]): Program {
  const script = fileURLToPath(new URL('program.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A program that was killed does not read any more.
  child.stdin.on('error', () => {});
  const lines: string[] = [];
  const out = createInterface({ input: child.stdout });
  const ready = once(out, 'line');
  out.on('line', (line) => lines.push(line));
  const ended = Promise.all([once(child, 'exit'), once(out, 'close')]).then(
    ([[code, signal]]) => (code ?? signal) as number | string,
  );
  return {
    lines,
    ready,
    go: () => child.stdin.write('go\n'),
    kill: () => child.kill('SIGKILL'),
    ended,
  };
}
