import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, languageOf } from './index.ts';

/** Every sentence with numbers and names filled in, by its path. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [1, 3].map((count) => [`${path} ${count}`, String(value(count, 4))]);
  return Object.entries(value ?? {}).flatMap(([key, one]) => sentences(one, `${path}.${key}`));
}

test('every sentence is there in every language, and is another one', () => {
  const [en, nl] = [sentences(LANGUAGES.en.words), sentences(LANGUAGES.nl.words)];
  assert.deepEqual(
    en.map(([path]) => path),
    nl.map(([path]) => path),
  );
  const alike = en.filter(([, text], at) => text === nl[at]?.[1]).map(([path]) => path);
  assert.deepEqual(alike, ['.name', '.shortName']);
  for (const [path, text] of [...en, ...nl]) assert.match(text, /^\S.*\S$/s, path);
});

test('the person’s choice wins, then the page’s language, then English', () => {
  assert.equal(languageOf('nl', 'en'), 'nl');
  assert.equal(languageOf(undefined, 'nl'), 'nl');
  assert.equal(languageOf('fr', '', 'toString'), 'en');
});
