import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDemoClock, type Move, readMove } from './clock.ts';

const WALL = Temporal.Instant.from('2026-11-23T10:00:00Z');
const clockAt = (kept?: number, keep?: (milliseconds: number) => void) => {
  let wall = WALL;
  const clock = createDemoClock({ wall: () => wall, ...(kept && { kept }), ...(keep && { keep }) });
  return { clock, pass: (hours: number) => (wall = wall.add({ hours })) };
};
const moveOf = (asked: unknown): Move => {
  const move = readMove(asked);
  assert.ok(typeof move === 'object');
  return move;
};

describe('a clock that moves', () => {
  test('policies see it, phones do not', () => {
    const { clock, pass } = clockAt();
    assert.equal(clock.move(moveOf({ advance: 'P3D' })), null);
    assert.equal(clock.now().toString(), '2026-11-26T10:00:00Z');
    assert.equal(clock.wall().toString(), WALL.toString());
    pass(2);
    assert.equal(clock.now().toString(), '2026-11-26T12:00:00Z');
    assert.equal(clock.offset().toString(), 'P3D');
  });

  test('moves add up, and a moment is met exactly', () => {
    const { clock } = clockAt();
    clock.move(moveOf({ advance: 'P1M' }));
    clock.move(moveOf({ advance: 'PT1H' }));
    assert.equal(clock.now().toString(), '2026-12-23T11:00:00Z');
    clock.move(moveOf({ at: '2027-01-01T09:00:00+01:00' }));
    assert.equal(clock.now().toString(), '2027-01-01T08:00:00Z');
    clock.move(moveOf({ real: true }));
    assert.equal(clock.now().toString(), WALL.toString());
  });

  test('goes back, but not before the real time, and not for ever', () => {
    const { clock } = clockAt();
    clock.move(moveOf({ advance: 'P10D' }));
    assert.equal(clock.move(moveOf({ advance: '-P4D' })), null);
    assert.equal(clock.move(moveOf({ advance: '-P7D' })), 'before-real-time');
    assert.equal(clock.move(moveOf({ at: '2020-01-01T00:00:00Z' })), 'before-real-time');
    assert.equal(clock.move(moveOf({ advance: 'P11Y' })), 'too-far');
    assert.equal(clock.move(moveOf({ advance: 'P900000Y' })), 'too-far');
    assert.equal(clock.offset().toString(), 'P6D');
  });

  test('is remembered', () => {
    const kept: number[] = [];
    clockAt(undefined, (one) => kept.push(one)).clock.move(moveOf({ advance: 'P1D' }));
    assert.deepEqual(kept, [86_400_000]);
    assert.equal(clockAt(kept[0]).clock.now().toString(), '2026-11-24T10:00:00Z');
  });
});

describe('what is asked of it', () => {
  const cases: [unknown, string][] = [
    [null, 'malformed'],
    ['P3D', 'malformed'],
    [[], 'malformed'],
    [{}, 'malformed'],
    [{ advance: 3 }, 'malformed'],
    [{ advance: null }, 'malformed'],
    [{ advance: 'P3D', at: '2027-01-01T00:00:00Z' }, 'malformed'],
    [{ backwards: 'P3D' }, 'malformed'],
    [{ real: 'no' }, 'malformed'],
    [{ advance: '' }, 'not-a-duration'],
    [{ advance: 'soon' }, 'not-a-duration'],
    [{ advance: 'P3D<script>' }, 'not-a-duration'],
    [{ at: 'tomorrow' }, 'not-an-instant'],
    [{ at: '2027-01-01' }, 'not-an-instant'],
    [{ at: '2027-01-01T09:00' }, 'not-an-instant'],
    [{ at: '2027-13-01T09:00:00Z' }, 'not-an-instant'],
  ];
  for (const [asked, refusal] of cases)
    test(`${JSON.stringify(asked)} is ${refusal}`, () => assert.equal(readMove(asked), refusal));
});
