import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGate } from './gate.ts';

/** Work that ends when it is told to. */
function task() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let started = false;
  const work = async () => {
    started = true;
    await promise;
    return 'done';
  };
  return { work, finish: resolve, hasStarted: () => started };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('so many at once, so many waiting in order, and the rest is told at once', async () => {
  const gate = createGate({ atOnce: 2, waiting: 2 });
  const tasks = Array.from({ length: 5 }, task);
  const results = tasks.map(({ work }) => gate.run(work));
  assert.equal(await results[4], null);
  assert.deepEqual(started(), [true, true, false, false, false]);
  tasks[1]?.finish();
  await settle();
  assert.deepEqual(started(), [true, true, true, false, false]);
  for (const { finish } of tasks) finish();
  assert.deepEqual(await Promise.all(results), ['done', 'done', 'done', 'done', null]);
  assert.equal(await gate.run(async () => 'again'), 'again');

  function started() {
    return tasks.map((one) => one.hasStarted());
  }
});

test('work that fails gives its place back', async () => {
  const gate = createGate({ atOnce: 1, waiting: 1 });
  const failing = () =>
    gate.run(async () => {
      await settle();
      throw new Error('broken');
    });
  const both = [failing(), failing()];
  for (const one of both) await assert.rejects(one, /broken/);
  assert.equal(await gate.run(async () => 'fine'), 'fine');
});

test('nobody who comes later slips in before whoever waits', async () => {
  const gate = createGate({ atOnce: 1, waiting: 5 });
  let [running, most] = [0, 0];
  const order: number[] = [];
  const note = (n: number) =>
    gate.run(async () => {
      running += 1;
      most = Math.max(most, running);
      order.push(n);
      await settle();
      running -= 1;
    });
  const second = note(2);
  // Two more come in the very moment in which the third is let in.
  const last = second.then(() => Promise.all([note(4), note(5)]));
  const third = note(3);
  await Promise.all([second, third, last]);
  assert.deepEqual(order, [2, 3, 4, 5]);
  assert.equal(most, 1);
});
