#!/usr/bin/env node
// The installed command. Plain JavaScript on purpose: it finds the pinned Node beside it and hands over.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinnedPackage } from './pinned-node.mjs';

const home = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => `${home}${path}`;
const child = spawn(
  pinnedNode() ?? process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    '--import',
    at('scripts/tsx.mjs'),
    at('src/cli/main.ts'),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));

/** Wherever npm has put it: beside the program, or higher up. */
function pinnedNode() {
  try {
    const { resolve } = createRequire(import.meta.url);
    return join(
      dirname(resolve(`${pinnedPackage()}/package.json`)),
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    );
  } catch {
    return null;
  }
}
