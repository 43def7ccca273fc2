/** How values of the program stand in columns, and back. */

export function millis(at: Temporal.Instant): number {
  return at.epochMilliseconds;
}

export function millisOrNull(at: Temporal.Instant | null): number | null {
  return at === null ? null : at.epochMilliseconds;
}

export function instant(value: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(value);
}

export function instantOrNull(value: number | null): Temporal.Instant | null {
  return value === null ? null : Temporal.Instant.fromEpochMilliseconds(value);
}

export function flag(value: boolean): number {
  return value ? 1 : 0;
}

/** PostgreSQL hands out a Buffer on a shared pool of memory; callers get bytes of their own. */
export function bytes(value: Uint8Array): Uint8Array {
  return Uint8Array.from(value);
}

/** A word of a closed list; anything else in the column means that somebody wrote past the program. */
export function oneOf<W extends string>(words: readonly W[], value: string, column: string): W {
  const word = words.find((one) => one === value);
  if (word === undefined) throw new Error(`Column ${column} holds "${value}"`);
  return word;
}
