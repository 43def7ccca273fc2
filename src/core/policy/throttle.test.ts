import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_POLICY } from './policy.ts';
import { charge, refund, type Spacing, type Window } from './throttle.ts';

const START = Temporal.Instant.from('2026-06-01T08:00:00Z');
const at = (seconds: number) => START.add({ seconds });
const every = (limit: number, seconds: number): Window => ({ limit, within: Temporal.Duration.from({ seconds }) });

/** Tries at these seconds, one after the other; answers the seconds at which one was evaluated. */
function evaluated(tries: readonly number[], windows: readonly Window[], spacing: Spacing = 'none'): number[] {
  let history: Temporal.Instant[] = [];
  return tries.filter((second) => {
    const charged = charge(history, windows, at(second), spacing);
    if (charged.allowed) history = charged.history;
    return charged.allowed;
  });
}

/** The most that fell into any stretch of `seconds`, wherever it begins. */
function most(instants: readonly number[], seconds: number): number {
  return Math.max(0, ...instants.map((from) => instants.filter((it) => it >= from && it < from + seconds).length));
}

test('never more than the limit within any stretch of time, wherever it begins', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 80 });
  const some = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 200 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(gaps, some, (waits, pairs) => {
      let clock = 0;
      const tries = waits.map((wait) => (clock += wait));
      const passed = evaluated(
        tries,
        pairs.map(([limit, seconds]) => every(limit, seconds)),
      );
      for (const [limit, seconds] of pairs) assert.ok(most(passed, seconds) <= limit);
    }),
  );
});

test('the moment that is named for the next try is the first at which it is evaluated', () => {
  const windows = [every(2, 60), every(4, 600)];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 3, maxLength: 40 }), (waits) => {
      let clock = 0;
      let history: Temporal.Instant[] = [];
      for (const wait of waits) {
        clock += wait;
        const charged = charge(history, windows, at(clock));
        if (charged.allowed) history = charged.history;
        else {
          assert.equal(charge(history, windows, charged.retryAt.subtract({ milliseconds: 1 })).allowed, false);
          assert.equal(charge(history, windows, charged.retryAt).allowed, true);
        }
      }
    }),
  );
});

test('guesses: at most 20 in a day and 60 in thirty days, also when the owner signs in every day', () => {
  const { guessBudget } = DEFAULT_POLICY;
  let history: Temporal.Instant[] = [];
  const wrong: number[] = [];
  let clock = START;
  for (let day = 0; day < 62; day++) {
    const owner = charge(history, guessBudget, clock);
    if (owner.allowed) history = refund(owner.history, clock);
    const evening = at((day + 1) * 24 * 3600);
    while (Temporal.Instant.compare(clock, evening) < 0) {
      const charged = charge(history, guessBudget, clock);
      if (charged.allowed) {
        history = charged.history;
        wrong.push(START.until(clock).total('seconds'));
      }
      clock = charged.allowed ? clock.add({ seconds: 7 }) : charged.retryAt;
    }
  }
  assert.equal(most(wrong, 15 * 60), 5);
  assert.equal(most(wrong, 24 * 3600), 20);
  assert.equal(most(wrong, 30 * 24 * 3600), 60);
});

/** The waits of somebody who tries every second at first and later exactly when told. */
function waitsOf(windows: readonly Window[], tries: number): number[] {
  let history: Temporal.Instant[] = [];
  let clock = START;
  const passed: Temporal.Instant[] = [];
  while (passed.length < tries) {
    const charged = charge(history, windows, clock, 'growing');
    if (charged.allowed) {
      history = charged.history;
      passed.push(clock);
      clock = clock.add({ seconds: 1 });
    } else clock = charged.retryAt;
  }
  return passed.slice(1).map((instant, index) => passed[index]?.until(instant).total('seconds') ?? 0);
}

test('passwords: ten at once, then waits that grow to an hour', () => {
  const waits = waitsOf(DEFAULT_POLICY.passwordBudget, 30);
  assert.deepEqual(waits.slice(0, 9), Array(9).fill(1));
  // The eleventh waits for the window of fifteen minutes, which is longer than its own 30 seconds.
  assert.equal(waits[9], 15 * 60 - 9);
  assert.ok(waits.slice(17).every((wait) => wait === 3600));
});

test('the growing waits alone are 30 s, 1 min, 2 min … 1 h', () => {
  const waits = waitsOf([every(1000, 7 * 24 * 3600)], 20);
  assert.deepEqual(waits.slice(9), [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
});

test('a right answer gives back its own charge, and one only', () => {
  const windows = [every(2, 60)];
  const twice = [at(0), at(0)];
  assert.equal(charge(twice, windows, at(1)).allowed, false);
  assert.equal(refund(twice, at(0)).length, 1);
  assert.deepEqual(refund([at(0), at(5)], at(5)), [at(0)]);
  assert.deepEqual(refund([at(0)], at(7)), [at(0)]);
});

test('a charge is found again after the store has rounded it to milliseconds', () => {
  const fine = START.add({ nanoseconds: 123_456 });
  const stored = Temporal.Instant.fromEpochMilliseconds(fine.epochMilliseconds);
  assert.deepEqual(refund([stored], fine), []);
});

test('the history is no longer than its longest window', () => {
  const charged = charge([at(0), at(50)], [every(5, 10), every(9, 60)], at(60));
  assert.ok(charged.allowed);
  assert.deepEqual(charged.history, [at(50), at(60)]);
});

test('a limit of nothing lets nothing through', () => {
  assert.equal(charge([], [every(0, 60)], at(0)).allowed, false);
});

test('a clock that is set back opens no window', () => {
  const spent = [at(100), at(101)];
  assert.equal(charge(spent, [every(2, 60)], at(-86_400)).allowed, false);
});

test('a clock that ran two years ahead does not close the door for two years', () => {
  const charged = charge([START.add({ hours: 2 * 365 * 24 })], [every(1, 60)], at(0));
  assert.ok(!charged.allowed);
  assert.ok(charged.retryAt.equals(at(60)));
  const half = charge([START.add({ hours: 2 * 365 * 24 })], [every(2, 60)], at(0));
  assert.ok(half.allowed);
  assert.equal(charge(half.history, [every(2, 60)], at(60)).allowed, true);
});
