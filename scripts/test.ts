import { fileURLToPath } from 'node:url';
import { type Outcome, stagesOf } from './test/stages.ts';
import { missingTools } from './test/tools.ts';

/**
 * `npm run check` (quick) and `npm test` (all): every stage runs whatever became of the one before, so that one run
 * shows everything that is wrong. The last line is always the counts; a stage without tests of its own counts as one.
 */
const kind = process.argv[2] === 'all' ? 'all' : 'quick';
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const total = { passed: 0, failed: 0 };

const missing = missingTools(kind);
if (missing) {
  console.error(missing);
  total.failed += 1;
} else {
  for (const { name, run } of stagesOf(kind)) {
    const since = performance.now();
    const outcome = await run();
    show(name, outcome, performance.now() - since);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
  }
}
console.log(`${total.passed} passed, ${total.failed} failed`);
// Exits at once: a browser or a database that a failed test left behind must not keep the result waiting.
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

function show(name: string, { passed, failed, said, longest }: Outcome, milliseconds: number): void {
  if (said) console.log(said.trimEnd());
  const counts = failed > 0 ? `${failed} FAILED, ${passed} passed` : `${passed} passed`;
  const time = `${(milliseconds / 1000).toFixed(1)} s`;
  const where = kind === 'all' && longest ? `  (${longest})` : '';
  console.log(`${name.padEnd(16)} ${counts.padEnd(28)} ${time.padStart(7)}${where}`);
}
