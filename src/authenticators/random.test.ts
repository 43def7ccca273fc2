import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberBelow } from './random.ts';

const draws = (...numbers: number[]) => {
  const queue = [...numbers];
  return () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(queue.shift() ?? assert.fail('drew more often than expected'));
    return bytes;
  };
};

test('the remainder of the draw, where that is fair', () => {
  assert.equal(numberBelow(1_000_000, draws(0)), 0);
  assert.equal(numberBelow(1_000_000, draws(4_293_999_999)), 999_999);
});

test('draws that would favour small numbers are thrown away', () => {
  assert.equal(numberBelow(1_000_000, draws(4_294_967_295, 4_294_000_000, 17)), 17);
});
