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

test('a flood from one network leaves a place for everybody else, and a turn', async () => {
  const gate = createGate({ atOnce: 1, waiting: 4 });
  const order: string[] = [];
  const first = task();
  const ask = (who: string, from: string) =>
    gate.run(async () => {
      order.push(who);
      await settle();
      return who;
    }, from);
  const running = gate.run(first.work, 'flood');
  const flood = ['f1', 'f2', 'f3', 'f4'].map((who) => ask(who, 'flood'));
  assert.equal(await ask('f5', 'flood'), null, 'its own line is full');
  const ann = ask('ann', 'ann');
  assert.equal(await flood[3], null, 'the last of the longest line gives its place up');
  const bob = ask('bob', 'bob');
  assert.equal(await flood[2], null);
  // Two and one, or two and two: another of theirs would only take turns with its like.
  const again = ask('ann again', 'ann');
  assert.equal(await again, null);
  first.finish();
  assert.deepEqual(await Promise.all([running, ann, bob, flood[0], flood[1]]), ['done', 'ann', 'bob', 'f1', 'f2']);
  assert.deepEqual(order, ['f1', 'ann', 'bob', 'f2']);
  assert.equal(await ask('later', 'flood'), 'later', 'and every place is free again');
});
