// Plain JavaScript on purpose: the first thing a fresh clone runs, on whatever Node npm found.
// Installs the locked dependencies unless they are there already, so that each documented command works on its own.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const upToDate =
  existsSync(installed) &&
  existsSync('node_modules/.bin/node') &&
  (statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs || sameVersions());

if (!upToDate) {
  console.log('Installing dependencies (once) …');
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm ? [process.execPath, npm, 'ci'] : ['npm', 'ci'];
  const { status } = spawnSync(command, [...args, '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

/** True when every locked package that can be here is here in the locked version. */
function sameVersions() {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = read(installed);
  return Object.entries(read('package-lock.json')).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}
