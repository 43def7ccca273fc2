import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreeWith, beginTime, goBack, mayDelete, overshot, pass, type SteadyTime } from './steady-time.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A machine whose wall clock is so much wrong; `at` is what really passed since noon. */
function machine() {
  let time = beginTime({ nowMs: 0, lineMs: 0, livedMs: 0 }, { wallMs: NOON, countMs: 0 });
  let at = 0;
  let last = 0;
  return {
    get time(): SteadyTime {
      return time;
    },
    set time(next) {
      time = next;
    },
    /** Reads the clocks every second of `ms`, with a wall that is `wrongMs` off. */
    run(ms: number, wrongMs = 0): void {
      for (const end = at + ms; at < end; ) {
        at += SECOND;
        time = pass(time, { wallMs: NOON + at + wrongMs, countMs: at });
        assert.ok(time.nowMs >= last, 'never back by itself');
        last = time.nowMs;
      }
    },
    wall: (wrongMs = 0) => ({ wallMs: NOON + at + wrongMs, countMs: at }),
    ahead: () => time.nowMs - NOON - at,
    lived: () => time.livedMs,
  };
}

test('a right clock is followed', () => {
  const it = machine();
  it.run(HOUR);
  assert.deepEqual([it.ahead(), it.lived(), it.time.doubt], [0, HOUR, null]);
});

test('a clock that is set back is not followed, however far', () => {
  for (const back of [3 * MINUTE, HOUR, 400 * DAY]) {
    const it = machine();
    it.run(MINUTE);
    it.run(10 * MINUTE, -back);
    assert.equal(it.ahead(), 0);
    assert.ok(it.time.doubt, 'and somebody is told');
    assert.equal(overshot(it.time, it.wall(-back)), null);
    it.run(MINUTE);
    assert.deepEqual([it.ahead(), it.time.doubt], [0, null]);
  }
});

test('a step of seconds back is made up for at half the pace', () => {
  const it = machine();
  it.run(MINUTE);
  it.run(30 * SECOND, -30 * SECOND);
  assert.equal(it.ahead(), -15 * SECOND);
  it.run(30 * SECOND, -30 * SECOND);
  assert.equal(it.ahead(), -30 * SECOND);
});

test('a clock that is set forward ends things early, and makes nobody wait less nor deletes anything', () => {
  const it = machine();
  it.run(MINUTE);
  it.run(10 * MINUTE, 730 * DAY);
  assert.deepEqual([it.ahead(), it.lived(), mayDelete(it.time)], [730 * DAY, 11 * MINUTE, false]);
});

test('when it is set right again, there is a time to go back to, once', () => {
  const it = machine();
  it.run(MINUTE, 0);
  it.run(10 * MINUTE, 31 * DAY);
  it.run(2 * SECOND);
  assert.equal(it.ahead(), 31 * DAY, 'until what it had ended is ended');
  const to = overshot(it.time, it.wall()) ?? assert.fail();
  assert.equal(to, it.wall().wallMs);
  it.time = goBack(it.time, to);
  assert.deepEqual([it.ahead(), overshot(it.time, it.wall()), mayDelete(it.time)], [0, null, true]);
});

test('the same over a restart, and with a wall that was wrong before the process began', () => {
  const it = machine();
  it.run(MINUTE, 0);
  it.run(MINUTE, 31 * DAY);
  const again = beginTime(it.time, { wallMs: it.wall().wallMs + MINUTE, countMs: 0 });
  assert.equal(overshot(again, { wallMs: it.wall().wallMs + MINUTE }), it.wall().wallMs + MINUTE);
  const back = beginTime({ nowMs: NOON, lineMs: NOON, livedMs: DAY }, { wallMs: NOON - 400 * DAY, countMs: 0 });
  assert.deepEqual([back.nowMs, back.livedMs, overshot(back, { wallMs: NOON - 400 * DAY })], [NOON, DAY, null]);
});

test('what the wall has said for a day is believed', () => {
  const it = machine();
  it.run(MINUTE);
  it.run(DAY + MINUTE, -HOUR);
  assert.equal(overshot(it.time, it.wall(-HOUR)), it.wall(-HOUR).wallMs);
  const forward = machine();
  forward.run(MINUTE);
  forward.run(DAY + MINUTE, 31 * DAY);
  assert.deepEqual([forward.time.doubt, mayDelete(forward.time)], [null, true]);
});

test('the time away is no time up, but for a restart', () => {
  const kept = { nowMs: NOON, lineMs: NOON, livedMs: DAY };
  const after = (ms: number) => beginTime(kept, { wallMs: NOON + ms, countMs: 0 });
  assert.deepEqual([after(4 * MINUTE).livedMs, after(8 * HOUR).livedMs], [DAY + 4 * MINUTE, DAY]);
  assert.deepEqual(
    [after(8 * HOUR).nowMs, mayDelete(after(8 * HOUR)), mayDelete(after(3 * DAY))],
    [NOON + 8 * HOUR, true, false],
  );
});

test('two that differ a little have the later time, two that differ much have each their own', () => {
  const { time } = machine();
  assert.equal(agreeWith(time, NOON + 90 * SECOND).nowMs, NOON + 90 * SECOND);
  assert.equal(agreeWith(time, NOON - 90 * SECOND).nowMs, NOON);
  assert.equal(agreeWith(time, NOON + HOUR).nowMs, NOON);
});
