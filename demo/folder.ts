import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeys, readKeys, writeKeys } from '#store/keys.ts';

/** What a folder knows besides its database: the keys, when it all began, and where the clock was left. */
export function keptIn(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, 'keys.json');
  const startFile = join(folder, 'started');
  const clockFile = join(folder, 'clock-ahead');
  // Before the keys are there nothing was ever written.
  const isNew = !existsSync(keyFile);
  if (isNew) writeKeys(keyFile, makeKeys());
  return {
    isNew,
    keys: readKeys(keyFile),
    database: join(folder, 'nachtslot.db'),
    start(now: Temporal.Instant) {
      if (!existsSync(startFile)) writeFileSync(startFile, now.toString());
      return Temporal.Instant.from(readFileSync(startFile, 'utf8').trim());
    },
    clockAhead: () => (existsSync(clockFile) ? Number(readFileSync(clockFile, 'utf8')) || 0 : 0),
    keepClock: (milliseconds: number) => writeFileSync(clockFile, String(milliseconds)),
  };
}
