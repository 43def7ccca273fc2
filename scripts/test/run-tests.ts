import { availableParallelism } from 'node:os';
import { basename, relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import type { Outcome } from './stages.ts';

type Options = {
  files: string[];
  execArgv: string[];
  fileLimitMs: number;
  /** How often a file may be begun. More than once only where a browser may hang by itself; it is said when it was needed. */
  tries?: number;
};
type Fault = { name: string; file?: string; line?: number; details: { error: Error } };

/**
 * Runs test files, each in a process of its own, as many at once as there are cores. A skipped test and a stage without
 * files count as failures: both look like success and show nothing.
 */
export async function runTests(options: Options): Promise<Outcome> {
  const waiting = [...options.files];
  if (waiting.length === 0) return { passed: 0, failed: 1, said: 'There are no tests here.' };
  const total: Outcome = { passed: 0, failed: 0, said: '' };
  const took: { file: string; seconds: number }[] = [];
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const since = performance.now();
      const { passed, failed, said } = await runUntilGood(file, options);
      took.push({ file, seconds: (performance.now() - since) / 1000 });
      total.passed += passed;
      total.failed += failed;
      total.said += said;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const longest = took.toSorted((a, b) => b.seconds - a.seconds).slice(0, 3);
  return {
    ...total,
    longest: longest.map(({ file, seconds }) => `${nameOf(file)} ${seconds.toFixed(0)} s`).join(', '),
  };
}

function nameOf(file: string): string {
  return basename(file).replace(/\.test\.tsx?$/, '');
}

/** The last try counts. One that failed before is told, so that nobody takes a file that wavers for a sound one. */
async function runUntilGood(file: string, options: Options): Promise<Outcome> {
  const before: string[] = [];
  for (let left = options.tries ?? 1; ; left -= 1) {
    const outcome = await runFile(file, options);
    if (outcome.failed === 0 || left <= 1) {
      if (outcome.failed === 0 && before.length > 0)
        console.log(`${file} wavered, and is sound now:\n${before.join('')}`);
      return outcome;
    }
    before.push(outcome.said);
  }
}

/** A file that does not end is killed: something in it was left open, and it would be left open in the program too. */
async function runFile(file: string, { execArgv, fileLimitMs }: Options): Promise<Outcome> {
  const limit = AbortSignal.timeout(fileLimitMs);
  const stream = run({ files: [file], execArgv, signal: limit, cwd: process.cwd() });
  const outcome = { passed: 0, failed: 0 };
  const said: string[] = [];
  let printed = '';
  stream.on('test:fail', (fault) => said.push(faultOf(fault)));
  stream.on('test:pass', ({ name, skip, todo }) => {
    if (skip !== undefined || todo !== undefined) said.push(`✖ ${name} (${file}) was not run`);
  });
  stream.on('test:stdout', ({ message }) => (printed += message));
  stream.on('test:stderr', ({ message }) => (printed += message));
  stream.on('test:summary', ({ file: one, counts }) => {
    if (one !== undefined) return;
    outcome.passed = counts.passed;
    outcome.failed = counts.tests - counts.passed;
  });
  for await (const _ of stream) void _;

  if (limit.aborted) said.push(`✖ ${file} did not end by itself and was killed after ${fileLimitMs / 1000} s`);
  const saysNothing = outcome.passed + outcome.failed === 0;
  if ((limit.aborted || saysNothing) && outcome.failed === 0) outcome.failed = 1;
  // What tests print is of use only beside a failure.
  if (outcome.failed > 0) said.push(lastOf(printed));
  return {
    ...outcome,
    said: said
      .filter(Boolean)
      .map((text) => `${text.trimEnd()}\n\n`)
      .join(''),
  };
}

function faultOf({ name, file, line, details }: Fault): string {
  const { error } = details;
  // A suite fails because something in it did; that was said already.
  if (Reflect.get(error, 'failureType') === 'subtestsFailed') return '';
  const why = error.cause instanceof Error ? shown(error.cause) : error.message;
  return `✖ ${name} (${file ? relative('.', file) : '?'}:${line})\n${why.replace(/^/gm, '    ')}`;
}

function shown(error: Error): string {
  const isAssertion = Reflect.get(error, 'code') === 'ERR_ASSERTION';
  return isAssertion ? `${error.message}\n${ownFrames(error)}` : inspect(error, { depth: 4 });
}

function ownFrames({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => line.startsWith('    at ') && !line.includes('node:internal'));
  return frames.slice(0, 4).join('\n');
}

const MOST_PRINTED = 4_000;

function lastOf(text: string): string {
  return text.length > MOST_PRINTED ? `…${text.slice(-MOST_PRINTED)}` : text;
}
