import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { configuration, configurationSchema } from './docs/configuration.ts';
import { withExcerpts } from './docs/excerpts.ts';
import { machines } from './docs/machines.ts';
import { openidConformance } from './docs/openid-conformance.ts';
import { policy } from './docs/policy.ts';

/**
 * `npm run docs` writes the reference from the program itself; with `--check` it writes nothing and fails where the
 * files say something else. A new page is one line here and one file in `scripts/docs/`.
 */
const PAGES: Record<string, () => string | Promise<string>> = {
  'docs/applications/strength.md': () => withExcerpts('docs/applications/strength.md'),
  'docs/applications/typescript.md': () => withExcerpts('docs/applications/typescript.md'),
  'docs/reference/config.schema.json': configurationSchema,
  'docs/reference/configuration.md': configuration,
  'docs/reference/machines.md': machines,
  'docs/reference/openid-conformance.md': openidConformance,
  'docs/reference/policy.md': policy,
};

const isCheck = process.argv.includes('--check');
const differing: string[] = [];

for (const [path, write] of Object.entries(PAGES)) {
  const text = await write();
  const present = await readFile(path, 'utf8').catch(() => null);
  if (present === text) continue;
  differing.push(path);
  if (isCheck) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

if (isCheck && differing.length > 0) {
  console.error(`Not what the program says: ${differing.join(', ')}. Run: npm run docs`);
  process.exitCode = 1;
} else {
  console.log(differing.length > 0 ? `Written: ${differing.join(', ')}` : 'The reference is up to date.');
}
