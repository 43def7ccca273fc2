import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '#store/database.ts';
import { place } from './testing.ts';

test('the audit is exported line by line, and from where one left off', async () => {
  const here = place();
  await here.init();
  const lines = (await here.run('audit', 'export')).out
    .trim()
    .split('\n')
    .map((line) => Object(JSON.parse(line)));
  assert.deepEqual(
    lines.map(({ sequence, event }) => [sequence, event]),
    [
      [1, 'organisation.created'],
      [2, 'account.created'],
    ],
  );
  assert.equal(lines[1].previous, lines[0].hash);
  assert.equal((await here.run('audit', 'export', '--after', '1')).out.trim().split('\n').length, 1);
  assert.equal((await here.run('audit', 'export', '--after', '2')).out, '');
});

test('an anchor kept elsewhere shows that what came before it was cut off', async () => {
  const here = place();
  await here.init();
  const anchor = join(here.folder, 'anchor.json');
  writeFileSync(anchor, (await here.run('audit', 'verify', '--json')).out);
  await here.run('org', 'add', '--organisation', 'Kapper Noord');
  assert.equal((await here.run('audit', 'verify', '--anchor', anchor)).code, 0);

  const database = openDatabase(`sqlite:${here.database}`);
  await database.transaction(async (on) => {
    await on.execute('cut', 'delete from audit where sequence > 1', []);
    await on.execute('head', 'update audit_head set sequence = 1, hash = (select hash from audit)', []);
  });
  await database.close();
  assert.equal((await here.run('audit', 'verify')).code, 0, 'from the inside it looks whole');
  const { code, out } = await here.run('audit', 'verify', '--anchor', anchor);
  assert.equal(code, 1);
  assert.match(out, /cannot be trusted from line 2 on: the end was cut off/);

  writeFileSync(anchor, '{"sequence":"x"}');
  assert.equal((await here.run('audit', 'verify', '--anchor', anchor)).code, 1);
});
