import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { pictureOf } from '#src/help/library.ts';
import { buildAssets } from '#ui/assets.ts';
import { LANGUAGES } from '#words/index.ts';
import { digestOf, picturedIn, SCALE, WIDTH } from './pictured.ts';

const MOST_BYTES = 40 * 1024;
const AGAIN = 'Draw them again: node --import ./scripts/tsx.mjs scripts/help-pictures.ts';

test('the pictures in the help articles show what the pages say today', async () => {
  const all = picturedIn(await buildAssets());
  assert.equal(all.length, 5 * LANGUAGES.length);
  for (const { lang, name, rendering } of all)
    assert.equal(pictureOf(lang, name)?.of, digestOf(rendering), `${lang}/${name} says something else. ${AGAIN}`);
});

test('they are small, as wide as a phone, and there in every language', () => {
  const names = LANGUAGES.map(({ code }) => readdirSync(`help/pictures/${code}`).toSorted());
  for (const list of names) assert.deepEqual(list, names[0]);
  for (const { code } of LANGUAGES)
    for (const file of readdirSync(`help/pictures/${code}`)) {
      const bytes = readFileSync(`help/pictures/${code}/${file}`);
      const known = pictureOf(code, file.replace('.png', ''));
      assert.ok(bytes.length <= MOST_BYTES, `${code}/${file} has ${bytes.length} bytes`);
      assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [known?.width, known?.height], AGAIN);
      assert.equal(known?.width, WIDTH * SCALE);
    }
});
