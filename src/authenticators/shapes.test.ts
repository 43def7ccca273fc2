import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compact, shapeOf } from './shapes.ts';

test('what an answer looks like', () => {
  const rows: [string, string][] = [
    ['123456', 'six-digits'],
    ['123 456', 'six-digits'],
    ['12-34–56', 'six-digits'],
    ['\u200B123\u00A0456\u200E', 'six-digits'],
    ['\u00AD12\u2060345\u22126', 'six-digits'],
    ['', 'nothing'],
    [' \t', 'nothing'],
    ['12345678', 'eight-digits'],
    ['1234567', 'other'],
    ['１２３４５６', 'other'],
    ['ABCD-EFGH-JKMN-PQRS-TVWX', 'backup-code'],
    ['abcd efgh jkmn pqrs tvw', 'backup-code'],
    ['12345678901234567890', 'backup-code'],
    ['ABCD-EFGH', 'other'],
    ['correct horse battery', 'backup-code'],
    ['my password is a very long one', 'other'],
  ];
  for (const [answer, shape] of rows) assert.equal(shapeOf(answer), shape, answer);
});

test('a very long answer costs no time', () => {
  const started = performance.now();
  shapeOf(`${' -'.repeat(200_000)}x`);
  shapeOf('1'.repeat(400_000));
  assert.ok(performance.now() - started < 1000);
});

test('only what stands between groups is taken out', () => {
  assert.equal(compact(' 12.3,4_5/6 '), '12.3,4_5/6');
});
