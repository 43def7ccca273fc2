import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { sources } from './architecture/sources.ts';

// What somebody else will have without the rest of this repository: it may know nothing of the rest.
const ALONE: Record<string, string[]> = {
  'clients/typescript': [],
  'examples/payroll': ['clients/typescript/src/index.ts'],
};

for (const [folder, mayReach] of Object.entries(ALONE)) {
  test(`${folder} imports itself, what its own package.json names${mayReach.map((one) => `, ${one}`).join('')}`, () => {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const isAllowed = (from: string, target: string) => {
      if (target.startsWith('#')) return false;
      if (!target.startsWith('.')) return target.startsWith('node:') || nameOf(target) in dependencies;
      const path = normalize(join(folder, dirname(from), target));
      return path.startsWith(`${folder}/`) || mayReach.includes(path);
    };
    const all = sources(folder);
    const wrong = all.flatMap(({ path, imports }) =>
      imports.filter(({ written }) => !isAllowed(path, written)).map(({ written }) => `${path} → ${written}`),
    );
    assert.deepEqual(wrong, []);
    assert.ok(all.length > 10, 'the files are found');
  });
}

test('the client needs nothing that only Node has, and one library', () => {
  const imported = sources('clients/typescript')
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ imports }) => imports.filter(({ own }) => !own).map(({ target }) => target));
  assert.deepEqual([...new Set(imported)], ['jose']);
});

test('the program knows nothing of its clients and examples', () => {
  const reaching = sources().flatMap(({ path, imports }) =>
    imports
      .filter(({ written }) => /\b(clients|examples)\//.test(written))
      .map(({ written }) => `${path} → ${written}`),
  );
  assert.deepEqual(reaching, []);
});

test('versions that are named there are the ones that are tested here', () => {
  const root = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
  const tested = { ...root['dependencies'], ...root['devDependencies'] };
  for (const folder of Object.keys(ALONE)) {
    const its = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, range] of Object.entries(its['dependencies'] ?? {}))
      if (name !== '@nachtslot/client') assert.equal(range, `^${tested[name]}`, `${folder}: ${name}`);
  }
});

function nameOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
