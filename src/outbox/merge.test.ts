import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Told, whenToTell } from './merge.ts';

const QUARTER = Temporal.Duration.from({ minutes: 15 });
const START = Temporal.Instant.from('2026-03-02T12:00:00Z');
const minute = (minutes: number) => START.add({ seconds: Math.round(minutes * 60) });
const NOTHING: Told = { kind: null, held: null };

describe('when a notice is sent', () => {
  it('the first of a kind goes at once', () => {
    assert.deepEqual(whenToTell(NOTHING, QUARTER, minute(0)), { at: minute(0), kind: minute(0), held: null });
  });

  it('a further one waits for the end of the quarter, and those after it join', () => {
    const first = whenToTell(NOTHING, QUARTER, minute(0));
    const second = whenToTell(first, QUARTER, minute(2));
    const third = whenToTell(second, QUARTER, minute(9));
    assert.ok(second.at.equals(minute(15)));
    assert.ok(third.at.equals(minute(15)));
  });

  it('another kind still goes at once: a harmless change must not hide the next one', () => {
    const first = whenToTell(NOTHING, QUARTER, minute(0));
    const second = whenToTell(first, QUARTER, minute(2));
    const otherKind = whenToTell({ kind: null, held: second.held }, QUARTER, minute(3));
    assert.ok(otherKind.at.equals(minute(3)));
  });

  it('what waits for one address waits for one moment, whatever its kind', () => {
    const held = whenToTell({ kind: minute(0), held: null }, QUARTER, minute(2)).held;
    const otherKind = whenToTell({ kind: minute(5), held }, QUARTER, minute(6));
    assert.ok(otherKind.at.equals(minute(15)), otherKind.at.toString());
  });

  it('after a quiet quarter the next goes at once again', () => {
    const held = whenToTell({ kind: minute(0), held: null }, QUARTER, minute(2));
    assert.ok(whenToTell(held, QUARTER, minute(29.9)).at.equals(minute(30)));
    assert.ok(whenToTell(held, QUARTER, minute(30)).at.equals(minute(30)));
  });

  it('over a day of a change every minute: at most one mail in a quarter, and none waits longer than one', () => {
    const sent = new Set<number>();
    let told: Told = NOTHING;
    for (let now = 0; now < 24 * 60; now += 1) {
      const slot = whenToTell(told, QUARTER, minute(now));
      const wait = slot.at.since(minute(now)).total('minutes');
      assert.ok(wait >= 0 && wait <= 15);
      sent.add(slot.at.epochMilliseconds);
      told = slot;
    }
    const times = [...sent].sort((one, other) => one - other);
    assert.ok(times.every((at, index) => index === 0 || at - (times[index - 1] ?? 0) >= 15 * 60_000));
    assert.equal(times.length, 24 * 4 + 1);
  });
});
