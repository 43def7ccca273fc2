import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from './run-tests.ts';
import { withPostgres } from './with-postgres.ts';

/** `said` is what a person needs to see; empty where all is well. `longest`: the files that took the most time. */
export type Outcome = { passed: number; failed: number; said: string; longest?: string };
export type Stage = { name: string; run(): Promise<Outcome> };

/** For one file: many times what it needs, so that only a file that hangs meets it. */
const QUICK_LIMIT_MS = 2 * 60_000;
const SLOW_LIMIT_MS = 10 * 60_000;
const JOURNEY_LIMIT_MS = 6 * 60_000;

const QUICK: Stage[] = [
  { name: 'types', run: () => command('tsc', '-p', '.', '--pretty', 'false') },
  { name: 'lint', run: () => command('oxlint', '--type-aware', '--format=unix', '--deny-warnings') },
  { name: 'format', run: () => command('biome', 'format', '--colors=off', '.') },
  { name: 'reference', run: () => command('node', ...PROGRAM, 'scripts/docs.ts', '--check') },
  tests('architecture', QUICK_LIMIT_MS, 'test/*.test.ts'),
  tests(
    'unit',
    QUICK_LIMIT_MS,
    '{src,authenticator,scripts,demo,clients,examples}/**/*.test.{ts,tsx}',
    'test/vectors/**/*.test.ts',
  ),
];

/** Clocks that jump, disks and lines that break, floods: how they end hangs on how quick the machine is at that moment. */
const FAULTS = 'p-42|p-43|p-44|p-46';

const SLOW: Stage[] = [
  tests('contract', SLOW_LIMIT_MS, 'test/contract/**/*.test.ts'),
  tests('applications', SLOW_LIMIT_MS, 'test/oidc/**/*.test.{ts,tsx}'),
  tests('attacks', SLOW_LIMIT_MS, `test/attacks/!(${FAULTS})-*.test.ts`),
  wavering('faults', SLOW_LIMIT_MS, `test/attacks/@(${FAULTS})-*.test.ts`),
  wavering('journeys', JOURNEY_LIMIT_MS, 'test/journeys/**/*.test.{ts,tsx}'),
];

export const PROGRAM = ['--disable-warning=ExperimentalWarning', '--import', './scripts/tsx.mjs'];

/** Quick: no browser, no PostgreSQL, seconds. */
export function stagesOf(kind: 'quick' | 'all'): Stage[] {
  return kind === 'quick' ? QUICK : [...QUICK, ...SLOW.map((stage) => ({ ...stage, run: withPostgres(stage.run) }))];
}

function tests(name: string, fileLimitMs: number, ...patterns: string[]): Stage {
  return { name, run: () => runTests({ files: globSync(patterns).sort(), execArgv: PROGRAM, fileLimitMs }) };
}

/**
 * A real browser has moods of its own, and so has a machine that several share: a file may be begun twice, and whoever
 * reads the result is told. Never so for races and guesses: one that is lost once in a hundred times is lost.
 */
function wavering(name: string, fileLimitMs: number, ...patterns: string[]): Stage {
  return { name, run: () => runTests({ files: globSync(patterns).sort(), execArgv: PROGRAM, fileLimitMs, tries: 2 }) };
}

/** One tool of ours; what it says is shown only when it is not content. */
async function command(name: string, ...args: string[]): Promise<Outcome> {
  const child = spawn(join('node_modules/.bin', name), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return code === 0 ? { passed: 1, failed: 0, said: '' } : { passed: 0, failed: 1, said: said.join('') };
}
