import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** One clock for several processes, moved from outside: two numbers in a file, always of the same width. */
export type Hands = { now: Temporal.Instant; wall: Temporal.Instant };

const WIDTH = 15;

export function readClock(file: string): Hands {
  const text = readFileSync(file, 'utf8');
  const at = (from: number) => Temporal.Instant.fromEpochMilliseconds(Number(text.slice(from, from + WIDTH)));
  return { now: at(0), wall: at(WIDTH) };
}

/** In place and in one write: a reader sees the old hands or the new ones. */
export function writeClock(file: string, { now, wall }: Hands): void {
  const text = [now, wall].map((at) => String(at.epochMilliseconds).padStart(WIDTH, '0')).join('');
  const opened = openSync(file, 'r+');
  writeSync(opened, text, 0);
  closeSync(opened);
}
