import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from './log.ts';

test('only known fields are logged, and no token in an address or a message', () => {
  const lines: string[] = [];
  const log = createLog('info', (line) => lines.push(line));
  const token = 'q'.repeat(43);
  log.info({ reference: 'r-1', password: 'swordfish', code: 3, why: { code: '123456' } }, 'something');
  log.error(
    { path: `/reset/${token}`, error: new Error(`at /activate/${token}`, { cause: new TypeError('inner') }) },
    'bad',
  );
  const [first, second] = lines.map((line) => Object(JSON.parse(line)));
  assert.deepEqual(
    [first.level, first.msg, first.reference, first.code, first.why],
    ['info', 'something', 'r-1', 3, '[not shown]'],
  );
  assert.equal(second.path, '/reset/[token]');
  assert.deepEqual([second.error.message, second.error.cause.message], ['at /activate/[token]', 'inner']);
  assert.match(second.error.stack, /log\.test\.ts/);
  assert.doesNotMatch(lines.join(), /swordfish|123456|q{40}/);
});

test('what is below the level is not written', () => {
  const lines: string[] = [];
  const log = createLog('warn', (line) => lines.push(line));
  log.info({}, 'quiet');
  log.warn({}, 'loud');
  assert.equal(lines.length, 1);
});
