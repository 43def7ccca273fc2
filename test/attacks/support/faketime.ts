import { globSync, renameSync, writeFileSync } from 'node:fs';

/** The wall clock of one process, in our hand; the clock that only counts goes on as it does. */
export type WallClock = {
  env: Record<string, string>;
  /** So many seconds away from the truth, from now on. */
  set(offsetSeconds: number): void;
};

/** Debian's libfaketime stands between a process and the system. */
const LIBRARY = '/usr/lib/*/faketime/libfaketimeMT.so.1';

export function wallClock(file: string): WallClock {
  const [library] = globSync(LIBRARY);
  if (!library)
    throw new Error('These tests turn the clock of a process. Debian and Ubuntu: apt-get install -y libfaketime');
  const set = (offsetSeconds: number) => {
    // Never half a number.
    writeFileSync(`${file}.new`, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}\n`);
    renameSync(`${file}.new`, file);
  };
  set(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    set,
  };
}
