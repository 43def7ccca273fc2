import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whileUnchanged } from './while-unchanged.ts';

test('what was found is told again until somebody commits', async () => {
  let version = 1;
  let looks = 0;
  const kept = whileUnchanged<{ look: number }>(() => version);
  const ask = async () => (await kept('grace', async () => ({ look: (looks += 1) })))?.look;
  assert.deepEqual([await ask(), await ask()], [1, 1]);
  version = 2;
  assert.deepEqual([await ask(), await ask()], [2, 2]);
});

test('what was read while somebody committed is not kept', async () => {
  let version = 1;
  const kept = whileUnchanged<string>(() => version);
  const slow = Promise.withResolvers<string>();
  const first = kept('grace', () => slow.promise);
  version = 2;
  assert.equal(await kept('bob', async () => 'new'), 'new');
  slow.resolve('old');
  assert.equal(await first, 'old');
  assert.equal(await kept('grace', async () => 'new'), 'new');
});

test('what is missing is looked for again, and so is everything where the database does not tell', async () => {
  const kept = whileUnchanged<string>(() => 1);
  assert.equal(await kept('grace', async () => null), null);
  assert.equal(await kept('grace', async () => 'there'), 'there');
  const untold = whileUnchanged<string>(null);
  assert.equal(await untold('grace', async () => 'one'), 'one');
  assert.equal(await untold('grace', async () => 'two'), 'two');
});
